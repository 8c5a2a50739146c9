//! Takes a service action away from a version.

use super::associations::Association;
use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION};
use super::store::Store;
use super::{invalid_parameters, language, not_found};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

const TOKEN: &str = "IdempotencyToken";

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    if store.disassociated.made(TOKEN, input)?.is_some() {
        return Ok(Answer::NoBody);
    }
    id::check(input, &[PRODUCT, PROVISIONING_ARTIFACT, SERVICE_ACTION])
        .map_err(invalid_parameters)?;
    let association = Association::of(input);
    store.removable(&association).map_err(not_found)?;
    store.remove(&association);
    store.disassociated.remember(TOKEN, input, "");
    Ok(Answer::NoBody)
}
