//! The draft of a form, and who is woken by its changes: a key wakes the field that it goes to, and
//! what follows the draft as a whole, but not all other fields.

use formsmith_api::draft::{Draft, Edit, NodeId};
use formsmith_api::model::Model;
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy)]
pub(super) struct FormDraft {
    /// Followed by what needs all of it.
    whole: RwSignal<Draft>,
    /// Notified when nodes come or go.
    structure: RwSignal<()>,
    /// Notified when the text of a node changes; made for those that somebody follows.
    texts: StoredValue<HashMap<NodeId, ArcRwSignal<()>>>,
}

impl FormDraft {
    pub fn new(draft: Draft) -> Self {
        Self {
            whole: RwSignal::new(draft),
            structure: RwSignal::new(()),
            texts: StoredValue::new(HashMap::new()),
        }
    }

    /// Reads the draft and follows all its changes.
    pub fn with<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.whole.with(read)
    }

    /// Reads the draft and follows the coming and going of its nodes.
    pub fn with_structure<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.structure.track();
        self.whole.with_untracked(read)
    }

    /// Reads the draft and follows the text of one node.
    pub fn with_node<T>(self, node: NodeId, read: impl FnOnce(&Draft) -> T) -> T {
        let changed = self.texts.try_update_value(|texts| {
            let changed = texts.entry(node).or_insert_with(|| ArcRwSignal::new(()));
            changed.clone()
        });
        if let Some(changed) = changed {
            changed.track();
        }
        self.with_structure(read)
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.whole.with_untracked(read)
    }

    pub fn get(self) -> Draft {
        self.whole.get()
    }

    pub fn get_untracked(self) -> Draft {
        self.whole.get_untracked()
    }

    pub fn track(self) {
        self.whole.track();
    }

    /// Another draft takes the place of the whole.
    pub fn set(self, draft: Draft) {
        self.texts.update_value(HashMap::clear);
        self.whole.set(draft);
        self.structure.notify();
    }

    /// Returns the node that was added, if one was.
    pub fn apply(self, model: &Model, edit: Edit) -> Option<NodeId> {
        let node = match &edit {
            Edit::SetText(node, _) => Some(*node),
            _ => None,
        };
        let added = self.whole.try_update(|draft| draft.apply(model, edit));
        match node {
            None => self.structure.notify(),
            Some(node) => {
                let changed = self.texts.with_value(|texts| texts.get(&node).cloned());
                changed.iter().for_each(Notify::notify);
            }
        }
        added.flatten()
    }
}
