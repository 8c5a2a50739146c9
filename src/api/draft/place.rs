//! From a place in the input to its node, and back.

use super::{Content, Draft, NodeId, Role};
use crate::validate::{Path, PathSegment};

impl Draft {
    /// The node at a path; where there is none, the last one on the way to it.
    pub fn node_at(&self, path: &Path) -> NodeId {
        let mut node = self.root();
        for segment in &path.0 {
            let next = match segment {
                PathSegment::Member(name) => self.member(node, name),
                PathSegment::Item(at) => match self.content(node) {
                    Content::List(items) => items.get(*at).copied(),
                    _ => None,
                },
                PathSegment::Entry(key) => self.entry(node, key).map(|entry| entry.value),
                PathSegment::Key(key) => self.entry(node, key).map(|entry| entry.key),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// The place of a node.
    pub(super) fn path(&self, mut id: NodeId) -> Path {
        let mut segments = Vec::new();
        while let Some(node) = self.node(id)
            && let Some(parent) = node.parent
        {
            let children = self.children(parent);
            let at = children.iter().position(|&child| child == id);
            let at = at.unwrap_or_default();
            // Of a map's children every other one is a key.
            let key = || self.text(children[at & !1]).to_owned();
            segments.push(match &node.role {
                Role::Member(name) => PathSegment::Member(name.clone()),
                Role::Key => PathSegment::Key(key()),
                Role::Value => PathSegment::Entry(key()),
                Role::Root | Role::Item => PathSegment::Item(at),
            });
            id = parent;
        }
        segments.reverse();
        Path(segments)
    }

    fn entry(&self, map: NodeId, key: &str) -> Option<super::MapEntry> {
        let mut entries = self.entries(map).into_iter();
        entries.find(|entry| self.text(entry.key) == key)
    }
}
