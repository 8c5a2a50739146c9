//! All violations of a draft, each at its node.

use super::{Content, Draft, MistakeKind, NodeId};
use crate::model::{Model, Place, ShapeKind};
use crate::validate::{self, Path, PathSegment, Violation};

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

    fn check_node(&self, model: &Model, place: Place<'_>, id: NodeId, found: &mut Vec<Finding>) {
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
            Content::NotKept(_) => report(id, Violation::NotKept),
            Content::Text(text) => self
                .check_text(place, text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
            Content::Json(text) => within_json(model, place, text)
                .into_iter()
                .for_each(|violation| report(id, violation)),
            Content::Structure(members) => {
                let given = members
                    .iter()
                    .filter(|&&it| *self.content(it) != Content::Absent);
                let actual = given.count();
                if actual != 1 && matches!(place.shape.kind, ShapeKind::Union(_)) {
                    report(id, Violation::NotOneMember { actual });
                }
            }
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
        for (child, place) in self.children_with_places(model, place, id) {
            self.check_node(model, place, child, found);
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

/// The violations of what is written as JSON. Of the types that are, a union alone has more to it
/// than that it is JSON.
fn within_json(model: &Model, place: Place<'_>, text: &str) -> Vec<Violation> {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        return vec![Violation::NotJson {
            line: error.line(),
            column: error.column(),
            reason: super::mistake::reason(&error),
        }];
    }
    if !matches!(place.shape.kind, ShapeKind::Union(_)) {
        return Vec::new();
    }
    let (inner, read) = Draft::read(model, place, text);
    let within = |path, violation| Violation::Within {
        path,
        violation: Box::new(violation),
    };
    let named = |name| Path(vec![PathSegment::Member(name)]);
    let (path, violation) = match read {
        Ok(()) => {
            let found = inner.check(model).into_iter();
            let found = found.map(|it| within(inner.path(it.node), it.violation));
            return found.collect();
        }
        Err((_, MistakeKind::UnknownMember { name, .. })) => {
            (named(name), Violation::UnknownMember)
        }
        Err((_, MistakeKind::Twice { name })) => (named(name), Violation::Duplicate),
        Err((_, MistakeKind::WrongType { expected })) => {
            (inner.path(inner.last()), Violation::WrongType { expected })
        }
        // Whether it is JSON is settled.
        Err((_, MistakeKind::Syntax(_))) => return Vec::new(),
    };
    vec![within(path, violation)]
}
