//! Structures, drawn from their shapes: scalars as pairs, structures and lists below.

use super::secret::hidden;
use super::selected::{Known, Selected};
use super::use_in::use_it_in_button;
use super::values::{is_line, is_scalar, plain, scalar, summary};
use super::{blob, table, tree};
use crate::state::{CopyStatus, ShownRun};
use crate::ui::{
    CodeBlock, Container, CopyButton, KeyValue, KeyValues, Markup, MarkupFn, el, key_values, once,
    switched,
};
use formsmith_api::answer::{rank, told_of_union};
use formsmith_api::model::{Member, Model, Operation, Place, Shape, ShapeKind};
use formsmith_api::secret::{MASK, Secret, is_hole, is_secret, looks_secret, masked};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};
use web_sys::Event;

/// The members of an output, each structure in a container of its own.
pub fn of(
    shown: ShownRun,
    operation: &'static Operation,
    output: &Map<String, Value>,
    which: Secret,
) -> Markup {
    let shape = operation
        .output
        .as_ref()
        .and_then(|id| shown.op.model.shape(id));
    let Some(shape) = shape else {
        return rest_of(shown, output, which);
    };
    let is_structure = |name: &String, value: &Value| {
        let place = shape.member(name).and_then(|it| shown.op.model.place(it));
        let is_map = |place: Place<'_>| matches!(place.shape.kind, ShapeKind::Map { .. });
        let is_open = |place| !hides(shown, which, place, value);
        !is_scalar(value)
            && value.is_object()
            && place.is_some_and(|place| !is_map(place) && is_open(place))
    };
    let (structures, others): (Map<_, _>, Map<_, _>) = output
        .clone()
        .into_iter()
        .partition(|(name, value)| is_structure(name, value));
    let containers = structures.into_iter().filter_map(|(name, value)| {
        let place = shown.op.model.place(shape.member(&name)?)?;
        let inner = offering(shown, place.shape, value.as_object()?, which);
        Some(view! { <Container title=place.title(&name)>{inner}</Container> })
    });
    let others = (!others.is_empty()).then(|| {
        let inner = offering(shown, shape, &others, which);
        view! { <Container title=words::answer()>{inner}</Container> }
    });
    (containers.collect::<Vec<_>>(), others).into()
}

/// The members of a structure, what tells it from others first, then those the model doesn't know.
pub fn members(
    shown: ShownRun,
    shape: &'static Shape,
    object: &Map<String, Value>,
    which: Secret,
) -> Markup {
    drawn_as(shown, (shape, object), which, false, titled(shown, which))
}

/// The same of an answer, where identifiers offer the operations that take them.
fn offering(
    shown: ShownRun,
    shape: &'static Shape,
    object: &Map<String, Value>,
    which: Secret,
) -> Markup {
    drawn_as(shown, (shape, object), which, true, titled(shown, which))
}

/// A part beneath its title.
fn titled(shown: ShownRun, which: Secret) -> impl Fn(String, Place<'static>, &Value) -> Markup {
    move |title, place, value| {
        let part = part(shown, title.clone(), place, value, which);
        (el("h3").child(title), part).into()
    }
}

/// The same, where each part opens in place; that of the member `open` is open.
pub fn folded(
    shown: ShownRun,
    shape: &'static Shape,
    object: &Map<String, Value>,
    which: Secret,
    open: Option<&str>,
) -> Markup {
    let opened = open.and_then(|name| object.get(name));
    let one = |title: String, place: Place<'static>, value: &Value| {
        let is_open = RwSignal::new(opened.is_some_and(|it| std::ptr::eq(it, value)));
        let caption = el("span")
            .class("description")
            .child(summary(&title, Some(place), value));
        let head = el("summary")
            .child(el("span").class("expandable-title").child(title.as_str()))
            .child(caption);
        let value = value.clone();
        let part = once(
            move || is_open.get(),
            move || untrack(|| part(shown, title.clone(), place, &value, which)),
        );
        el("details")
            .class("expandable")
            .attr_if("open", is_open.get_untracked().then_some(""))
            .on("toggle", move |_: Event| is_open.set(true))
            .child(head)
            .child(el("div").class("expandable-body").child(part))
            .into()
    };
    drawn_as(shown, (shape, object), which, false, one)
}

/// Scalars as pairs, and each other part as `one` draws it. With `is_offering`, pairs
/// offer the operations that take their values.
fn drawn_as(
    shown: ShownRun,
    (shape, object): (&'static Shape, &Map<String, Value>),
    which: Secret,
    is_offering: bool,
    one: impl Fn(String, Place<'static>, &Value) -> Markup,
) -> Markup {
    if object.is_empty() {
        return el("p").child(words::none()).into();
    }
    let model = shown.op.model;
    let mut present: Vec<(&Member, Place<'static>, &Value)> = shape
        .members()
        .iter()
        .filter_map(|member| {
            let value = object.get(&member.name)?;
            Some((member, model.place(member)?, value))
        })
        .collect();
    present.sort_by_key(|(member, place, _)| rank(model, shape, member, *place));
    // What a blob is of may take the whole width.
    let is_pair = |(_, place, value): &&(_, Place<'_>, &Value)| {
        is_scalar(value) && !matches!(place.shape.kind, ShapeKind::Blob)
    };
    let pairs = present.iter().filter(is_pair);
    let pairs = pairs.map(|(member, place, value)| {
        let offer = is_offering.then(|| offer(shown, member, *place, object, which));
        pair(shown, member, *place, value, which, offer.flatten())
    });
    let pairs = Markup::from(pairs.collect::<Vec<_>>());
    let parts = present.iter().filter(|it| !is_pair(it));
    let parts = parts.map(|(member, place, value)| one(place.title(&member.name), *place, value));
    let parts = parts.collect::<Vec<_>>();
    let unknown: Map<String, Value> = object
        .iter()
        .filter(|(name, _)| shape.member(name).is_none())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let unknown = (!unknown.is_empty()).then(|| rest_of(shown, &unknown, which));
    el("div")
        .class("stack")
        .child(view! { <KeyValues>{pairs}</KeyValues> })
        .child(parts)
        .child(unknown)
        .into()
}

/// Is a value shown only when it is asked for?
fn hides(shown: ShownRun, which: Secret, place: Place<'_>, value: &Value) -> bool {
    // What stands where a mask is already is no secret.
    let is_there = !value.is_null() && !is_hole(value) && value.as_str() != Some(MASK);
    let looks_secret = || value.as_str().is_some_and(looks_secret);
    is_there && (which == Secret::Whole || is_secret(shown.op.model, place) || looks_secret())
}

/// Members the model doesn't know, where parts of them may be secret.
pub fn rest_of(shown: ShownRun, object: &Map<String, Value>, which: Secret) -> Markup {
    let value = Value::Object(object.clone());
    let safe = masked(shown.op.model, None, &value, which);
    if safe == value {
        return rest(object);
    }
    switched(
        words::secret_switch(words::more_in_answer()),
        move |is_shown| {
            let value = if is_shown { &value } else { &safe };
            value.as_object().map(rest).unwrap_or_default()
        },
    )
}

/// Members the model doesn't know: shown as they came.
pub fn rest(object: &Map<String, Value>) -> Markup {
    let text = serde_json::to_string_pretty(object).unwrap_or_default();
    let title = el("h3").child(words::more_in_answer());
    (
        title,
        view! { <CodeBlock label=words::more_in_answer() text /> },
    )
        .into()
}

/// The operations that take what this member of an answer identifies.
fn offer(
    shown: ShownRun,
    member: &Member,
    place: Place<'static>,
    object: &Map<String, Value>,
    which: Secret,
) -> Option<Markup> {
    let value = object.get(&member.name)?;
    let is_text = matches!(place.shape.kind, ShapeKind::String) && value.is_string();
    if !is_text || is_hole(value) || hides(shown, which, place, value) {
        return None;
    }
    let known = Known {
        item: serde_json::json!({ member.name.clone(): value }),
        name: plain(value),
    };
    Some(use_it_in_button(Selected {
        shown,
        list: String::new(),
        identifier: member.name.clone(),
        items: Signal::stored(vec![known]),
    }))
}

fn pair(
    shown: ShownRun,
    member: &Member,
    place: Place<'static>,
    value: &Value,
    which: Secret,
    offer: Option<Markup>,
) -> Markup {
    let title = place.title(&member.name);
    let is_identifier = matches!(place.shape.kind, ShapeKind::String) && !is_hole(value);
    let copy = is_identifier.then(|| {
        let (title, text) = (title.clone(), plain(value));
        let status = CopyStatus::new();
        let label = words::copy(&title);
        let copy = move |()| shown.console.copy(title.clone(), text.clone(), status);
        view! { <CopyButton label on_copy=copy status /> }
    });
    let content = match hides(shown, which, place, value) {
        true => {
            let value = value.clone();
            let name = member.name.clone();
            hidden(
                &title,
                MarkupFn::new(move || scalar(&name, Some(place), &value)),
            )
        }
        false => scalar(&member.name, Some(place), value),
    };
    let api_name = member.name.clone();
    let content: Markup = (content, offer).into();
    view! { <KeyValue label=title api_name copy=copy.into()>{content}</KeyValue> }.into()
}

/// A list as a table or a line, a structure as pairs, anything else as a tree.
pub fn part(
    shown: ShownRun,
    title: String,
    place: Place<'static>,
    value: &Value,
    which: Secret,
) -> Markup {
    let model = shown.op.model;
    match (&place.shape.kind, value) {
        _ if is_hole(value) => return el("p").child(words::not_kept()).into(),
        _ if hides(shown, which, place, value) => {}
        (ShapeKind::Structure(_), Value::Object(object)) => {
            return members(shown, place.shape, object, which);
        }
        (ShapeKind::List(item), Value::Array(items)) => {
            let item = model
                .place(item)
                .filter(|it| !it.shape.members().is_empty());
            if let Some(item) = item {
                return table::nested(shown, title, item, items, which);
            }
        }
        _ => {}
    }
    if masked(model, Some(place), value, which) == *value {
        return drawn(shown, title, place, value);
    }
    let (name, value) = (title.clone(), value.clone());
    let shown = move || drawn(shown, title.clone(), place, &value);
    hidden(&name, MarkupFn::new(shown))
}

/// A part in which nothing is secret, or which is asked for.
fn drawn(shown: ShownRun, title: String, place: Place<'static>, value: &Value) -> Markup {
    // Of a union that holds one value, people read that.
    if let (Some(inner), held) = told_of_union(shown.op.model, Some(place), value)
        && !std::ptr::eq(held, value)
    {
        return match is_scalar(held) {
            true => el("p").child(scalar(&title, Some(inner), held)).into(),
            false => drawn(shown, title, inner, held),
        };
    }
    match (&place.shape.kind, value) {
        (ShapeKind::Map { .. }, Value::Object(entries)) if entries.is_empty() => {
            el("p").child(words::none()).into()
        }
        (ShapeKind::Map { value: of, .. }, Value::Object(entries)) => {
            let of = shown.op.model.place(of);
            match self::entries(shown.op.model, of, entries) {
                Some(drawn) => drawn,
                None => tree::view(shown.op.model, title, Some(place), value),
            }
        }
        (ShapeKind::Blob, Value::String(text)) => blob::view(shown, title, text.clone()),
        (ShapeKind::List(_), Value::Array(items)) if items.iter().all(is_scalar) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            let line = match texts.is_empty() {
                true => words::none().to_owned(),
                false => texts.join(", "),
            };
            el("p").child(line).into()
        }
        _ => tree::view(shown.op.model, title, Some(place), value),
    }
}

/// The entries of a map: those that read as a line as pairs, what is nested beneath them. None where
/// there is no line among them.
fn entries(
    model: &'static Model,
    of: Option<Place<'static>>,
    entries: &Map<String, Value>,
) -> Option<Markup> {
    let told = entries.iter().map(|(key, value)| {
        let (place, value) = told_of_union(model, of, value);
        (key, place, value)
    });
    let (lines, nested): (Vec<_>, Vec<_>) = told.partition(|(.., value)| is_line(value));
    if lines.is_empty() {
        return None;
    }
    let texts = lines
        .iter()
        .map(|(key, place, value)| summary(key, *place, value));
    let texts: Vec<String> = texts.collect();
    let pairs = lines.iter().zip(&texts);
    let pairs: Vec<_> = pairs
        .map(|((key, ..), text)| (key.as_str(), text.as_str()))
        .collect();
    let nested = nested.into_iter().map(|(key, place, value)| {
        let tree = tree::view(model, key.clone(), place, value);
        Markup::from((el("h3").child(key.as_str()), tree))
    });
    let nested: Vec<Markup> = nested.collect();
    let stack = el("div").class("stack");
    Some(stack.child(key_values(&pairs)).child(nested).into())
}
