//! A text, number or timestamp; with suggestions where the model documents values.

use super::control::Control;
use super::pickable::pickable;
use crate::state::Form;
use crate::ui::{Choice, Combobox, FieldControl, Markup, TextInput};
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use leptos::prelude::*;

#[component]
pub fn TextField(form: Form, node: NodeId) -> Markup {
    let control = Control::new(form, node);
    let (choices, is_number, is_text) = form.peek(|draft| {
        let place = draft.place(form.model, node);
        let known = place.map(|place| place.known_values());
        let choices = known.into_iter().flatten();
        let choices = choices.map(|(value, meaning)| Choice::new(value, meaning));
        let is_number = place.is_some_and(|place| {
            let kind = &place.shape.kind;
            kind.is_number() && !matches!(kind, ShapeKind::Timestamp)
        });
        let is_text = place.is_some_and(|place| matches!(place.shape.kind, ShapeKind::String));
        (choices.collect::<Vec<_>>(), is_number, is_text)
    });
    let (value, required, masked) = (control.value, control.is_required, control.masked);
    let (on_input, on_blur, on_paste) = (control.on_input(), control.on_blur(), control.on_paste());
    let input = FieldControl::new(move |aria| -> Markup {
        if choices.is_empty() {
            let mode = is_number.then_some("decimal");
            let input =
                view! { <TextInput aria value on_input on_blur on_paste required mode masked /> };
            match is_text && masked.is_none() {
                true => pickable(form, node, input.into()),
                false => input.into(),
            }
        } else {
            view! { <Combobox aria choices value on_input on_blur on_paste required /> }.into()
        }
    });
    control.field(input)
}
