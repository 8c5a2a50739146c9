//! An idempotency token: filled, shown, and renewable.

use super::control::Control;
use crate::state::Form;
use crate::text;
use crate::ui::{Button, FieldControl, FieldShell, Glyph, TextInput};
use formsmith_api::draft::NodeId;
use leptos::prelude::*;

#[component]
pub fn TokenField(form: Form, node: NodeId) -> impl IntoView {
    let control = Control::new(form, node);
    let (value, on_input, on_blur) = (control.value, control.on_input(), control.on_blur());
    view! {
        <FieldShell
            id=control.id.clone()
            label=control.title.clone()
            suffix=control.suffix
            api_name=control.api_name.clone()
            hint=control.description()
            constraint=control.constraint
            error=control.error
            info_label=text::INFO
            info=control.info()
            control=FieldControl::new(move |aria| view! {
            <div class="field-row">
                <TextInput aria value on_input on_blur mono=true />
                <Button icon=Glyph::Refresh on_click=move |_| form.renew_token(node)>
                    {text::NEW_TOKEN}
                </Button>
            </div>
            })
        />
    }
}
