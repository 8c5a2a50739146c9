//! The language of the service's messages. They are in English whatever is asked for.

use super::invalid_parameters;
use crate::answer::ServiceError;
use crate::input::Input;

pub fn check(input: Input<'_>) -> Result<(), ServiceError> {
    match input.optional_text("AcceptLanguage") {
        None | Some("en" | "jp" | "zh") => Ok(()),
        Some(_) => Err(invalid_parameters(
            "AcceptLanguage must be one of: en, jp, zh.",
        )),
    }
}
