//! Takes service actions away from versions, entry by entry and in order.

use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::language;
use super::store::{Association, Removal, Store, not_associated};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An entry's error code and message.
struct Failure(&'static str, String);

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let mut seen = BTreeSet::new();
    let mut failed: Vec<Value> = Vec::new();
    for entry in input.structures("ServiceActionAssociations") {
        let association = Association::of(entry);
        let result = if seen.insert(association.clone()) {
            remove(store, entry, &association)
        } else {
            let message = "The association is listed more than once in the request.";
            Err(Failure("DUPLICATE_RESOURCE", message.into()))
        };
        if let Err(Failure(code, message)) = result {
            failed.push(json!({
                "ServiceActionId": association.service_action,
                "ProductId": association.product,
                "ProvisioningArtifactId": association.version,
                "ErrorCode": code,
                "ErrorMessage": message,
            }));
        }
    }
    let output = json!({ "FailedServiceActionAssociations": failed });
    Ok(Answer::output(output))
}

fn remove(store: &mut Store, entry: Input<'_>, association: &Association) -> Result<(), Failure> {
    let Association {
        service_action,
        product,
        version,
    } = association;
    id::check(entry, &[SERVICE_ACTION, PRODUCT, PROVISIONING_ARTIFACT])
        .map_err(|message| Failure("INVALID_PARAMETER", message))?;
    let not_found = |message| Failure("RESOURCE_NOT_FOUND", message);
    let action = store.service_action(service_action).map_err(not_found)?;
    let offered = &store
        .version(product, version)
        .map_err(not_found)?
        .service_actions;
    if !offered.contains(service_action) {
        return Err(not_found(not_associated(service_action, version)));
    }
    let mut is_first = || store.attempts.is_first(&[service_action, product, version]);
    match action.removal {
        Removal::FirstIsThrottled if is_first() => {
            return Err(Failure("THROTTLING", "Rate exceeded.".into()));
        }
        Removal::FirstFailsInternally if is_first() => {
            let message = "An internal error occurred.".into();
            return Err(Failure("INTERNAL_FAILURE", message));
        }
        Removal::IsLimited => {
            let message =
                format!("Too many changes to ServiceAction {service_action} are in progress.");
            return Err(Failure("LIMIT_EXCEEDED", message));
        }
        _ => {}
    }
    let version = store.version(product, version).map_err(not_found)?;
    version.service_actions.remove(service_action);
    Ok(())
}
