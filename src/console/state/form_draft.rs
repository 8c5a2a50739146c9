//! The draft of a form, and who is woken by its changes: a key wakes the field that it goes to, and
//! what follows the draft as a whole, but not all other fields.

use formsmith_api::draft::{Draft, Edit, Finding, NodeId};
use formsmith_api::model::Model;
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy)]
pub(super) struct FormDraft {
    /// Followed by what needs all of it.
    whole: RwSignal<Draft>,
    /// Notified when nodes come or go.
    structure: RwSignal<()>,
    changes: StoredValue<Changes>,
}

struct Changes {
    /// Notified when the text of a node changes; made for those that somebody follows.
    texts: HashMap<NodeId, ArcRwSignal<()>>,
    /// What has changed since it was checked last.
    unchecked: Unchecked,
}

enum Unchecked {
    Nothing,
    Text(NodeId),
    All,
}

impl FormDraft {
    pub fn new(draft: Draft) -> Self {
        Self {
            whole: RwSignal::new(draft),
            structure: RwSignal::new(()),
            changes: StoredValue::new(Changes {
                texts: HashMap::new(),
                unchecked: Unchecked::All,
            }),
        }
    }

    /// All that is wrong with the draft, from what was wrong when it was checked last. Follows all
    /// its changes.
    pub fn check(self, model: &Model, before: Option<&Vec<Finding>>) -> Vec<Finding> {
        let mut unchecked = Unchecked::Nothing;
        self.changes
            .update_value(|changes| std::mem::swap(&mut changes.unchecked, &mut unchecked));
        self.with(|draft| match (before, unchecked) {
            (Some(before), Unchecked::Nothing) => before.clone(),
            (Some(before), Unchecked::Text(node)) => draft.recheck(model, node, before),
            _ => draft.check(model),
        })
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
        let changed = self.changes.try_update_value(|changes| {
            let texts = &mut changes.texts;
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
        self.changes.update_value(|changes| {
            changes.texts.clear();
            changes.unchecked = Unchecked::All;
        });
        self.whole.set(draft);
        self.structure.notify();
    }

    /// Returns the node that was added, if one was.
    pub fn apply(self, model: &Model, edit: Edit) -> Option<NodeId> {
        let node = match &edit {
            Edit::SetText(node, _) => Some(*node),
            _ => None,
        };
        self.changes.update_value(|Changes { unchecked, .. }| {
            *unchecked = match (node, &unchecked) {
                (Some(node), Unchecked::Nothing) => Unchecked::Text(node),
                (Some(node), Unchecked::Text(other)) if *other == node => Unchecked::Text(node),
                _ => Unchecked::All,
            }
        });
        let added = self.whole.try_update(|draft| draft.apply(model, edit));
        match node {
            None => self.structure.notify(),
            Some(node) => {
                let of_node = |changes: &Changes| changes.texts.get(&node).cloned();
                let changed = self.changes.with_value(of_node);
                changed.iter().for_each(Notify::notify);
            }
        }
        added.flatten()
    }
}
