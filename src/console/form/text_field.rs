//! A text, number or timestamp; with suggestions where the model documents values.

use super::calendar::with_calendar;
use super::control::Control;
use super::pickable::{Called, pickable};
use crate::state::Form;
use crate::ui::{Choice, Combobox, FieldControl, Markup, TextInput};
use formsmith_api::calendar::Calendar;
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use leptos::prelude::*;

#[component]
pub fn TextField(form: Form, node: NodeId) -> Markup {
    let mut control = Control::new(form, node);
    let (choices, is_number, is_text, calendar) = form.peek(|draft| {
        let place = draft.place(form.model, node);
        let known = place.map(|place| place.known_values());
        let choices = known.into_iter().flatten();
        let choices = choices.map(|(value, meaning)| Choice::new(value, meaning));
        let is_number = place.is_some_and(|place| {
            let kind = &place.shape.kind;
            kind.is_number() && !matches!(kind, ShapeKind::Timestamp)
        });
        let is_text = place.is_some_and(|place| matches!(place.shape.kind, ShapeKind::String));
        let calendar = place.and_then(Calendar::of);
        (choices.collect::<Vec<_>>(), is_number, is_text, calendar)
    });
    // What is masked, a calendar would show.
    let calendar = calendar.filter(|_| control.masked.is_none());
    let calendar = calendar.map(|kind| (kind, RwSignal::new(None::<String>)));
    if let Some((_, understood)) = calendar {
        let constraint = control.constraint;
        control.constraint = Signal::derive(move || constraint.get().or_else(|| understood.get()));
    }
    // Where it is known what an identifier is called, that stands beneath it.
    let called: Called = RwSignal::new(None);
    if is_text && control.masked.is_none() {
        let (value, constraint) = (control.value, control.constraint);
        control.constraint = Signal::derive(move || {
            constraint.get().or_else(|| {
                let text = value.get();
                let picked = called.get().filter(|(of, _)| *of == text);
                picked
                    .map(|(_, name)| name)
                    .or_else(|| form.known_name(&text))
            })
        });
    }
    let (value, required, masked) = (control.value, control.is_required, control.masked);
    let (on_input, on_blur, on_paste) = (control.on_input(), control.on_blur(), control.on_paste());
    let input = FieldControl::new(move |aria| -> Markup {
        if choices.is_empty() {
            let mode = is_number.then_some("decimal");
            let input =
                view! { <TextInput aria value on_input on_blur on_paste required mode masked /> };
            match calendar {
                Some((kind, understood)) => {
                    with_calendar(form, node, kind, understood, input.into())
                }
                None if is_text && masked.is_none() => pickable(form, node, called, input.into()),
                None => input.into(),
            }
        } else {
            view! { <Combobox aria choices value on_input on_blur on_paste required /> }.into()
        }
    });
    control.field(input)
}
