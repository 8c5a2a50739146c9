//! All violations of a draft, each at its node.

use super::{Content, Draft, MapEntry, NodeId, Role};
use crate::model::{Model, Place, ShapeKind};
use crate::validate::{self, Violation};

#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub node: NodeId,
    pub violation: Violation,
}

impl Draft {
    /// Checks everything, in the order of the form.
    pub fn check(&self, model: &Model) -> Vec<Finding> {
        let mut found = Vec::new();
        if let Some(place) = self.place(model, self.root) {
            self.check_node(model, place, self.root, &mut found);
        }
        found
    }

    /// What [`check`](Self::check) gives, from what it gave before the text of one node was set;
    /// at the cost of that node, unless another node's violations depend on it.
    pub fn recheck(&self, model: &Model, changed: NodeId, before: &[Finding]) -> Vec<Finding> {
        let is_duplicate = |finding: &Finding| finding.violation == Violation::Duplicate;
        if self.is_compared(model, changed) || before.iter().any(is_duplicate) {
            return self.check(model);
        }
        let is_other = |finding: &&Finding| finding.node != changed;
        let mut found: Vec<Finding> = before.iter().filter(is_other).cloned().collect();
        // Nothing is wrong with what is not sent.
        let (Some(place), Some(path)) = (self.place(model, changed), self.path(changed)) else {
            return found;
        };
        let is_before = |finding: &Finding| self.path(finding.node).is_some_and(|it| it < path);
        let after = found.split_off(found.partition_point(is_before));
        self.check_one(model, place, changed, &mut found);
        found.extend(after);
        found
    }

    /// Is what stands at a node compared with what stands at others?
    fn is_compared(&self, model: &Model, id: NodeId) -> bool {
        let mut at = Some(id);
        while let Some((id, node)) = at.and_then(|id| Some((id, self.node(id)?))) {
            let place = self.place(model, id);
            let is_unique = place.is_some_and(|place| place.has(|traits| traits.unique_items));
            if is_unique || node.role == Role::Key {
                return true;
            }
            at = node.parent;
        }
        false
    }

    /// Where a node stands: its place among its parent's children and that of each node it is in,
    /// from the outside in. Paths are ordered as the form is. `None` in a member of a union that is
    /// not given.
    fn path(&self, id: NodeId) -> Option<Vec<usize>> {
        let mut path = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at)?.parent {
            path.push(self.children(parent).iter().position(|&it| it == at)?);
            at = parent;
        }
        path.reverse();
        Some(path)
    }

    fn check_node(&self, model: &Model, place: Place<'_>, id: NodeId, found: &mut Vec<Finding>) {
        self.check_one(model, place, id, found);
        for (child, place) in self.with_places(model, place, self.children(id)) {
            self.check_node(model, place, child, found);
        }
    }

    fn check_one(&self, model: &Model, place: Place<'_>, id: NodeId, found: &mut Vec<Finding>) {
        let mut report = |node: NodeId, violation: Violation| {
            found.push(Finding { node, violation });
        };
        match self.content(id) {
            Content::Text(_) | Content::Json(_) if self.has_placeholder(id) => {
                report(id, Violation::Placeholder);
            }
            Content::Absent => {
                // Clients fill idempotency tokens themselves.
                let is_filled = place.has(|traits| traits.idempotency_token);
                if let Some(violation) = validate::missing(place, false).filter(|_| !is_filled) {
                    report(id, violation);
                }
            }
            Content::NotKept(_) => report(id, Violation::NotKept),
            Content::Text(text) => self
                .check_text(place, text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
            Content::Json(text) => not_json(text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
            Content::Union(union) if union.given.len() != 1 => {
                let actual = union.given.len();
                report(id, Violation::NotOneMember { actual });
            }
            Content::Structure(_) | Content::Union(_) => {}
            Content::List(items) => {
                validate::size(place, items.len())
                    .into_iter()
                    .for_each(|violation| report(id, violation));
                if place.has(|traits| traits.unique_items) {
                    let mut texts = items.iter().map(|&item| self.to_text(model, item));
                    for at in validate::repeated(&mut texts) {
                        report(items[at], Violation::Duplicate);
                    }
                }
            }
            Content::Map(entries) => {
                validate::size(place, entries.len())
                    .into_iter()
                    .for_each(|violation| report(id, violation));
                for at in self.repeated_keys(entries) {
                    let key = entries[at].key;
                    if !self.text(key).is_empty() {
                        report(key, Violation::Duplicate);
                    }
                }
            }
        }
    }

    /// Which entries, from 0, have a key that stands earlier too.
    pub(super) fn repeated_keys(&self, entries: &[MapEntry]) -> Vec<usize> {
        let key = |entry: &MapEntry| self.text(entry.key).to_owned();
        validate::repeated(&mut entries.iter().map(key))
    }

    /// An empty text that breaks a constraint is a text that is missing.
    pub(super) fn check_text(&self, place: Place<'_>, text: &str) -> Vec<Violation> {
        let violations = validate::text(place, text);
        if text.is_empty() && !violations.is_empty() {
            return vec![Violation::Required];
        }
        violations
    }

    /// What can't be checked at a node: the source of a pattern that is not supported, or not for
    /// this text, or the type of a value that is not known.
    pub fn unchecked(&self, model: &Model, id: NodeId) -> Option<String> {
        let place = self.place(model, id)?;
        if let ShapeKind::Other(kind) = &place.shape.kind {
            return Some(kind.clone());
        }
        if validate::is_checked(place, self.text(id)) {
            return None;
        }
        place
            .find(|traits| traits.pattern.as_ref())
            .map(|pattern| pattern.source().to_owned())
    }
}

fn not_json(text: &str) -> Option<Violation> {
    let error = serde_json::from_str::<serde_json::Value>(text).err()?;
    Some(Violation::NotJson {
        line: error.line(),
        column: error.column(),
        reason: super::mistake::reason(&error),
    })
}
