//! A text, number or timestamp; with suggestions where the model documents values.

use super::calendar::with_calendar;
use super::control::Control;
use super::field_labels;
use super::pickable::{Called, pickable};
use crate::state::Form;
use crate::ui::{Choice, Combobox, FieldControl, Markup, TextInput};
use formsmith_api::calendar::Calendar;
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use formsmith_words as words;
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
    let called: Called = RwSignal::new(None);
    if is_text && control.masked.is_none() {
        tell_picked(&mut control, called);
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

/// What an identifier is called, where that is known, stands beneath it; and where it was picked for what
/// now stands no longer in another field, that it may not fit.
fn tell_picked(control: &mut Control, called: Called) {
    let (form, value) = (control.form, control.value);
    let (constraint, warning) = (control.constraint, control.warning);
    let picked = move || {
        let text = value.get();
        called.get().filter(|picked| picked.value == text)
    };
    control.constraint = Signal::derive(move || {
        let name = || picked().and_then(|picked| picked.name);
        let known = || form.known_name(&value.get());
        constraint.get().or_else(name).or_else(known)
    });
    control.warning = Signal::derive(move || {
        warning.get().or_else(|| {
            let is_other = |(node, text): &(NodeId, String)| {
                form.with_node(*node, |draft| draft.text(*node) != text.as_str())
            };
            let (other, _) = picked()?.of.into_iter().find(is_other)?;
            let title = field_labels::title(form, other);
            Some(words::picked_for_other(&words::in_sentence(&title)))
        })
    });
}
