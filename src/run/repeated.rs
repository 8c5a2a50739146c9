//! What a service repeats of the secrets that it was told.

use crate::{OperationRef, Run, Said};
use formsmith_api::model::Shape;
use formsmith_api::protocol::ServiceError;
use formsmith_api::secret::{MASK, is_secret, looks_secret, secret_texts};
use serde_json::{Map, Value};
use std::cmp::Reverse;

/// A shorter secret is not looked for in what a service says: it would be found where it isn't.
const SHORTEST: usize = 6;

/// The secrets of an input that are looked for in answers.
pub fn secrets_of(op: OperationRef, input: &Value) -> Vec<String> {
    let mut texts = secret_texts(op.model, op.model.input(op.operation), input);
    texts.retain(|text| text.len() >= SHORTEST);
    // The longest first: of one that begins with another, nothing may be left.
    texts.sort_by_key(|text| Reverse(text.len()));
    texts.dedup();
    texts
}

impl Run {
    /// What an error says, as it may be shown unasked.
    #[must_use]
    pub fn masked_message(&self, error: &ServiceError, message: &str) -> String {
        let name = error.name.as_deref().unwrap_or_default();
        self.redacted_message(self.op.error_shape(name), message)
    }

    /// What an answer says of a single entry, as it may be shown and exported.
    #[must_use]
    pub fn masked_text(&self, text: &str) -> String {
        self.redacted_message(None, text)
    }

    /// Members of an answer with masks in the place of the input's secrets that they repeat.
    #[must_use]
    pub fn masked_members(&self, members: &Map<String, Value>) -> Map<String, Value> {
        let members = members.iter();
        let members =
            members.map(|(name, it)| (name.clone(), self.without_told(it.clone(), MASK.into())));
        members.collect()
    }

    /// A service may repeat what it was told: `put` takes the place of a text that does.
    pub(crate) fn without_told(&self, mut value: Value, put: Value) -> Value {
        self.remove_told(&mut value, &put);
        value
    }

    fn remove_told(&self, value: &mut Value, put: &Value) {
        match value {
            Value::String(text) if self.tells(text) => *value = put.clone(),
            Value::Array(items) => items.iter_mut().for_each(|it| self.remove_told(it, put)),
            Value::Object(members) => {
                if members.keys().any(|name| self.tells(name)) {
                    let all = std::mem::take(members).into_iter();
                    let unnamed = |name: String| match self.tells(&name) {
                        true => MASK.to_owned(),
                        false => name,
                    };
                    members.extend(all.map(|(name, it)| (unnamed(name), it)));
                }
                let members = members.values_mut();
                members.for_each(|it| self.remove_told(it, put));
            }
            _ => {}
        }
    }

    pub(crate) fn redacted_message(&self, shape: Option<&'static Shape>, message: &str) -> String {
        let model = self.op.model;
        let is_marked = |shape: &'static Shape| {
            let mut members = shape.members().iter();
            let is_message = |name: &str| name.eq_ignore_ascii_case("message");
            shape.traits.sensitive
                || members.any(|member| {
                    let place = model.place(member);
                    is_message(&member.name) && place.is_some_and(|it| is_secret(model, it))
                })
        };
        if shape.is_some_and(is_marked) || looks_secret(message) {
            return MASK.to_owned();
        }
        let secrets = self.secrets.iter();
        secrets.fold(message.to_owned(), |text, secret| {
            text.replace(secret, MASK)
        })
    }

    /// What a verdict says, as it is stored.
    pub(crate) fn said_without_secrets(&self, said: Said) -> Said {
        match said {
            Said::Refused {
                name,
                message,
                status,
                is_unknown,
            } => {
                let shape = self.op.error_shape(&name);
                Said::Refused {
                    message: self.redacted_message(shape, &message),
                    name,
                    status,
                    is_unknown,
                }
            }
            said => said,
        }
    }

    /// Does a text have a secret of the input in it?
    pub(crate) fn tells(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| text.contains(secret))
    }
}
