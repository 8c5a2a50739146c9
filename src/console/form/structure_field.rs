//! A structure inside the input.

use super::control::documentation;
use super::field::FieldView;
use super::naming;
use crate::browser::focus;
use crate::state::Form;
use crate::text;
use crate::ui::{Button, FieldGroup};
use formsmith_api::draft::{Content, Edit, NodeId, Role};
use leptos::prelude::*;

/// The members under one legend; an optional structure is absent until it is asked for.
#[component]
pub fn StructureField(form: Form, node: NodeId) -> impl IntoView {
    let is_absent = Memo::new(move |_| {
        form.with_draft(|draft| *draft.content(node) == Content::Absent)
    });
    let title = naming::title(form, node);
    let (legend, api_name) = (title.clone(), naming::api_name(form, node));
    let is_optional = form.peek(|draft| {
        let is_member = matches!(draft.node(node).map(|it| &it.role), Some(Role::Member(_)));
        let member = draft.model_member(form.console.model, node);
        is_member && !member.is_some_and(|member| member.traits.required)
    });
    let add = text::add_item(&text::in_sentence(&title));
    let include = move |_| {
        form.apply(Edit::Include(node));
        let first = form.peek(|draft| draft.children(node).first().copied());
        if let Some(first) = first {
            focus::soon(&naming::control_id(first));
        }
    };
    let leave_out = move |_| {
        form.apply(Edit::Omit(node));
        focus::soon(&naming::add_id(node));
    };
    let body = move || match is_absent.get() {
        true => {
            let id = naming::add_id(node);
            let add = add.clone();
            view! { <Button attr:id=id on_click=include>{add}</Button> }.into_any()
        }
        false => {
            let members = form.peek(|draft| draft.children(node));
            let members = members.into_iter().map(|node| view! { <FieldView form node /> });
            let leave = is_optional
                .then(|| view! { <Button on_click=leave_out>{text::LEAVE_OUT}</Button> });
            view! { {members.collect_view()} <div>{leave}</div> }.into_any()
        }
    };
    view! {
        <FieldGroup
            legend
            suffix=if is_optional { text::OPTIONAL } else { "" }
            api_name
            description=documentation(form, node).unwrap_or_default()
        >
            {body}
        </FieldGroup>
    }
}
