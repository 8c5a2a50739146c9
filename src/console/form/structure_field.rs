//! A structure inside the input, or a union.

use super::control::{documentation, said_line, suffix};
use super::field_labels;
use super::members::Members;
use super::union_field::alternatives;
use crate::browser::focus;
use crate::lazy_view::lazy_view;
use crate::state::Form;
use crate::ui::{Button, FieldGroup, Markup, el, live};
use formsmith_api::draft::{Content, Edit, NodeId};
use formsmith_words as words;
use leptos::prelude::*;

/// The members under one legend; an optional structure is absent until it is asked for.
#[component]
pub fn StructureField(form: Form, node: NodeId) -> Markup {
    let is_absent = Memo::new(move |_| form.with_structure(|draft| draft.is_absent(node)));
    let title = field_labels::title(form, node);
    let is_optional = field_labels::is_optional(form, node);
    let add = words::add_item(&words::in_sentence(&title));
    let include = move |()| {
        form.apply(Edit::Include(node));
        focus::soon(field_labels::way_to(form, node));
    };
    let leave_out = move |()| {
        form.apply(Edit::Omit(node));
        focus::soon(field_labels::add_id(node));
    };
    let body = live(move || match is_absent.get() {
        true => {
            let (id, add) = (field_labels::add_id(node), add.clone());
            view! { <Button id on_click=include>{add}</Button> }.into()
        }
        false => {
            let leave = is_optional
                .then(|| view! { <Button on_click=leave_out>{words::leave_out()}</Button> });
            let is_union = form.peek(|draft| matches!(draft.content(node), Content::Union(_)));
            let members = match is_union {
                true => lazy_view(form.console, move || alternatives(form, node)),
                false => Members::of(form, node).view(),
            };
            Markup::from((members, el("div").child(leave)))
        }
    });
    let (said, described_by) = said_line(form, node);
    grouped(form, node, described_by, (body, said).into())
}

/// What stands within a node, under its title.
pub fn grouped(
    form: Form,
    node: NodeId,
    described_by: Signal<Option<String>>,
    content: Markup,
) -> Markup {
    view! {
        <FieldGroup
            legend=field_labels::title(form, node)
            suffix=suffix(form, node)
            api_name=field_labels::api_name(form, node)
            description=documentation(form, node).unwrap_or_default()
            described_by
        >
            {content}
        </FieldGroup>
    }
    .into()
}
