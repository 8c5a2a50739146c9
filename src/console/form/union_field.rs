//! Which member of a union is given, and its own fields.

use super::field::FieldView;
use super::field_labels;
use crate::lazy::lazy;
use crate::state::Form;
use crate::ui::{Choice, FieldControl, FieldShell, Markup, Select, each, el};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_words as words;
use leptos::prelude::*;

lazy! { in all_services: pub fn alternatives(form: Form, node: NodeId) -> Markup = view(form, node); }

/// What was written into a member stays there while another one is chosen. A text in JSON may give
/// several, which are then all drawn: nothing that was written is lost.
fn view(form: Form, node: NodeId) -> Markup {
    let all = form.peek(|draft| draft.alternatives(node));
    let given = Memo::new(move |_| form.with_structure(|draft| draft.children(node)));
    let title = field_labels::title(form, node);
    let mut choices = vec![Choice::new("", words::nothing_chosen(&title))];
    choices.extend(all.iter().map(|&member| {
        let name = field_labels::api_name(form, member);
        let text = words::choice(&field_labels::title(form, member), &name);
        Choice::new(name, text)
    }));
    let value = Signal::derive(move || match given.get()[..] {
        [one] => field_labels::api_name(form, one),
        _ => String::new(),
    });
    let on_change = Callback::new(move |name: String| {
        let mut all = all.iter().copied();
        let member = all.find(|&member| field_labels::api_name(form, member) == name);
        form.apply(Edit::Choose(node, member));
    });
    let on_blur = Callback::new(move |()| form.left(node));
    let words = field_labels::words(form, node);
    let error = Signal::derive(move || {
        let found = form.violations(node);
        let violation = found.first();
        violation.map(|violation| words::violation(violation, &words))
    });
    let control = FieldControl::new(move |aria| {
        view! { <Select aria choices value on_change on_blur required=true /> }
    });
    let select = view! {
        <FieldShell
            id=field_labels::control_id(node)
            label=words::choose_one()
            hint=""
            error
            control
        />
    };
    let fields = move |member| {
        let field = view! { <FieldView form node=member /> };
        el("div").child(field).into()
    };
    (select, each(move || given.get(), fields)).into()
}
