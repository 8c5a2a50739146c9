//! The members of a structure. Where many of them are optional, those are drawn that are required,
//! given or asked for; the others are a list to add from.

use super::add_setting::add_setting;
use super::field::FieldView;
use super::field_labels;
use crate::browser::focus;
use crate::state::Form;
use crate::ui::{Button, Markup, each, el};
use formsmith_api::draft::{Content, Edit, NodeId};
use formsmith_api::model::Binding;
use formsmith_words as words;
use leptos::prelude::*;

/// So many optional members are all drawn.
const FEW: usize = 6;

/// The members of one structure, until another draft takes the place of the whole.
#[derive(Clone, Copy)]
pub struct Members {
    pub form: Form,
    structure: NodeId,
    /// In the order of the model.
    all: StoredValue<Vec<NodeId>>,
    /// The optional ones that are drawn; none where all are.
    added: Option<RwSignal<Vec<NodeId>>>,
}

/// May it be left out of the form? A token is there from the beginning, and a body is what a request
/// is for.
fn is_extra(form: Form, node: NodeId) -> bool {
    field_labels::is_optional(form, node)
        && form.peek(|draft| {
            let member = draft.model_member(form.model, node);
            member.is_some_and(|member| {
                let traits = &member.traits;
                !traits.idempotency_token && traits.wire.binding != Binding::Payload
            })
        })
}

impl Members {
    pub fn of(form: Form, structure: NodeId) -> Self {
        let all = form.peek(|draft| draft.children(structure));
        let mut optional = all.clone();
        optional.retain(|&node| is_extra(form, node));
        let is_long = optional.len() > FEW;
        // A secret that is not kept was given.
        let given = |node: &NodeId| form.peek(|draft| *draft.content(*node) != Content::Absent);
        optional.retain(given);
        Self {
            form,
            structure,
            all: StoredValue::new(all),
            added: is_long.then(|| RwSignal::new(optional)),
        }
    }

    pub fn is_long(self) -> bool {
        self.added.is_some()
    }

    /// Those that are drawn: of a long list what is required comes first.
    pub fn drawn(self) -> Vec<NodeId> {
        let all = self.all.get_value();
        let Some(added) = self.added else { return all };
        let is_drawn = |node: &NodeId| {
            added.with(|added| added.contains(node)) || self.form.field_error(*node).is_some()
        };
        let (mut drawn, mut optional): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|&node| !is_extra(self.form, node));
        optional.retain(is_drawn);
        drawn.append(&mut optional);
        drawn
    }

    /// Those that can be added.
    pub fn left(self) -> Vec<NodeId> {
        let drawn = self.drawn();
        let mut left = self.all.get_value();
        left.retain(|node| !drawn.contains(node));
        left
    }

    /// Draws one, ready to be written into.
    pub fn add(self, node: NodeId) {
        let form = self.form;
        if let Some(added) = self.added {
            added.update(|added| added.push(node));
        }
        match field_labels::way_to(form, node) == field_labels::control_id(node) {
            true => {}
            false if form.add(node).is_some() => {}
            false => form.apply(Edit::Include(node)),
        }
        // The first field of it, or the way to one.
        let first = form.peek(|draft| {
            let mut now = node;
            while let Some(&child) = draft.children(now).first() {
                now = child;
            }
            now
        });
        focus::soon_selected(
            format!("#{}", field_labels::control_id(first)),
            field_labels::add_id(first),
        );
    }

    fn remove(self, node: NodeId) {
        self.form.apply(Edit::Omit(node));
        if let Some(added) = self.added {
            added.update(|added| added.retain(|it| *it != node));
        }
        focus::soon(self.way());
    }

    /// The id of the button that opens the list.
    pub fn way(self) -> String {
        format!("settings-{}", self.structure.number())
    }

    /// A member that is drawn, in one element; with the way to remove it where it was added.
    pub fn one(self, node: NodeId, field: Markup) -> Markup {
        let form = self.form;
        if !self.is_long() || !is_extra(form, node) {
            return el("div").child(field).into();
        }
        let title = words::in_sentence(&field_labels::title(form, node));
        let label = Signal::stored(words::remove_setting(&title));
        let remove = move |()| self.remove(node);
        let button = view! {
            <Button label on_click=remove>{words::remove()}</Button>
        };
        el("div")
            .class("setting")
            .child(field)
            .child(el("div").class("setting-remove").child(button))
            .into()
    }

    /// All that are drawn, and the way to the others.
    pub fn view(self) -> Markup {
        let form = self.form;
        if !self.is_long() {
            return super::list_field::all_fields(form, self.drawn());
        }
        let drawn = Memo::new(move |_| self.drawn());
        let one = move |node| self.one(node, view! { <FieldView form node /> }.into());
        (each(move || drawn.get(), one), add_setting(self)).into()
    }
}
