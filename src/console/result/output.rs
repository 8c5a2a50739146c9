//! An output, drawn from its shapes: scalars as pairs, structures and lists below.

use super::tone;
use crate::browser::clock;
use crate::state::Form;
use crate::text;
use crate::ui::{
    CodeBlock, Container, CopyButton, DataTable, KeyValue, KeyValues, Markup, StatusIndicator,
    TableCell, TableRow, description_of, el,
};
use formsmith_api::model::{Member, Place, Shape, ShapeKind};
use formsmith_api::outcome;
use leptos::prelude::*;
use serde_json::{Map, Value};

/// The members of an output, each structure in a container of its own.
pub fn view(form: Form, output: &Map<String, Value>) -> Markup {
    let shape = form
        .operation
        .output
        .as_ref()
        .and_then(|id| form.model.shape(id));
    let Some(shape) = shape else {
        return rest(output);
    };
    let is_structure =
        |name: &String, value: &Value| value.is_object() && shape.member(name).is_some();
    let (structures, others): (Map<_, _>, Map<_, _>) = output
        .clone()
        .into_iter()
        .partition(|(name, value)| is_structure(name, value));
    let containers = structures.into_iter().filter_map(|(name, value)| {
        let place = form.model.place(shape.member(&name)?)?;
        let inner = members(form, place.shape, value.as_object()?);
        Some(view! { <Container title=place.title(&name)>{inner}</Container> })
    });
    let others = (!others.is_empty()).then(|| {
        let inner = members(form, shape, &others);
        view! { <Container title=text::DETAILS>{inner}</Container> }
    });
    (containers.collect::<Vec<_>>(), others).into()
}

/// The members of a structure in the model's order, then those the model doesn't know.
pub fn members(form: Form, shape: &Shape, object: &Map<String, Value>) -> Markup {
    let present: Vec<(&Member, Place<'_>, &Value)> = shape
        .members()
        .iter()
        .filter_map(|member| {
            let value = object.get(&member.name)?;
            Some((member, form.model.place(member)?, value))
        })
        .collect();
    let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
    let pairs = present.iter().filter(|(_, _, value)| is_scalar(value));
    let pairs = pairs.map(|(member, place, value)| pair(form, member, *place, value));
    let pairs = Markup::from(pairs.collect::<Vec<_>>());
    let parts = present.iter().filter(|(_, _, value)| !is_scalar(value));
    let parts = parts.map(|(member, place, value)| {
        let title = place.title(&member.name);
        let part = part(form, title.clone(), place.shape, value);
        (el("h3").child(title), part)
    });
    let parts = parts.collect::<Vec<_>>();
    let unknown: Map<String, Value> = object
        .iter()
        .filter(|(name, _)| shape.member(name).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let unknown = (!unknown.is_empty()).then(|| rest(&unknown));
    el("div")
        .class("stack")
        .child(view! { <KeyValues>{pairs}</KeyValues> })
        .child(parts)
        .child(unknown)
        .into()
}

/// Members the model doesn't know: shown as they came.
pub fn rest(object: &Map<String, Value>) -> Markup {
    let text = serde_json::to_string_pretty(object).unwrap_or_default();
    let title = el("h3").child(text::MORE_IN_ANSWER);
    (
        title,
        view! { <CodeBlock label=text::MORE_IN_ANSWER text /> },
    )
        .into()
}

fn pair(form: Form, member: &Member, place: Place<'_>, value: &Value) -> Markup {
    let title = place.title(&member.name);
    let is_identifier = matches!(place.shape.kind, ShapeKind::String);
    let copy = is_identifier.then(|| {
        let (title, text) = (title.clone(), plain(value));
        let status = RwSignal::new(None);
        let label = text::copy(&title);
        let copy = move |()| form.console.copy(title.clone(), text.clone(), status);
        view! { <CopyButton label on_copy=copy status /> }
    });
    let shown = scalar(place.shape, value);
    let api_name = member.name.clone();
    view! { <KeyValue label=title api_name copy=copy.into()>{shown}</KeyValue> }.into()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => text::NONE.into(),
        Value::String(text) if text.is_empty() => text::NONE.into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value by itself: a status with its sign, a time in the person's zone, or text.
fn scalar(shape: &Shape, value: &Value) -> Markup {
    let text = plain(value);
    let moment = value.as_f64().and_then(clock::moment);
    match (&shape.kind, moment) {
        (ShapeKind::Timestamp, Some(moment)) => el("time")
            .attr("datetime", &moment.utc)
            .attr("title", &moment.utc)
            .child(moment.local)
            .into(),
        (ShapeKind::Enum(_), _) => match outcome::of_value(shape, &text) {
            Some(progress) => {
                let meaning = [progress.meaning, progress.remedy];
                let meaning = meaning.into_iter().flatten().collect::<Vec<_>>().join(" ");
                let kind = tone::of_state(progress.state);
                let status = view! { <StatusIndicator kind text=progress.title /> };
                (status, description_of(&meaning)).into()
            }
            None => text.into(),
        },
        _ => text.into(),
    }
}

/// A list as a table or a line, a structure as pairs, anything else as JSON.
fn part(form: Form, title: String, shape: &Shape, value: &Value) -> Markup {
    match (&shape.kind, value) {
        (ShapeKind::Structure(_), Value::Object(object)) => members(form, shape, object),
        (ShapeKind::List(item), Value::Array(items)) => {
            let target = form.model.shape(&item.target);
            match target {
                Some(target) if !target.members().is_empty() => table(form, title, target, items),
                _ => {
                    let texts: Vec<String> = items.iter().map(plain).collect();
                    let none = text::NONE.to_owned();
                    let line = if texts.is_empty() {
                        none
                    } else {
                        texts.join(", ")
                    };
                    el("p").child(line).into()
                }
            }
        }
        _ => {
            let json = serde_json::to_string_pretty(value).unwrap_or_default();
            view! { <CodeBlock label=title text=json /> }.into()
        }
    }
}

fn table(form: Form, title: String, item: &Shape, items: &[Value]) -> Markup {
    let columns: Vec<(String, &Member, Place<'_>)> = item
        .members()
        .iter()
        .filter_map(|member| {
            let place = form.model.place(member)?;
            Some((place.title(&member.name), member, place))
        })
        .collect();
    let heads = columns.iter().map(|(title, ..)| title.clone()).collect();
    let row = |value: &Value| {
        let cells = columns.iter().map(|(title, member, place)| {
            let shown = scalar(place.shape, value.get(&member.name).unwrap_or(&Value::Null));
            view! { <TableCell column=title.clone()>{shown}</TableCell> }
        });
        let cells = Markup::from(cells.collect::<Vec<_>>());
        view! { <TableRow>{cells}</TableRow> }.into()
    };
    let rows = items.iter().map(row).collect();
    let none = text::none_of(&title);
    view! { <DataTable label=title columns=heads rows empty=none /> }.into()
}
