//! Offers a service action in a version.

use super::associations::Association;
use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::store::{Refusal, Store};
use super::{invalid_parameters, language, not_found};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

const TOKEN: &str = "IdempotencyToken";

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    if store.associated.made(TOKEN, input)?.is_some() {
        return Ok(Answer::NoBody);
    }
    id::check(input, &[PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION])
        .map_err(invalid_parameters)?;
    let association = Association::of(input);
    store
        .addable(&association)
        .map_err(|refusal| match refusal {
            Refusal::NotFound(message) => not_found(message),
            Refusal::Exists(message) => ServiceError::new("DuplicateResourceException", message),
            Refusal::IsFull(message) => ServiceError::new("LimitExceededException", message),
        })?;
    store.add(&association);
    store.associated.remember(TOKEN, input, "");
    Ok(Answer::NoBody)
}
