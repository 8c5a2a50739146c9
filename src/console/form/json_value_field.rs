//! A value of a shape without a control of its own, written as JSON.

use super::control::{Control, said_line};
use super::field_labels;
use crate::state::Form;
use crate::ui::{Button, FieldControl, FieldShell, Markup, TextArea, live};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn JsonValueField(form: Form, node: NodeId) -> Markup {
    let is_absent = Memo::new(move |_| form.with_node(node, |draft| draft.is_absent(node)));
    live(move || match is_absent.get() {
        true => {
            let label = words::add_item(&words::in_sentence(&field_labels::title(form, node)));
            let press = move |()| form.apply(Edit::Include(node));
            let (said, described_by) = said_line(form, node);
            let id = field_labels::add_id(node);
            view! {
                <Button id described_by on_click=press>{label}</Button>
                {said}
            }
            .into()
        }
        false => present(form, node),
    })
}

fn present(form: Form, node: NodeId) -> Markup {
    let control = Control::new(form, node);
    let (value, on_input, on_blur) = (control.value, control.on_input(), control.on_blur());
    let description = Some(control.description()).filter(|text| !text.is_empty());
    let hint = description.unwrap_or_else(|| words::json_value_hint().into());
    let leave_out = (!control.is_required).then(|| {
        let press = move |()| form.apply(Edit::Omit(node));
        view! { <Button on_click=press>{words::leave_out()}</Button> }
    });
    let masked = control.masked;
    let remedy = control.remedy();
    let area =
        FieldControl::new(move |aria| view! { <TextArea aria value on_input on_blur masked /> });
    let field = view! {
        <FieldShell
            id=control.id.clone()
            label=control.title.clone()
            suffix=control.suffix
            api_name=control.api_name.clone()
            has_head=control.is_in_row
            hint=hint
            constraint=control.constraint
            error=control.error
            remedy
            control=area
        />
    };
    (field, leave_out).into()
}
