//! The service actions a version offers, by their IDs.

use super::id::{self, PRODUCT, PROVISIONING_ARTIFACT};
use super::store::Store;
use super::{invalid_parameters, language, listing, not_found, view};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    id::check(input, &[PRODUCT, PROVISIONING_ARTIFACT]).map_err(invalid_parameters)?;
    let (product, id) = (
        input.text("ProductId"),
        input.text("ProvisioningArtifactId"),
    );
    store.version(product, id).map_err(not_found)?;
    let offered = store.associations.service_actions_of(id);
    let offered = offered.filter_map(|id| Some((id, store.service_actions.get(id)?)));
    let members = listing::members(
        "ListServiceActionsForProvisioningArtifact",
        input,
        "ServiceActionSummaries",
        offered,
        |(id, _)| *id,
        view::service_action,
    )?;
    Ok(Answer::output(members))
}
