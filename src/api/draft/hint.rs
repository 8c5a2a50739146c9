//! What a text probably is, when it isn't what belongs where it was written.

use super::{Draft, NodeId};
use crate::model::{Model, Place};
use crate::validate;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The identifier begins like those of another member.
    OtherKind {
        prefix: String,
        /// The title of the member such identifiers belong to.
        belongs_to: String,
        /// What identifiers begin with here.
        expected: String,
    },
    /// An ARN, URL or other longer text holds an identifier that fits.
    Inside { identifier: String },
    /// A value that the model lists is spelled with other capitals.
    Spelled { known: String },
}

impl Draft {
    /// The hint for a node's text, if there is one.
    pub fn hint(&self, model: &Model, id: NodeId) -> Option<Hint> {
        let place = self.place(model, id)?;
        let text = self.text(id);
        let prefix = place.find(|traits| traits.id_prefix.as_deref());
        let fits = |candidate: &str| {
            validate::text(place, candidate).is_empty()
                && prefix.is_none_or(|prefix| {
                    candidate
                        .strip_prefix(prefix)
                        .is_some_and(|id| !id.is_empty())
                })
        };
        let mut known = place.known_values().iter().map(|(value, _)| value);
        if !text.is_empty() && !known.clone().any(|value| value == text) {
            let spelled = known.find(|value| value.eq_ignore_ascii_case(text));
            if let Some(known) = spelled.cloned() {
                return Some(Hint::Spelled { known });
            }
        }
        if text.is_empty() || self.has_placeholder(id) || fits(text) {
            return None;
        }
        let mut parts = text.split(|c: char| c.is_whitespace() || "/:?&=#,;\"'".contains(c));
        let inside = parts.rfind(|part| part.len() < text.len() && !part.is_empty() && fits(part));
        if let Some(identifier) = inside.filter(|_| has_constraint(place)) {
            return Some(Hint::Inside {
                identifier: identifier.into(),
            });
        }
        let expected = prefix?;
        let (prefix, belongs_to) = other_kind(model, text, expected)?;
        Some(Hint::OtherKind {
            prefix,
            belongs_to,
            expected: expected.into(),
        })
    }
}

/// Looks for a member whose identifiers begin as the text does.
fn other_kind(model: &Model, text: &str, own: &str) -> Option<(String, String)> {
    model.members().find_map(|member| {
        let prefix = member.traits.id_prefix.as_deref()?;
        let title = model.place(member)?.title(&member.name);
        (prefix != own && text.starts_with(prefix)).then(|| (prefix.to_owned(), title))
    })
}

/// Where anything goes, a part of the text is no better than the text.
fn has_constraint(place: Place<'_>) -> bool {
    place.has(|traits| traits.pattern.is_some() || traits.id_prefix.is_some())
}
