//! An output, drawn from its shapes: scalars as pairs, structures and lists below.

use super::tone;
use crate::browser::clock;
use crate::state::Form;
use crate::text;
use crate::ui::{
    CodeBlock, Container, CopyButton, DataTable, KeyValue, KeyValues, StatusIndicator, TableCell,
    TableColumn, TableRow,
};
use formsmith_api::model::{Member, Place, Shape, ShapeKind};
use formsmith_api::outcome;
use leptos::prelude::*;
use serde_json::{Map, Value};

/// The members of an output, each structure in a container of its own.
pub fn view(form: Form, output: &Map<String, Value>) -> impl IntoView + use<> {
    let shape = form.operation.output.as_ref().and_then(|id| form.console.model.shape(id));
    let Some(shape) = shape else {
        return rest(output).into_any();
    };
    let is_structure = |name: &String, value: &Value| value.is_object() && shape.member(name).is_some();
    let (structures, others): (Map<_, _>, Map<_, _>) = output
        .clone()
        .into_iter()
        .partition(|(name, value)| is_structure(name, value));
    let containers = structures.into_iter().filter_map(|(name, value)| {
        let place = form.console.model.place(shape.member(&name)?)?;
        let inner = members(form, place.shape, value.as_object()?);
        Some(view! { <Container title=place.title(&name)>{inner}</Container> })
    });
    let containers = containers.collect_view();
    let others = (!others.is_empty()).then(|| {
        let inner = members(form, shape, &others);
        view! { <Container title=text::DETAILS>{inner}</Container> }
    });
    view! {
        {containers}
        {others}
    }
    .into_any()
}

/// The members of a structure in the model's order, then those the model doesn't know.
pub fn members(form: Form, shape: &Shape, object: &Map<String, Value>) -> AnyView {
    let present: Vec<(&Member, Place<'_>, &Value)> = shape
        .members()
        .iter()
        .filter_map(|member| {
            let value = object.get(&member.name)?;
            Some((member, form.console.model.place(member)?, value))
        })
        .collect();
    let is_scalar = |value: &Value| !value.is_object() && !value.is_array();
    let pairs = present.iter().filter(|(_, _, value)| is_scalar(value));
    let pairs = pairs.map(|(member, place, value)| pair(form, member, *place, value));
    let pairs = pairs.collect_view();
    let parts = present.iter().filter(|(_, _, value)| !is_scalar(value));
    let parts = parts.map(|(member, place, value)| {
        let title = place.title(&member.name);
        let part = part(form, title.clone(), place.shape, value);
        view! { <h3>{title}</h3> {part} }
    });
    let parts = parts.collect_view();
    let unknown: Map<String, Value> = object
        .iter()
        .filter(|(name, _)| shape.member(name).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let unknown = (!unknown.is_empty()).then(|| rest(&unknown));
    view! {
        <div class="stack">
            <KeyValues>{pairs}</KeyValues>
            {parts}
            {unknown}
        </div>
    }
    .into_any()
}

/// Members the model doesn't know: shown as they came.
pub fn rest(object: &Map<String, Value>) -> impl IntoView + use<> {
    let text = serde_json::to_string_pretty(object).unwrap_or_default();
    view! {
        <h3>{text::MORE_IN_ANSWER}</h3>
        <CodeBlock label=text::MORE_IN_ANSWER text />
    }
}

fn pair(form: Form, member: &Member, place: Place<'_>, value: &Value) -> impl IntoView + use<> {
    let title = place.title(&member.name);
    let is_identifier = matches!(place.shape.kind, ShapeKind::String);
    let copy = is_identifier.then(|| {
        let (title, text) = (title.clone(), plain(value));
        let status = RwSignal::new(String::new());
        let label = text::copy(&title);
        let copy = move |()| form.console.copy(title.clone(), text.clone(), status);
        ViewFnOnce::from(move || view! { <CopyButton label on_copy=copy status /> })
    });
    let shown = scalar(place.shape, value);
    let api_name = member.name.clone();
    match copy {
        Some(copy) => view! { <KeyValue label=title api_name copy>{shown}</KeyValue> }.into_any(),
        None => view! { <KeyValue label=title api_name>{shown}</KeyValue> }.into_any(),
    }
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
fn scalar(shape: &Shape, value: &Value) -> AnyView {
    let text = plain(value);
    let moment = value.as_f64().and_then(clock::moment);
    match (&shape.kind, moment) {
        (ShapeKind::Timestamp, Some(moment)) => view! {
            <time datetime=moment.utc.clone() title=moment.utc>{moment.local}</time>
        }
        .into_any(),
        (ShapeKind::Enum(_), _) => match outcome::of_value(shape, &text) {
            Some(progress) => {
                let meaning = [progress.meaning, progress.remedy];
                let meaning = meaning.into_iter().flatten().collect::<Vec<_>>().join(" ");
                view! {
                    <StatusIndicator kind=tone::of_state(progress.state) text=progress.title />
                    <p class="description">{meaning}</p>
                }
                .into_any()
            }
            None => text.into_any(),
        },
        _ => text.into_any(),
    }
}

/// A list as a table or a line, a structure as pairs, anything else as JSON.
fn part(form: Form, title: String, shape: &Shape, value: &Value) -> AnyView {
    match (&shape.kind, value) {
        (ShapeKind::Structure(_), Value::Object(object)) => members(form, shape, object),
        (ShapeKind::List(item), Value::Array(items)) => {
            let target = form.console.model.shape(&item.target);
            match target {
                Some(target) if !target.members().is_empty() => table(form, title, target, items),
                _ => {
                    let texts: Vec<String> = items.iter().map(plain).collect();
                    let none = text::NONE.to_owned();
                    let line = if texts.is_empty() { none } else { texts.join(", ") };
                    view! { <p>{line}</p> }.into_any()
                }
            }
        }
        _ => {
            let json = serde_json::to_string_pretty(value).unwrap_or_default();
            view! { <CodeBlock label=title text=json /> }.into_any()
        }
    }
}

fn table(form: Form, title: String, item: &Shape, items: &[Value]) -> AnyView {
    let columns: Vec<(String, &Member, Place<'_>)> = item
        .members()
        .iter()
        .filter_map(|member| {
            let place = form.console.model.place(member)?;
            Some((place.title(&member.name), member, place))
        })
        .collect();
    let heads: Vec<TableColumn> =
        columns.iter().map(|(title, ..)| TableColumn::new(title.clone())).collect();
    let rows = items.iter().map(|value| {
        let cells = columns.iter().map(|(title, member, place)| {
            let value = value.get(&member.name).cloned().unwrap_or_default();
            let shown = scalar(place.shape, &value);
            view! { <TableCell column=title.clone()>{shown}</TableCell> }
        });
        let cells = cells.collect_view();
        view! { <TableRow>{cells}</TableRow> }
    });
    let rows = rows.collect_view();
    let (count, none) = (items.len(), text::none_of(&title));
    view! {
        <DataTable
            label=title
            columns=heads
            row_count=Signal::derive(move || count)
            empty=move || none.clone()
        >
            {rows}
        </DataTable>
    }
    .into_any()
}
