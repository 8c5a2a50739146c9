//! What IAM has to allow for a request, as the file of its service says.

use super::{Console, all_services};
use crate::lazy::{NotLoaded, lazy};
use formsmith_api::endpoint::partition_of;
use formsmith_api::model::is_own;
use formsmith_api::permission::{self, Needed};
use formsmith_run::{OperationRef, Place};
use serde_json::Value;
use std::pin::Pin;

/// The service's `permissions.json`; none where there is none, as for a person's own services.
pub async fn permissions(console: Console, op: OperationRef) -> Option<Value> {
    if is_own(&op.service.name) {
        return None;
    }
    match load(console, op).await {
        Ok(loading) => loading.await,
        Err(NotLoaded) => None,
    }
}

type Loading = Pin<Box<dyn Future<Output = Option<Value>>>>;

lazy! {
    in all_services: fn load(console: Console, op: OperationRef) -> Loading = Box::pin(async move {
        all_services::other_file(console, &op.service.name, "permissions").await
    });
}

/// What that says of a request, or else what the operation's name does.
pub fn needed(document: Option<&Value>, op: OperationRef, input: &Value, place: &Place) -> Needed {
    let place = permission::Place {
        partition: partition_of(&place.region),
        region: &place.region,
        account: place.account.as_deref(),
    };
    let read = |document| Needed::read(document, op.operation.name(), input, place);
    let read = document.and_then(read);
    read.unwrap_or_else(|| Needed::guessed(op.service, op.operation))
}
