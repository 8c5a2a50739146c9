//! Lists: rows of the same fields, with a way to add and remove.

use super::control;
use super::field::FieldView;
use super::field_labels;
use super::members::Members;
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::state::{Form, RowOutcome};
use crate::tone;
use crate::ui::{
    AttributeEditor, AttributeRow, Button, EditorColumn, Markup, StatusIndicator, each, el,
    field_line, live, when,
};
use formsmith_api::draft::{Content, Edit, NodeId};
use formsmith_words as words;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

#[component]
pub fn ListField(form: Form, node: NodeId) -> Markup {
    let items = Memo::new(move |_| form.with_structure(|draft| draft.children(node)));
    // What stands above the rows can be told only from a row.
    let has_rows = Memo::new(move |_| items.with(|items| !items.is_empty()));
    let rows = live(move || {
        let first = has_rows
            .get()
            .then(|| form.peek(|draft| draft.children(node)[0]));
        let columns = first.map(|item| columns(form, item)).unwrap_or_default();
        let row =
            move |item| view! { <Row form list=node row=item>{fields(form, item)}</Row> }.into();
        view! {
            <AttributeEditor columns info_label=words::info() footer=view! { <RowsFooter form node /> }>
                {each(move || items.get(), row)}
            </AttributeEditor>
        }
    });
    el("div")
        .attr("id", &field_labels::rows_id(node))
        .on("keydown", move |event: KeyboardEvent| enter(&event, node))
        .child(rows)
        .into()
}

/// Enter in a field of a row goes to the next row: half-filled rows are not sent by it.
pub fn enter(event: &KeyboardEvent, list: NodeId) {
    let field = event.target().and_then(|it| it.dyn_into().ok());
    if let Some(field) = field.filter(|_: &HtmlInputElement| event.key() == "Enter")
        && !event.is_composing()
    {
        event.prevent_default();
        event.stop_propagation();
        task::spawn(async move {
            let _ = next_row(field, list).await;
        });
    }
}

lazy! {
    fn next_row(field: HtmlInputElement, list: NodeId) =
        focus::next_row(&field, ".editor-row", &field_labels::add_id(list));
}

/// The fields of one item: a structure's members, or the item itself.
fn fields(form: Form, item: NodeId) -> Markup {
    match form.peek(|draft| matches!(draft.content(item), Content::Structure(_))) {
        true => Members::of(form, item).view(),
        false => all_fields(form, vec![item]),
    }
}

pub fn all_fields(form: Form, nodes: Vec<NodeId>) -> Markup {
    let field = |node| view! { <FieldView form node /> };
    nodes.into_iter().map(field).collect::<Vec<_>>().into()
}

fn members(form: Form, item: NodeId) -> Vec<NodeId> {
    form.peek(|draft| match draft.content(item) {
        Content::Structure(members) => members.clone(),
        _ => vec![item],
    })
}

/// What stands above the rows. Rows with lists or structures in them have no columns.
fn columns(form: Form, item: NodeId) -> Vec<EditorColumn> {
    let nodes = members(form, item);
    let is_long = field_labels::is_long(form, item);
    let is_aggregate = |&node: &NodeId| field_labels::is_aggregate(form, node);
    if is_long || nodes.iter().any(is_aggregate) {
        return Vec::new();
    }
    let column = |node: NodeId| EditorColumn {
        label: field_labels::title(form, node),
        suffix: control::suffix(form, node),
        api_name: field_labels::api_name(form, node),
        info: control::info(form, node, true),
    };
    nodes.into_iter().map(column).collect()
}

/// A row of a list or map; `row` is the item, or the entry's key.
#[component]
pub fn Row(form: Form, list: NodeId, row: NodeId, children: Markup) -> Markup {
    let (item, _) = field_labels::item_words(form, list);
    let number =
        Memo::new(move |_| form.with_structure(|draft| field_labels::position(draft, list, row)));
    let (for_label, for_button, for_removed) = (item.clone(), item.clone(), item);
    let remove = move |()| {
        let at = number.get_untracked();
        form.apply(Edit::Remove(row));
        form.console.announce(words::item_removed(&for_removed, at));
        let next = format!(
            "#{} > .editor > .editor-rows > .editor-row:nth-child({at}) > .editor-remove button",
            field_labels::rows_id(list)
        );
        focus::soon_selected(next, field_labels::add_id(list));
    };
    let (said, described_by) = control::said_line(form, row);
    let outcome = live(move || {
        let RowOutcome { tone, text } = form.row_outcome(row)?;
        let status = view! { <StatusIndicator kind=tone::kind(tone) text /> };
        Some(el("div").class("row-outcome").child(status))
    });
    view! {
        <AttributeRow
            described_by
            label=Signal::derive(move || words::item_number(&for_label, number.get()))
            remove_text=words::remove()
            remove_label=Signal::derive(move || words::remove_item(&for_button, number.get()))
            on_remove=remove
        >
            {children}
            {said}
            {outcome}
        </AttributeRow>
    }
    .into()
}

/// The way to one more row, how many fit, and what is wrong with their number.
#[component]
pub fn RowsFooter(form: Form, node: NodeId) -> Markup {
    let (item, items) = field_labels::item_words(form, node);
    let words = field_labels::words(form, node);
    let max = form.peek(|draft| {
        let place = draft.place(form.model, node)?;
        place.find(|traits| traits.length)?.max
    });
    let size = move || {
        form.with_structure(|draft| match draft.content(node) {
            Content::Absent | Content::NotKept(_) => None,
            Content::Map(entries) => Some(entries.len()),
            _ => Some(draft.children(node).len()),
        })
    };
    let room = move |max: usize| max.saturating_sub(size().unwrap_or_default());
    let is_full = Signal::derive(move || max.is_some_and(|max| room(max) == 0));
    let is_empty = Memo::new(move |_| size() == Some(0));
    let error = Signal::derive(move || {
        let found = form.violations(node);
        let violation = found.first();
        violation
            .map(|violation| words::violation(violation, &words))
            .or_else(|| control::said(form, node))
    });
    let has_error = Memo::new(move |_| error.with(Option::is_some));
    let is_optional = field_labels::is_optional(form, node);
    let add = move |()| {
        if let Some(added) = form.add(node) {
            focus::soon(field_labels::way_to(form, added));
        }
    };
    let error_id = format!("{}-error", field_labels::add_id(node));
    let described = error_id.clone();
    let described_by = Signal::derive(move || has_error.get().then(|| described.clone()));
    let add_label = words::add_item(&item);
    let button = view! {
        <Button id=field_labels::add_id(node) described_by on_click=add disabled=is_full>
            {add_label}
        </Button>
    };
    let leave_out = move || {
        let press = move |()| {
            form.apply(Edit::Omit(node));
            focus::soon(field_labels::add_id(node));
        };
        view! { <Button on_click=press>{words::leave_out()}</Button> }
    };
    let leave_out = when(move || is_optional && is_empty.get(), leave_out);
    let line = || el("p").class("field-line");
    let sent_empty = words::sent_empty_list(&items);
    let room_left = max.map(|max| {
        line().child(Signal::derive(move || {
            words::room(room(max), &item, &items)
        }))
    });
    (
        el("div").class("editor-add").child(button).child(leave_out),
        field_line("error", error_id, error),
        when(
            move || is_empty.get() && !has_error.get(),
            move || line().child(sent_empty.as_str()),
        ),
        room_left,
    )
        .into()
}
