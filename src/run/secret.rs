//! What is stored of values that the model marks as sensitive: that they were there.

use crate::{Fact, OperationRef, is_not_stored, not_stored};
use formsmith_api::class::Class;
use formsmith_api::file::hexadecimal;
use formsmith_api::http::HttpResponse;
use formsmith_api::json;
use formsmith_api::model::Place;
use formsmith_api::outcome::Outcome;
use formsmith_api::secret;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Stands where such a value stood in a request that is shown, and in the call as other tools
/// write it.
pub const PLACEHOLDER: &str = "NOT_STORED";

impl OperationRef {
    pub(crate) fn input_without_secrets(self, input: &Value, salt: &str) -> Value {
        let hashed = |_: Place<'_>, value: &Value| {
            let text = format!("{salt}{}", json::compact(value));
            let hash = hexadecimal(&Sha256::digest(text));
            Some(marked(value, &hash))
        };
        secret::input(self.model, self.operation, input, &hashed)
    }

    /// The input with texts where values are not stored, for a request that is only shown.
    pub(crate) fn with_placeholders(self, input: &Value) -> Value {
        let fill = |place: Place<'_>, value: &Value| match is_not_stored(value) {
            true => secret::stand_in(place, PLACEHOLDER),
            false => Some(value.clone()),
        };
        secret::input(self.model, self.operation, input, &fill)
    }

    pub(crate) fn output_without_secrets(self, output: &Map<String, Value>) -> Map<String, Value> {
        let mark = |_: Place<'_>, value: &Value| Some(marked(value, ""));
        secret::output(self.model, self.operation, output, &mark)
    }

    /// The response, and whether that is the whole of it. Of an operation that answers with
    /// secrets or credentials nothing of what it answers is stored.
    pub(crate) fn response_without_secrets(
        self,
        response: &HttpResponse,
        outcome: &Outcome,
    ) -> (HttpResponse, bool) {
        let mark = |_: Place<'_>, value: &Value| Some(marked(value, ""));
        let answer = (response, outcome);
        let (mut safe, is_whole) =
            secret::response(self.model, self.service, self.operation, answer, &mark);
        let is_secret = matches!(self.operation.class, Class::Secret | Class::Credentials);
        if is_secret && !matches!(outcome, Outcome::Empty | Outcome::Error(_)) {
            safe.body.clear();
            safe.file = None;
            return (safe, false);
        }
        (safe, is_whole)
    }
}

impl Fact {
    pub(crate) fn without_secrets(mut self, op: OperationRef, salt: &str) -> Self {
        if let Self::Begun { input, .. } = &mut self {
            *input = op.input_without_secrets(input, salt);
        }
        self
    }
}

/// What is marked already stays as it is.
fn marked(value: &Value, hash: &str) -> Value {
    match is_not_stored(value) {
        true => value.clone(),
        false => not_stored(hash),
    }
}
