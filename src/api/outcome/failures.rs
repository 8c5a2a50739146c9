//! Failures in an answer that nobody can bring home to what was sent.

use crate::model::{Operation, text_at};
use serde_json::{Map, Value};

/// How many failures an output names, as far as its operation's shapes tell where to look. What
/// says that there were some, and not how many, counts as one.
#[must_use]
pub fn named_failures(operation: &Operation, output: &Map<String, Value>) -> usize {
    let (mut listed, mut counted) = (0, 0);
    for name in &operation.failures {
        if let Some(member) = name.strip_suffix('.') {
            let members = output.get(member).and_then(Value::as_object);
            listed += usize::from(members.is_some_and(|it| !it.is_empty()));
            continue;
        }
        if let Some((list, path)) = name.split_once('.') {
            let items = output.get(list).and_then(Value::as_array);
            let items = items.into_iter().flatten();
            let says = |item: &&Value| text_at(item, path).is_some_and(|it| says_something(&it));
            listed += items.filter(says).count();
            continue;
        }
        match output.get(name) {
            Some(Value::Array(items)) => listed += items.len(),
            Some(Value::Object(members)) => listed += members.len(),
            Some(Value::Number(number)) => {
                counted += number.as_u64().unwrap_or_default() as usize;
            }
            _ => {}
        }
    }
    // A count is mostly that of a list beside it.
    listed.max(counted)
}

/// An error's code or message, and no sign that there is none.
fn says_something(text: &str) -> bool {
    !matches!(text, "" | "0" | "200" | "None")
}
