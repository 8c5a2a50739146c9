//! The versions that offer a service action, by their IDs.

use super::id::{self, SERVICE_ACTION};
use super::store::Store;
use super::{invalid_parameters, language, listing, not_found, view};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    id::check(input, &[SERVICE_ACTION]).map_err(invalid_parameters)?;
    let action = input.text("ServiceActionId");
    store.service_action(action).map_err(not_found)?;
    let offering = store.associations.versions_with(action);
    let members = listing::members(
        "ListProvisioningArtifactsForServiceAction",
        input,
        "ProvisioningArtifactViews",
        offering.filter_map(|id| Some((id, store.versions.get(id)?))),
        |(id, _)| *id,
        |(id, version)| {
            let product = store.products.get(&version.product);
            let product = product.map(|it| view::product(&version.product, it));
            object(vec![
                ("ProductViewSummary", product.into()),
                ("ProvisioningArtifact", object(view::version(id, version))),
            ])
        },
    )?;
    Ok(Answer::output(members))
}
