//! Whose provisioned products and records to look at. All belong to the one person who asks, so
//! the three levels see the same.

use super::invalid_parameters;
use crate::answer::ServiceError;
use crate::input::Input;

pub fn check(input: Input<'_>) -> Result<(), ServiceError> {
    let filter = input.structure("AccessLevelFilter");
    match filter.and_then(|filter| filter.optional_text("Value")) {
        None | Some("self") => Ok(()),
        Some(_) => Err(invalid_parameters("AccessLevelFilter.Value must be self.")),
    }
}
