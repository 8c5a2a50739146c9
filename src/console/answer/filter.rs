//! A query written by choosing: a field, a condition and a value.

use super::whole::Answer;
use crate::browser::task;
use crate::lazy::lazy;
use crate::ui::{
    Button, Choice, ExpandableSection, FieldControl, FieldShell, Markup, TextInput, el,
    select_field, when,
};
use formsmith_api::answer::{Column, List, Role, columns};
use formsmith_api::model::ShapeKind;
use formsmith_query::{Condition, Field};
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

const FIELD: &str = "filter-field";
const KEY: &str = "filter-key";
const CONDITION: &str = "filter-condition";
const VALUE: &str = "filter-value";

/// In the place of a column's key: the tags of an item.
const TAG: &str = "[]";

/// Its key, what it is, and its words.
type Choosable = (&'static str, Condition, fn() -> &'static str);

const CONDITIONS: [Choosable; 5] = [
    ("missing", Condition::IsMissing, words::filter_missing),
    ("there", Condition::IsThere, words::filter_there),
    ("is", Condition::Is, words::filter_is),
    ("is-not", Condition::IsNot, words::filter_is_not),
    ("contains", Condition::Contains, words::filter_contains),
];

lazy! {
    in query: fn written(path: String, field: Field, condition: Condition, value: String) -> String =
        formsmith_query::filter(&path, &field, condition, &value);
}

/// The columns of a list that a filter can look at, and the member that has its tags.
fn fields(answer: Answer, list: &List<'static>) -> (Vec<Column<'static>>, Option<String>) {
    let all = columns(answer.shown.op.model, list, &[]);
    let tags = all
        .iter()
        .find_map(|it| Some(it.key.split_once('[')?.0.to_owned()));
    let is_value = |column: &Column<'_>| {
        column.role != Role::Nested && !column.key.contains('[') && column.key != "@"
    };
    (all.into_iter().filter(is_value).collect(), tags)
}

pub fn view(answer: Answer, list: &List<'static>) -> Option<Markup> {
    let (columns, tags) = fields(answer, list);
    if columns.is_empty() {
        return None;
    }
    let path = list.path.clone();
    let first = match &tags {
        Some(_) => TAG.to_owned(),
        None => columns[0].key.clone(),
    };
    let field = RwSignal::new(first);
    let key = RwSignal::new(String::new());
    let condition = RwSignal::new(CONDITIONS[0].0.to_owned());
    let value = RwSignal::new(String::new());
    let tag = tags.iter().map(|_| Choice::new(TAG, words::filter_tag()));
    let others = columns
        .iter()
        .map(|it| Choice::new(it.key.clone(), it.title.clone()));
    let choices = tag.chain(others).collect();
    let conditions = CONDITIONS.map(|(key, _, title)| Choice::new(key, title()));
    let text = |id: &'static str, label: &'static str, signal: RwSignal<String>| {
        let write = Callback::new(move |text| signal.set(text));
        let value = signal.into();
        let control = FieldControl::new(move |aria| {
            view! { <TextInput aria value on_input=write /> }
        });
        view! { <FieldShell id label hint="" error=Signal::stored(None) control /> }
    };
    let is_tag = move || field.with(|it| it == TAG);
    let needs_value = move || condition.with(|it| !matches!(&**it, "missing" | "there"));
    let columns = StoredValue::new_local(columns);
    let tags = StoredValue::new(tags.unwrap_or_default());
    let path = StoredValue::new(path);
    let press = move |()| {
        let chosen = field.get_untracked();
        let field = match untrack(is_tag) {
            true => Field::Tag {
                member: tags.get_value(),
                key: key.get_untracked(),
            },
            false => Field::Value {
                is_text: columns.with_value(|all| {
                    let column = all.iter().find(|it| it.key == chosen);
                    let kind = column.and_then(|it| Some(&it.place?.shape.kind));
                    matches!(kind, Some(ShapeKind::String | ShapeKind::Enum(_)) | None)
                }),
                path: chosen,
            },
        };
        let chosen = condition.get_untracked();
        let found = CONDITIONS.iter().find(|(key, ..)| *key == chosen);
        let condition = found.map_or(Condition::Is, |it| it.1);
        let (path, value) = (path.get_value(), value.get_untracked());
        task::spawn(async move {
            if let Ok(text) = written(path, field, condition, value).await {
                answer.query.apply(text);
            }
        });
    };
    let choose_field = Callback::new(move |it| field.set(it));
    let choose_condition = Callback::new(move |it| condition.set(it));
    let press_enter = move |event: KeyboardEvent| {
        let part = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let is_text = part.is_some_and(|it| it.matches("input").unwrap_or(false));
        if event.key() == "Enter" && is_text && !event.is_composing() {
            event.prevent_default();
            press(());
        }
    };
    let line = el("div")
        .class("filter")
        .on("keydown", press_enter)
        .child(select_field(
            FIELD,
            words::filter_field(),
            choices,
            field.into(),
            choose_field,
        ))
        .child(when(is_tag, move || text(KEY, words::filter_key(), key)))
        .child(select_field(
            CONDITION,
            words::filter_condition(),
            conditions.to_vec(),
            condition.into(),
            choose_condition,
        ))
        .child(when(needs_value, move || {
            text(VALUE, words::value(), value)
        }))
        .child(view! { <Button on_click=press>{words::filter_apply()}</Button> });
    let line = Markup::from(line);
    Some(
        view! { <ExpandableSection summary=words::filter_add() caption="">{line}</ExpandableSection> }
            .into(),
    )
}
