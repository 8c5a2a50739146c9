//! From a place in the input to its node.

use super::{Content, Draft, NodeId};
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

    fn entry(&self, map: NodeId, key: &str) -> Option<super::MapEntry> {
        let mut entries = self.entries(map).into_iter();
        entries.find(|entry| self.text(entry.key) == key)
    }
}
