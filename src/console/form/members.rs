//! The members of a structure. Where many of them are optional, those are drawn that are required,
//! given or asked for; the others are a list to add from.

use super::add_setting::add_setting;
use super::field::FieldView;
use super::field_labels;
use crate::browser::focus;
use crate::state::{Form, NOTICE_ID};
use crate::ui::{Button, Glyph, Markup, Variant, each, el};
use crate::watch::watch;
use formsmith_api::draft::{Content, Edit, NodeId};
use formsmith_words as words;
use leptos::prelude::*;

/// The members of one structure, until another draft takes the place of the whole.
#[derive(Clone, Copy)]
pub struct Members {
    pub form: Form,
    structure: NodeId,
    /// The optional ones that are drawn; none where all are.
    added: Option<RwSignal<Vec<NodeId>>>,
}

impl Members {
    pub fn of(form: Form, structure: NodeId) -> Self {
        let added = field_labels::is_long(form, structure).then(|| RwSignal::new(Vec::new()));
        let members = Self {
            form,
            structure,
            added,
        };
        if let Some(added) = added {
            members.follow(added);
        }
        members
    }

    /// In the order of the model.
    pub fn all(self) -> Vec<NodeId> {
        self.form.peek(|draft| draft.children(self.structure))
    }

    /// What is given, or what a service says something of, is drawn from then on: clearing it does
    /// not take it away.
    fn follow(self, added: RwSignal<Vec<NodeId>>) {
        let form = self.form;
        let mut extra = self.all();
        extra.retain(|&node| field_labels::is_extra(form, node));
        watch(move || {
            let is_new = |node: &NodeId| {
                // A secret that is not kept was given.
                let is_given = form.with_node(*node, |it| *it.content(*node) != Content::Absent);
                let is_named = form.field_error(*node).is_some();
                (is_given || is_named) && added.with_untracked(|added| !added.contains(node))
            };
            let new: Vec<NodeId> = extra.iter().copied().filter(is_new).collect();
            if !new.is_empty() {
                added.update(|added| added.extend(new));
            }
        });
    }

    pub fn is_long(self) -> bool {
        self.added.is_some()
    }

    /// Those that are drawn: of a long list what is required comes first.
    pub fn drawn(self) -> Vec<NodeId> {
        let all = self.all();
        let Some(added) = self.added else { return all };
        let (mut drawn, mut extra): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|&node| !field_labels::is_extra(self.form, node));
        extra.retain(|node| added.with(|added| added.contains(node)));
        drawn.append(&mut extra);
        drawn
    }

    /// Those that can be added.
    pub fn left(self) -> Vec<NodeId> {
        let drawn = self.drawn();
        let mut left = self.all();
        left.retain(|node| !drawn.contains(node));
        left
    }

    /// Draws one, ready to be written into.
    pub fn add(self, node: NodeId) {
        let form = self.form;
        if let Some(added) = self.added {
            added.update(|added| added.push(node));
        }
        let first = match field_labels::way_to(form, node) == field_labels::control_id(node) {
            true => node,
            false => form.add(node).unwrap_or_else(|| {
                form.apply(Edit::Include(node));
                node
            }),
        };
        focus::soon(field_labels::way_to(form, first));
    }

    fn remove(self, node: NodeId) {
        // First the content, which would draw it again.
        self.form.apply(Edit::Omit(node));
        if let Some(added) = self.added {
            added.update(|added| added.retain(|it| *it != node));
        }
        focus::soon(self.way());
    }

    /// The id of the button that opens the list.
    pub fn way(self) -> String {
        field_labels::settings_id(self.structure)
    }

    /// May it be taken away again?
    pub fn is_removable(self, node: NodeId) -> bool {
        self.is_long() && field_labels::is_extra(self.form, node)
    }

    pub fn has_added(self) -> bool {
        self.added
            .is_some_and(|added| added.with(|added| !added.is_empty()))
    }

    /// Takes all away that were added. The form is drawn anew without them.
    pub fn remove_all(self) {
        let mut added = self.all();
        added.retain(|&node| self.is_removable(node));
        self.form.remove_members(&added);
        // The button goes with its press.
        focus::soon_selected(format!("#{NOTICE_ID}"), self.way());
    }

    /// A member that is drawn, in one element; with the way to remove it where it was added.
    pub fn one(self, node: NodeId, field: Markup) -> Markup {
        let form = self.form;
        let short = match field_labels::is_short(form, node) {
            true => "short",
            false => "",
        };
        if !self.is_removable(node) {
            return el("div").class(short).child(field).into();
        }
        let label = words::remove_setting(&field_labels::title(form, node));
        let remove: Markup = view! {
            <Button
                variant=Variant::Icon
                icon=Glyph::Bin
                label=Signal::stored(label)
                on_click=move |()| self.remove(node)
            />
        }
        .into();
        let setting = el("div").class(&["setting ", short].concat()).child(field);
        // Beside what is written into; of a group at the end of its title.
        let whole = setting.element().clone();
        let control = whole.query_selector(":scope > .field > .field-control");
        match (control, remove.element()) {
            (Ok(Some(control)), Some(remove)) => {
                let _ = control.after_with_node_1(&remove);
                setting.into()
            }
            _ => setting.child(remove).into(),
        }
    }

    /// All that are drawn, and the way to the others.
    pub fn view(self) -> Markup {
        let form = self.form;
        if !self.is_long() {
            return super::list_field::all_fields(form, self.drawn());
        }
        let drawn = Memo::new(move |_| self.drawn());
        let one = move |node| self.one(node, view! { <FieldView form node /> }.into());
        (each(move || drawn.get(), one), add_setting(self, None)).into()
    }
}
