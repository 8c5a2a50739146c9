//! Takes service actions away from versions, entry by entry and in order.

use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::language;
use super::store::{Association, Removal, Store, not_associated};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;
use serde_json::Value;

/// An entry's error code and message.
struct Failure(&'static str, String);

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let mut seen: Vec<Association> = Vec::new();
    let mut failed: Vec<Value> = Vec::new();
    for entry in input.structures("ServiceActionAssociations") {
        let association = Association::of(entry);
        let result = if seen.contains(&association) {
            let message = "The association is listed more than once in the request.";
            Err(Failure("DUPLICATE_RESOURCE", message.into()))
        } else {
            remove(store, entry, &association)
        };
        if let Err(Failure(code, message)) = result {
            failed.push(object(vec![
                (
                    "ServiceActionId",
                    association.service_action.as_str().into(),
                ),
                ("ProductId", association.product.as_str().into()),
                (
                    "ProvisioningArtifactId",
                    association.version.as_str().into(),
                ),
                ("ErrorCode", code.into()),
                ("ErrorMessage", message.into()),
            ]));
        }
        seen.push(association);
    }
    Ok(Answer::output(vec![(
        "FailedServiceActionAssociations",
        failed.into(),
    )]))
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
    let offering = store.version(product, version).map_err(not_found)?;
    if !offering.offers(service_action) {
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
    version.service_actions.retain(|id| id != service_action);
    Ok(())
}
