//! An idempotency token: filled, shown, and renewable.

use super::control::Control;
use crate::state::Form;
use crate::ui::{Button, FieldControl, Glyph, Markup, TextInput, el};
use formsmith_api::draft::NodeId;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn TokenField(form: Form, node: NodeId) -> Markup {
    let control = Control::new(form, node);
    let (value, on_input, on_blur) = (control.value, control.on_input(), control.on_blur());
    let input = FieldControl::new(move |aria| {
        let content = view! {
            <TextInput aria value on_input on_blur mono=true />
            <Button icon=Glyph::Refresh on_click=move |()| form.renew_token(node)>
                {words::new_token()}
            </Button>
        };
        el("div").class("field-row").child(content)
    });
    control.field(input)
}
