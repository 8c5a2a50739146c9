//! A question to an operation that only reads, beside what the person sends.

use super::{Form, Target};
use crate::text;
use formsmith_api::model::Operation;
use formsmith_api::outcome::{Outcome, outcome};
use formsmith_api::protocol;
use leptos::prelude::*;
use serde_json::{Map, Value};

impl Form {
    /// The output, or why there is none. Another target than the one that is chosen is not asked:
    /// it would answer for other things.
    pub(super) async fn look(
        self,
        target: Target,
        region: &str,
        operation: &Operation,
        input: &Value,
    ) -> Result<Map<String, Value>, String> {
        if untrack(move || self.console.target()) != target {
            return Err(text::other_target(target));
        }
        let (model, service) = (self.model, self.service);
        let request = protocol::request(model, service, operation, input);
        let request = request.map_err(|error| error.to_string())?;
        self.console.session.opened().await;
        let transport = untrack(move || self.console.transport());
        let answer = transport
            .send(&service.endpoint_prefix, region, &request, None)
            .await;
        let response = answer.map_err(|failure| text::failure_title(&failure))?;
        match outcome(model, service, operation, input, &response) {
            Outcome::Empty => Ok(Map::new()),
            Outcome::Output(output) => Ok(output),
            Outcome::Error(error) => Err(text::refused(&error)),
            Outcome::Batch(_) | Outcome::NotUnderstood(_) => Err(text::NOT_UNDERSTOOD.into()),
        }
    }
}
