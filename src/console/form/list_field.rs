//! Lists: rows of the same fields, with a way to add and remove.

use super::control;
use super::field::FieldView;
use super::naming;
use crate::browser::focus;
use crate::state::Form;
use crate::text;
use crate::ui::{AttributeEditor, AttributeRow, Button, EditorColumn};
use formsmith_api::draft::{Content, Edit, NodeId};
use leptos::prelude::*;

#[component]
pub fn ListField(form: Form, node: NodeId) -> impl IntoView {
    let items = Memo::new(move |_| form.with_draft(|draft| draft.children(node)));
    // What stands above the rows can be told only from a row.
    let has_rows = Memo::new(move |_| items.with(|items| !items.is_empty()));
    let rows = move || {
        let first = has_rows.get().then(|| form.peek(|draft| draft.children(node)[0]));
        let columns = first.map(|item| columns(form, item)).unwrap_or_default();
        view! {
            <AttributeEditor
                columns
                info_label=text::INFO
                footer=move || view! { <RowsFooter form node /> }
            >
                <For
                    each=move || items.get()
                    key=|item| *item
                    children=move |item| {
                        view! {
                            <Row form list=node row=item>
                                {fields(form, item)}
                            </Row>
                        }
                    }
                />
            </AttributeEditor>
        }
    };
    view! { <div id=naming::rows_id(node)>{rows}</div> }
}

/// The fields of one item: a structure's members, or the item itself.
fn fields(form: Form, item: NodeId) -> impl IntoView {
    members(form, item)
        .into_iter()
        .map(|node| view! { <FieldView form node /> })
        .collect_view()
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
    if nodes.iter().any(|&node| naming::is_aggregate(form, node)) {
        return Vec::new();
    }
    let column = |node: NodeId| EditorColumn {
        label: naming::title(form, node),
        suffix: control::suffix(form, node).into(),
        api_name: naming::api_name(form, node),
        hint: String::new(),
        info: control::info(form, node, true),
    };
    nodes.into_iter().map(column).collect()
}

/// A row of a list or map; `row` is the item, or the entry's key.
#[component]
pub fn Row(form: Form, list: NodeId, row: NodeId, children: Children) -> impl IntoView {
    let (item, _) = naming::item_words(form, list);
    let number = Memo::new(move |_| form.with_draft(|draft| naming::position(draft, list, row)));
    let (for_label, for_button, for_removed) = (item.clone(), item.clone(), item);
    let remove = move |()| {
        let at = number.get_untracked();
        form.apply(Edit::Remove(row));
        form.console.announce(text::item_removed(&for_removed, at));
        let next = format!(
            "#{} > .editor > .editor-rows > .editor-row:nth-child({at}) > .editor-remove button",
            naming::rows_id(list)
        );
        focus::soon_selected(next, naming::add_id(list));
    };
    view! {
        <AttributeRow
            label=Signal::derive(move || text::item_number(&for_label, number.get()))
            remove_text=text::REMOVE
            remove_label=Signal::derive(move || text::remove_item(&for_button, number.get()))
            on_remove=remove
        >
            {children()}
        </AttributeRow>
    }
}

/// The way to one more row, how many fit, and what is wrong with their number.
#[component]
pub fn RowsFooter(form: Form, node: NodeId) -> impl IntoView {
    let (item, items) = naming::item_words(form, node);
    let words = naming::words(form, node);
    let max = form.peek(|draft| {
        let place = draft.place(form.console.model, node)?;
        place.find(|traits| traits.length)?.max
    });
    let size = Memo::new(move |_| {
        form.with_draft(|draft| match draft.content(node) {
            Content::Absent => None,
            Content::Map(entries) => Some(entries.len()),
            _ => Some(draft.children(node).len()),
        })
    });
    let room = Memo::new(move |_| {
        max.map(|max| max.saturating_sub(size.get().unwrap_or_default()))
    });
    let error = move || {
        let found = form.violations(node);
        found.first().map(|violation| text::violation(violation, &words))
    };
    let error_id = format!("{}-error", naming::add_id(node));
    let (described, line_id) = (error_id.clone(), error_id);
    let has_error = Memo::new(move |_| !form.violations(node).is_empty());
    let is_optional = form.peek(|draft| {
        let member = draft.model_member(form.console.model, node);
        member.is_some_and(|member| !member.traits.required)
    });
    let add = move |_| {
        if let Some(added) = form.add(node) {
            let first = members(form, added).first().copied().unwrap_or(added);
            focus::soon(&naming::control_id(first));
        }
    };
    let (for_room, for_empty, many) = (item.clone(), items.clone(), items);
    view! {
        <div class="editor-add">
            <Button
                attr:id=naming::add_id(node)
                attr:aria-describedby=move || has_error.get().then(|| described.clone())
                on_click=add
                disabled=Signal::derive(move || room.get() == Some(0))
            >
                {text::add_item(&item)}
            </Button>
            {move || {
                (is_optional && size.get() == Some(0))
                    .then(|| {
                        let press = move |_| form.apply(Edit::Omit(node));
                        view! { <Button on_click=press>{text::LEAVE_OUT}</Button> }
                    })
            }}
        </div>
        {move || {
            error()
                .map(|text| {
                    view! {
                        <p class="field-line" data-part="error" id=line_id.clone()>
                            <crate::ui::Icon glyph=crate::ui::Glyph::Error />
                            <span>{text}</span>
                        </p>
                    }
                })
        }}
        {move || {
            (size.get() == Some(0) && !has_error.get())
                .then(|| view! { <p class="field-line">{text::sent_empty_list(&for_empty)}</p> })
        }}
        {move || {
            room.get()
                .map(|room| {
                    view! { <p class="field-line">{text::room(room, &for_room, &many)}</p> }
                })
        }}
    }
}
