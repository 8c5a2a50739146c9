//! Lists, as the service pages them.

use super::invalid_parameters;
use crate::answer::ServiceError;
use crate::input::Input;
use crate::page::{Page, Paging};
use serde_json::Value;

const PAGING: Paging = Paging {
    token: "PageToken",
    size: "PageSize",
    default_size: 20,
};

/// The output's members for a page: the list, and the token where more follows.
pub fn members<T, K: AsRef<str>>(
    operation: &str,
    input: Input<'_>,
    list: &'static str,
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    show: impl FnMut(T) -> Value,
) -> Result<Vec<(&'static str, Value)>, ServiceError> {
    let Page { items, next } = PAGING
        .page(operation, input, items, key)
        .map_err(|_| invalid_parameters("PageToken is not valid for this request."))?;
    let items: Vec<Value> = items.into_iter().map(show).collect();
    let mut members = vec![(list, items.into())];
    members.extend(next.map(|token| ("NextPageToken", token.into())));
    Ok(members)
}
