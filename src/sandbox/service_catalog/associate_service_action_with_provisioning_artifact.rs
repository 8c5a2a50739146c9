//! Offers a service action in a version.

use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::store::{Association, Store};
use super::{invalid_parameters, language, not_found};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

/// Service actions a version can offer.
const LIMIT: usize = 25;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let association = Association::of(input);
    let token = input.optional_text("IdempotencyToken");
    let mut associated = store.associated.iter();
    match associated.find(|(used, _)| Some(used.as_str()) == token) {
        Some((_, earlier)) if *earlier == association => return Ok(Answer::NoBody),
        Some(_) => {
            let token = token.unwrap_or_default();
            return Err(invalid_parameters(format!(
                "IdempotencyToken {token} was used with different parameters."
            )));
        }
        None => {}
    }
    id::check(input, &[PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION])
        .map_err(invalid_parameters)?;
    associate(store, &association)?;
    if let Some(token) = token {
        store.associated.push((token.into(), association));
    }
    Ok(Answer::NoBody)
}

fn associate(store: &mut Store, association: &Association) -> Result<(), ServiceError> {
    let Association {
        service_action,
        product,
        version: version_id,
    } = association;
    store.version(product, version_id).map_err(not_found)?;
    store.service_action(service_action).map_err(not_found)?;
    let version = store.version(product, version_id).map_err(not_found)?;
    if version.offers(service_action) {
        let message = format!(
            "ServiceAction {service_action} is already associated with \
             ProvisioningArtifact {version_id}."
        );
        return Err(ServiceError::new("DuplicateResourceException", message));
    }
    if version.service_actions.len() >= LIMIT {
        let message = format!(
            "ProvisioningArtifact {version_id} already has {LIMIT} associated service actions, \
             which is the limit."
        );
        return Err(ServiceError::new("LimitExceededException", message));
    }
    version.service_actions.push(service_action.clone());
    Ok(())
}
