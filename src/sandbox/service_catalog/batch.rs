//! What the two batches share: they judge associations entry by entry and in order, and
//! what an entry changed holds for those after it.

use super::associations::Association;
use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::language;
use super::store::{Change, Store};
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;
use std::collections::BTreeSet;

/// An entry's error code and message.
pub struct Failure(pub &'static str, pub String);

pub fn not_found(message: String) -> Failure {
    Failure("RESOURCE_NOT_FOUND", message)
}

/// Answers a batch that does `change` to each of its associations.
pub fn answer(
    store: &mut Store,
    input: Input<'_>,
    change: fn(&mut Store, &Association) -> Result<(), Failure>,
) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let mut seen = BTreeSet::new();
    let mut failed = Vec::new();
    for entry in input.structures("ServiceActionAssociations") {
        let association = Association::of(entry);
        let result = if seen.contains(&association) {
            let message = "The association is listed more than once in the request.";
            Err(Failure("DUPLICATE_RESOURCE", message.into()))
        } else {
            id::check(entry, &[SERVICE_ACTION, PRODUCT, PROVISIONING_ARTIFACT])
                .map_err(|message| Failure("INVALID_PARAMETER", message))
                .and_then(|()| change(store, &association))
        };
        if let Err(Failure(code, message)) = result {
            failed.push(object(vec![
                ("ServiceActionId", entry.text("ServiceActionId").into()),
                ("ProductId", entry.text("ProductId").into()),
                (
                    "ProvisioningArtifactId",
                    entry.text("ProvisioningArtifactId").into(),
                ),
                ("ErrorCode", code.into()),
                ("ErrorMessage", message.into()),
            ]));
        }
        seen.insert(association);
    }
    Ok(Answer::output(vec![(
        "FailedServiceActionAssociations",
        failed.into(),
    )]))
}

/// Whether the seeded world lets an attempt at a change (`what`) through.
pub fn check_change(
    store: &mut Store,
    what: &str,
    association: &Association,
    change: Change,
) -> Result<(), Failure> {
    let [service_action, product, version] = association.key();
    let key = [what, service_action, product, version];
    match change {
        Change::FirstIsThrottled if store.attempts.is_first(&key) => {
            Err(Failure("THROTTLING", "Rate exceeded.".into()))
        }
        Change::FirstFailsInternally if store.attempts.is_first(&key) => {
            let message = "An internal error occurred.";
            Err(Failure("INTERNAL_FAILURE", message.into()))
        }
        Change::IsLimited => Err(Failure(
            "LIMIT_EXCEEDED",
            format!("Too many changes to ServiceAction {service_action} are in progress."),
        )),
        _ => Ok(()),
    }
}
