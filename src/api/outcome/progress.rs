//! How far the thing has come that an output tells of.

use crate::json;
use crate::model::{Model, Operation, Shape, ShapeKind, State};
use serde_json::{Map, Value};

/// A status, with what the model says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    pub value: String,
    /// When the service says that the status came, in epoch seconds.
    pub at_seconds: Option<f64>,
    /// The status in words.
    pub title: String,
    pub state: State,
    pub meaning: Option<String>,
    pub remedy: Option<String>,
}

/// The first status in an output: a member whose enum values have a state.
pub fn progress(
    model: &Model,
    operation: &Operation,
    output: &Map<String, Value>,
) -> Option<Progress> {
    find(model, model.shape(operation.output.as_ref()?)?, output)
}

fn find(model: &Model, shape: &Shape, object: &Map<String, Value>) -> Option<Progress> {
    shape.members().iter().find_map(|member| {
        let target = model.shape(&member.target)?;
        match (&target.kind, object.get(&member.name)?) {
            (ShapeKind::Structure(_), Value::Object(inner)) => find(model, target, inner),
            (ShapeKind::Enum(_), Value::String(value)) => {
                let progress = of_value(target, value)?;
                let changed = shape.members().iter().find(|it| it.traits.changed);
                let at_seconds = changed.and_then(|it| json::float(object.get(&it.name)?));
                Some(Progress {
                    at_seconds,
                    ..progress
                })
            }
            _ => None,
        }
    })
}

/// What the model says about one value of a status enum.
pub fn of_value(shape: &Shape, value: &str) -> Option<Progress> {
    let member = shape
        .enum_members()
        .iter()
        .find(|member| member.enum_value() == value)?;
    let label = member.traits.label.as_ref();
    Some(Progress {
        value: value.to_owned(),
        at_seconds: None,
        title: label.map_or_else(|| value.to_owned(), |label| label.title.clone()),
        state: member.traits.state?,
        meaning: member.traits.documentation.clone(),
        remedy: member.traits.remedy.clone(),
    })
}
