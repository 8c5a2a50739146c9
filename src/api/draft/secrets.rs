//! What of a draft is secret.

use super::{Content, Draft, Node, NodeId};
use crate::model::Model;
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
        self.secret_around(model, id).is_some()
    }

    /// Is a secret written anywhere?
    pub fn has_secret(&self, model: &Model) -> bool {
        let nodes = (0..self.nodes.len()).filter_map(|at| u32::try_from(at).ok().map(NodeId));
        let mut nodes = nodes.filter(|id| !self.text(*id).is_empty());
        nodes.any(|id| self.is_secret(model, id))
    }

    /// The outermost node below the root that is secret as a whole, and has this one in it.
    fn secret_around(&self, model: &Model, id: NodeId) -> Option<NodeId> {
        let (mut found, mut inner, mut now) = (None, id, id);
        loop {
            let (is_json, looks_secret) = match self.content(now) {
                Content::Text(text) => (false, looks_secret(text)),
                Content::Json(text) => (true, json_looks_secret(text)),
                _ => (false, false),
            };
            let is_marked = self.place(model, now).is_some_and(|place| {
                is_secret(model, place) || is_json && may_hold_secret(model, place)
            });
            let is_own = is_marked || looks_secret;
            let Some(parent) = self.node(now)?.parent else {
                // Of a root that is secret, every member is.
                return if is_own { Some(inner) } else { found };
            };
            if is_own {
                found = Some(now);
            }
            (inner, now) = (now, parent);
        }
    }

    /// A node as it may be stored.
    pub(super) fn kept<'a>(&'a self, model: &Model, id: NodeId, node: &'a Node) -> Kept<'a> {
        match self.secret_around(model, id) {
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
        }
    }
}
