//! What of a draft is secret.

use super::{Content, Draft, Node, NodeId};
use crate::model::{Model, Place};
use crate::secret::{is_secret, json_looks_secret, looks_secret, may_hold_secret};

/// What of a node may be stored.
pub(super) enum Kept<'a> {
    All(&'a Node),
    /// That something was there.
    Trace(Node),
    /// It is a part of what is stored as a trace.
    Nothing,
}

impl Draft {
    /// Is what is written here secret by its model or by its form, or what it is a part of? Of JSON,
    /// so is all of it where any may be.
    pub fn is_secret(&self, model: &Model, id: NodeId) -> bool {
        let mut now = Some(id);
        while let Some(id) = now {
            let place = self.place(model, id);
            if place.is_some_and(|place| self.is_own_secret(model, place, id)) {
                return true;
            }
            now = self.node(id).and_then(|node| node.parent);
        }
        false
    }

    /// Is a secret written anywhere?
    pub fn has_secret(&self, model: &Model) -> bool {
        let around = self.secrets_around(model).into_iter().zip(0..);
        let mut secret = around.filter_map(|(around, at)| around.map(|_| NodeId(at)));
        secret.any(|id| !self.text(id).is_empty())
    }

    fn is_own_secret(&self, model: &Model, place: Place<'_>, id: NodeId) -> bool {
        is_secret(model, place)
            || match self.content(id) {
                Content::Text(text) => looks_secret(text),
                Content::Json(text) => may_hold_secret(model, place) || json_looks_secret(text),
                _ => false,
            }
    }

    /// For each node the outermost one below the root that is secret as a whole, and has it in it.
    fn secrets_around(&self, model: &Model) -> Vec<Option<NodeId>> {
        let mut around = vec![None; self.nodes.len()];
        let mut pending = Vec::new();
        pending.extend(self.place(model, self.root).map(|it| (self.root, it, None)));
        while let Some((id, place, outer)) = pending.pop() {
            let outer = outer.or_else(|| self.is_own_secret(model, place, id).then_some(id));
            if let Some(around) = around.get_mut(id.index()) {
                *around = outer;
            }
            let children = self.with_places(model, place, self.all_children(id));
            let children = children.into_iter();
            pending.extend(children.map(|(child, place)| {
                // Of a root that is secret, every member is.
                let outer = outer.map(|outer| if outer == self.root { child } else { outer });
                (child, place, outer)
            }));
        }
        around
    }

    /// The nodes in the order of their numbers, as they may be stored.
    pub(super) fn kept(&self, model: &Model) -> impl Iterator<Item = Option<Kept<'_>>> {
        let around = self.secrets_around(model).into_iter().zip(0..);
        self.nodes.iter().zip(around).map(|(node, (around, at))| {
            let (node, id) = (node.as_ref()?, NodeId(at));
            Some(match around {
                Some(around) if id != self.root && !self.is_blank(around) => match around == id {
                    true => Kept::Trace(Node {
                        content: match &node.content {
                            Content::NotKept(hash) => Content::NotKept(hash.clone()),
                            _ => Content::NotKept(String::new()),
                        },
                        ..node.clone()
                    }),
                    false => Kept::Nothing,
                },
                _ => Kept::All(node),
            })
        })
    }
}
