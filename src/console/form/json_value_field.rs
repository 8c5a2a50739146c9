//! A value of a shape without a control of its own, written as JSON.

use super::control::Control;
use crate::state::Form;
use crate::text;
use crate::ui::{Button, FieldControl, FieldShell, TextArea};
use formsmith_api::draft::{Content, Edit, NodeId};
use leptos::prelude::*;

#[component]
pub fn JsonValueField(form: Form, node: NodeId) -> impl IntoView {
    let is_absent = Memo::new(move |_| {
        form.with_draft(|draft| *draft.content(node) == Content::Absent)
    });
    move || match is_absent.get() {
        true => {
            let label = text::add_item(&text::in_sentence(&super::naming::title(form, node)));
            let press = move |_| form.apply(Edit::Include(node));
            view! { <Button on_click=press>{label}</Button> }.into_any()
        }
        false => present(form, node).into_any(),
    }
}

fn present(form: Form, node: NodeId) -> impl IntoView {
    let control = Control::new(form, node);
    let (value, on_input, on_blur) = (control.value, control.on_input(), control.on_blur());
    let hint = control.description().unwrap_or_else(|| text::JSON_VALUE_HINT.into());
    let is_optional = !control.is_required;
    view! {
        <FieldShell
            id=control.id.clone()
            label=control.title.clone()
            suffix=control.suffix
            api_name=control.api_name.clone()
            hint=Some(hint)
            constraint=control.constraint
            error=control.error
            control=FieldControl::new(move |aria| view! {
            <TextArea aria value on_input on_blur mono=true />
            })
        />
        {is_optional
            .then(|| {
                let press = move |_| form.apply(Edit::Omit(node));
                view! { <Button on_click=press>{text::LEAVE_OUT}</Button> }
            })}
    }
}
