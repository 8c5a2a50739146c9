//! Idempotency tokens: made here, spent on one input, renewed for the next.

use super::Form;
use crate::browser::random;
use formsmith_api::draft::{Edit, NodeId};
use formsmith_api::secret::is_same_but_holes;
use leptos::prelude::*;
use serde_json::Value;

#[derive(Clone, Copy)]
pub(super) struct SpentTokens {
    /// The input that was sent last, whose tokens are spent on it.
    sent: StoredValue<Option<Sent>>,
}

/// An input that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub input: Value,
    /// Without its secrets.
    pub stored: Value,
}

impl SpentTokens {
    pub fn new(sent: Option<Sent>) -> Self {
        Self {
            sent: StoredValue::new(sent),
        }
    }

    pub fn sent(self) -> Option<Sent> {
        self.sent.get_value()
    }

    /// From now on the tokens of this input are spent.
    pub fn spend(self, sent: Option<Sent>) {
        self.sent.set_value(sent);
    }
}

impl Form {
    /// A new token in place of the one at a node.
    pub fn renew_token(self, node: NodeId) {
        self.apply(Edit::SetText(node, random::uuid()));
    }

    /// Tokens that were made here and spent on another input are replaced.
    pub(super) fn renew_spent_tokens(self) {
        let Some(Sent { input: sent, .. }) = self.tokens.sent() else {
            return;
        };
        let model = self.model;
        let tokens = self.draft.with_untracked(|draft| draft.tokens(model));
        if tokens.is_empty() {
            return;
        }
        let now = self
            .draft
            .with_untracked(|draft| draft.to_json(model, draft.root()));
        let name_of = |token| {
            self.draft.with_untracked(|draft| {
                draft
                    .model_member(model, token)
                    .map(|member| member.name.clone())
            })
        };
        let names: Vec<String> = tokens.iter().filter_map(|&token| name_of(token)).collect();
        let without_tokens = |input: &Value| {
            let mut input = input.clone();
            if let Some(input) = input.as_object_mut() {
                input.retain(|name, _| !names.contains(name));
            }
            input
        };
        // Nobody knows whether a secret is another than before: the same token can do nothing twice.
        if is_same_but_holes(&without_tokens(&now), &without_tokens(&sent)) {
            return;
        }
        for (token, name) in tokens.into_iter().zip(&names) {
            let spent = sent[name].as_str().unwrap_or_default().to_owned();
            if is_uuid(&spent) && now[name] == sent[name] {
                let edit = Edit::SetText(token, random::uuid());
                self.draft.apply(model, edit);
                self.discard_json();
            }
        }
        self.tokens.spend(None);
    }

    /// Tokens left empty are filled, as AWS's clients do.
    pub(super) fn fill_tokens(self) {
        let model = self.model;
        let empty: Vec<NodeId> = self.draft.with_untracked(|draft| {
            let tokens = draft.tokens(model).into_iter();
            tokens
                .filter(|&token| draft.text(token).is_empty())
                .collect()
        });
        for token in empty {
            self.renew_token(token);
        }
    }
}

/// The form of the identifiers made here: 8-4-4-4-12 hexadecimal digits.
pub(super) fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups
            .iter()
            .all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}
