//! All violations of a draft, each at its node.

use super::{Content, Draft, NodeId};
use crate::model::{Model, Place, ShapeKind};
use crate::validate::{self, Located, Violation};

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
            Content::Json(text) => within_json(model, place, text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
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
                let keys: Vec<_> = entries.iter().map(|entry| self.text(entry.key)).collect();
                for at in validate::repeated_texts(&keys) {
                    if !keys[at].is_empty() {
                        report(entries[at].key, Violation::Duplicate);
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

fn within_json(model: &Model, place: Place<'_>, text: &str) -> Vec<Violation> {
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            return vec![Violation::NotJson {
                line: error.line(),
                column: error.column(),
                reason: super::mistake::reason(&error),
            }];
        }
    };
    let found = validate::input(model, place, &value).into_iter();
    let within = found.map(|Located { path, violation }| match path.0.is_empty() {
        true => violation,
        false => Violation::Within {
            path,
            violation: Box::new(violation),
        },
    });
    within.collect()
}
