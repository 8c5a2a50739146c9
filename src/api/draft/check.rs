//! All violations of a draft, each at its node.

use super::{Content, Draft, NodeId};
use crate::model::{Model, Place};
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
        self.check_node(model, self.root, &mut found);
        found
    }

    fn check_node(&self, model: &Model, id: NodeId, found: &mut Vec<Finding>) {
        let Some(place) = self.place(model, id) else {
            return;
        };
        let mut report = |node: NodeId, violation: Violation| {
            found.push(Finding { node, violation });
        };
        match self.content(id) {
            Content::Absent => {
                // Clients fill idempotency tokens themselves.
                let is_filled = place.has(|traits| traits.idempotency_token);
                if let Some(violation) = validate::missing(place, false).filter(|_| !is_filled) {
                    report(id, violation);
                }
            }
            Content::Text(text) => self
                .check_text(place, text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
            Content::Json(text) => {
                if let Some(violation) = not_json(text) {
                    report(id, violation);
                }
            }
            Content::Structure(_) => {}
            Content::List(items) => {
                validate::size(place, items.len())
                    .into_iter()
                    .for_each(|violation| report(id, violation));
                if place.has(|traits| traits.unique_items) {
                    let item = |&item: &NodeId| self.to_json(model, item);
                    let values: Vec<_> = items.iter().map(item).collect();
                    for at in validate::repeated(place, &values) {
                        report(items[at], Violation::Duplicate);
                    }
                }
            }
            Content::Map(entries) => {
                validate::size(place, entries.len())
                    .into_iter()
                    .for_each(|violation| report(id, violation));
                for (at, entry) in entries.iter().enumerate() {
                    let key = self.text(entry.key);
                    let is_earlier = |other: &super::MapEntry| self.text(other.key) == key;
                    if !key.is_empty() && entries[..at].iter().any(is_earlier) {
                        report(entry.key, Violation::Duplicate);
                    }
                }
            }
        }
        for child in self.children(id) {
            self.check_node(model, child, found);
        }
    }

    /// An empty text that breaks a constraint is a text that is missing.
    fn check_text(&self, place: Place<'_>, text: &str) -> Vec<Violation> {
        let violations = validate::text(place, text);
        if text.is_empty() && !violations.is_empty() {
            return vec![Violation::Required];
        }
        violations
    }

    /// What can't be checked at a node: the source of a pattern that is not supported, or the
    /// type of a value that is written as JSON.
    pub fn unchecked(&self, model: &Model, id: NodeId) -> Option<String> {
        let place = self.place(model, id)?;
        if let Some(kind) = place.shape.kind.json_type() {
            return Some(kind.to_owned());
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
