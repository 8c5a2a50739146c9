//! An error that repeats what was sent names the member it is about by its value.

use super::MemberError;
use crate::model::{Model, Operation, Place, ShapeKind};
use crate::permission::is_denied;
use crate::protocol::ServiceError;
use crate::secret::is_secret;
use crate::validate::{Path, PathSegment};
use serde_json::Value;

/// A text of so many bytes says the same wherever it stands as a word; a shorter one only in quotes.
const TELLING: usize = 6;

/// The member of `input` whose value an error names, in quotes or as a word; none where it names the
/// values of several, as nobody knows then which one is wrong. Who may not do something named it
/// rightly.
pub fn of_named_value(
    model: &Model,
    operation: &Operation,
    input: &Value,
    error: &ServiceError,
) -> Option<MemberError> {
    let message = error.message.as_deref().unwrap_or_default();
    if !matches!(error.status, 400 | 404 | 409 | 422) || is_denied(error) {
        return None;
    }
    let mut found = Vec::new();
    let mut walk = Walk {
        model,
        message,
        path: Vec::new(),
        found: &mut found,
    };
    walk.look(model.input(operation), input);
    let path = found.pop().filter(|_| found.is_empty())?;
    let message = message.to_owned();
    Some(MemberError { path, message })
}

struct Walk<'a> {
    model: &'a Model,
    message: &'a str,
    path: Vec<PathSegment>,
    found: &'a mut Vec<Path>,
}

impl Walk<'_> {
    fn look(&mut self, place: Option<Place<'_>>, value: &Value) {
        let Some(place) = place.filter(|it| !is_secret(self.model, *it)) else {
            return;
        };
        let mut within = |segment, member, value: &Value| {
            self.path.push(segment);
            self.look(self.model.place(member), value);
            self.path.pop();
        };
        match (&place.shape.kind, value) {
            (ShapeKind::Structure(members) | ShapeKind::Union(members), Value::Object(given)) => {
                for (name, value) in given {
                    if let Some(member) = members.iter().find(|it| it.name == *name) {
                        within(PathSegment::Member(name.clone()), member, value);
                    }
                }
            }
            (ShapeKind::Map { value: member, .. }, Value::Object(given)) => {
                for (key, value) in given {
                    within(PathSegment::Entry(key.clone()), member, value);
                }
            }
            (ShapeKind::List(member), Value::Array(items)) => {
                for (at, value) in items.iter().enumerate() {
                    within(PathSegment::Item(at), member, value);
                }
            }
            (_, Value::String(text)) if names(self.message, text) => {
                self.found.push(Path(self.path.clone()));
            }
            _ => {}
        }
    }
}

/// Does the message have this text, in quotes or as a word of its own?
fn names(message: &str, text: &str) -> bool {
    let mut places = message.match_indices(text);
    !text.is_empty()
        && places.any(|(at, _)| {
            let before = message[..at].chars().next_back();
            let after = message[at + text.len()..].chars().next();
            let is_quote = |it: Option<char>| matches!(it, Some('\'' | '"' | '`'));
            let is_end = |it: Option<char>| it.is_none_or(|it| " ,;:()[]'\"`".contains(it));
            let is_stop = || {
                message[at + text.len()..].starts_with(". ")
                    || message.ends_with(&[text, "."].concat())
            };
            (is_quote(before) && is_quote(after))
                || text.len() >= TELLING && is_end(before) && (is_end(after) || is_stop())
        })
}
