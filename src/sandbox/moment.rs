//! Moments as they arrive: on the wire each has one format, whatever a form takes.

use formsmith_api::model::{Member, Model, Place, ShapeKind, TimestampFormat};
use formsmith_api::validate::{Path, PathSegment};
use serde_json::Value;

/// The first place where a moment is not of the type that its format has: a number of seconds, or
/// a text.
pub fn of_other_type(model: &Model, place: Place<'_>, input: &Value) -> Option<Path> {
    let mut search = Search {
        model,
        path: Path(Vec::new()),
    };
    search.finds(place, input).then_some(search.path)
}

struct Search<'a> {
    model: &'a Model,
    path: Path,
}

impl Search<'_> {
    /// If there is one, the path stays where it is.
    fn finds(&mut self, place: Place<'_>, value: &Value) -> bool {
        match (&place.shape.kind, value) {
            (ShapeKind::Structure(members), Value::Object(object)) => {
                members.iter().any(|member| {
                    let value = object.get(&member.name);
                    let segment = PathSegment::Member(member.name.clone());
                    value.is_some_and(|value| self.within(segment, member, value))
                })
            }
            (ShapeKind::List(item), Value::Array(items)) => {
                let mut items = items.iter().enumerate();
                items.any(|(at, value)| self.within(PathSegment::Item(at), item, value))
            }
            (ShapeKind::Map { value: member, .. }, Value::Object(entries)) => {
                let mut entries = entries.iter();
                entries.any(|(key, it)| self.within(PathSegment::Entry(key.clone()), member, it))
            }
            (ShapeKind::Timestamp, Value::Number(_)) => has_text(place),
            (ShapeKind::Timestamp, Value::String(_)) => !has_text(place),
            _ => false,
        }
    }

    fn within(&mut self, segment: PathSegment, member: &Member, value: &Value) -> bool {
        self.path.0.push(segment);
        let place = self.model.place(member);
        let is_found = place.is_some_and(|place| self.finds(place, value));
        if !is_found {
            self.path.0.pop();
        }
        is_found
    }
}

fn has_text(place: Place<'_>) -> bool {
    let format = place.find(|traits| traits.wire.timestamp_format);
    matches!(
        format,
        Some(TimestampFormat::DateTime | TimestampFormat::HttpDate)
    )
}
