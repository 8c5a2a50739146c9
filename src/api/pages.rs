//! Answers that come page by page.

use crate::json;
use crate::model::{Operation, Paginated};
use crate::secret::is_hole;
use serde_json::{Map, Value};

/// The input of the page after the one that `input` was answered with; `None` after the last,
/// and where the service gives the same tokens again, which would never end.
pub fn next(operation: &Operation, input: &Value, output: &Map<String, Value>) -> Option<Value> {
    let paginated = operation.traits.paginated.as_ref()?;
    if !has_next(operation, output) {
        return None;
    }
    let mut next = input.clone();
    let members = next.as_object_mut()?;
    for (name, token) in paginated.input_tokens.iter().zip(tokens(paginated, output)) {
        match token {
            Some(token) => members.insert(name.clone(), token.clone()),
            // Of several tokens some pages have fewer.
            None => members.shift_remove(name),
        };
    }
    (next != *input).then_some(next)
}

/// Does an output say that there is a next page?
#[must_use]
pub fn has_next(operation: &Operation, output: &Map<String, Value>) -> bool {
    let Some(paginated) = &operation.traits.paginated else {
        return false;
    };
    let more = paginated.more.as_deref();
    let is_last = more.is_some_and(|path| at(output, path) == Some(&Value::Bool(false)));
    !is_last && tokens(paginated, output).any(|token| token.is_some())
}

/// The tokens for the next page; an empty one is none, and neither is one that was not kept.
fn tokens<'a>(
    paginated: &'a Paginated,
    output: &'a Map<String, Value>,
) -> impl Iterator<Item = Option<&'a Value>> {
    paginated.output_tokens.iter().map(|path| {
        let found = path.split(" || ").find_map(|path| at(output, path));
        found.filter(|token| token.as_str() != Some("") && !is_hole(token))
    })
}

/// What stands at a path, as [`Paginated::output_tokens`] has it.
fn at<'a>(output: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let Some((list, rest)) = path.split_once("[-1]") else {
        return json::at(output, path);
    };
    let last = json::at(output, list)?.as_array()?.last()?;
    match rest.strip_prefix('.') {
        Some(rest) => at(last.as_object()?, rest),
        None => Some(last),
    }
}
