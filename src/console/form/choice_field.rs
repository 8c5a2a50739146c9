//! An enum or boolean: the values the model lists, and for enums any other as well, because
//! services add values before models do.

use super::control::Control;
use crate::state::Form;
use crate::ui::{Choice, FieldControl, Markup, Select, TextInput, el, when};
use formsmith_api::draft::NodeId;
use formsmith_api::model::ShapeKind;
use formsmith_words as words;
use leptos::prelude::*;

/// The choice that opens a text field; no model can have it as a value.
const OTHER: &str = "\u{0}other";

#[component]
pub fn ChoiceField(form: Form, node: NodeId) -> Markup {
    let control = Control::new(form, node);
    let (known, is_open) = known_values(form, node);
    let values: Vec<String> = known.iter().map(|choice| choice.value.clone()).collect();
    let (value, required) = (control.value, control.is_required);
    let asked = RwSignal::new(false);
    let is_other = Memo::new(move |_| {
        let unknown = value.with(|value| !value.is_empty() && !values.contains(value));
        is_open && (asked.get() || unknown)
    });
    let mut choices = vec![Choice::new("", words::nothing_chosen(&control.title))];
    choices.extend(known);
    if is_open {
        choices.push(Choice::new(OTHER, words::other_value()));
    }
    let selected = Signal::derive(move || match is_other.get() {
        true => OTHER.to_owned(),
        false => value.get(),
    });
    let (on_input, on_blur) = (control.on_input(), control.on_blur());
    let on_change = Callback::new(move |chosen: String| {
        asked.set(chosen == OTHER);
        on_input.run(if chosen == OTHER {
            String::new()
        } else {
            chosen
        });
        if !asked.get_untracked() {
            on_blur.run(());
        }
    });
    let boxes = FieldControl::new(move |aria| {
        let mut other = aria.clone();
        other.id.push_str("-other");
        let field = move || {
            let label = el("label")
                .class("visually-hidden")
                .attr("for", &other.id)
                .child(words::other_value_label());
            // What is being typed may be empty or a known value on its way.
            let on_input = Callback::new(move |text| {
                asked.set(true);
                on_input.run(text);
            });
            (
                label,
                view! { <TextInput aria=other.clone() value on_input on_blur /> },
            )
        };
        let select = view! { <Select aria choices value=selected on_change on_blur required /> };
        (select, when(move || is_other.get(), field))
    });
    control.field(boxes)
}

/// The values to choose from, and whether others may be written.
pub(super) fn known_values(form: Form, node: NodeId) -> (Vec<Choice>, bool) {
    form.peek(|draft| {
        let Some(place) = draft.place(form.model, node) else {
            return (Vec::new(), false);
        };
        if matches!(place.shape.kind, ShapeKind::Boolean) {
            let choices = [
                ("true", words::boolean_true()),
                ("false", words::boolean_false()),
            ];
            return (
                choices.map(|(value, text)| Choice::new(value, text)).into(),
                false,
            );
        }
        let members = place.shape.enum_members().iter();
        let choices = members.map(|member| {
            let value = member.enum_value();
            let title = member
                .traits
                .label
                .as_ref()
                .map(|label| label.title.as_str());
            let text = match title {
                Some(title) => words::choice(title, value),
                None => value.to_owned(),
            };
            Choice::new(value, text)
        });
        (choices.collect(), true)
    })
}
