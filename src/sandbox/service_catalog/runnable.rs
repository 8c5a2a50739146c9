//! A service action and the provisioned product it runs on, as two operations name them.

use super::id::{self, PROVISIONED_PRODUCT, SERVICE_ACTION};
use super::store::{ProvisionedProduct, ServiceAction, Store};
use super::{invalid_parameters, not_found};
use crate::answer::ServiceError;
use crate::input::Input;

/// Both, if the version of the provisioned product offers the action.
pub fn find<'s>(
    store: &'s Store,
    input: Input<'_>,
) -> Result<(&'s ProvisionedProduct, &'s ServiceAction), ServiceError> {
    id::check(input, &[PROVISIONED_PRODUCT, SERVICE_ACTION]).map_err(invalid_parameters)?;
    let id = input.text("ProvisionedProductId");
    let product = store.provisioned_products.get(id);
    let product =
        product.ok_or_else(|| not_found(format!("ProvisionedProduct {id} not found.")))?;
    let action_id = input.text("ServiceActionId");
    let action = store.service_action(action_id).map_err(not_found)?;
    let associations = &store.associations;
    associations
        .check(&product.version, action_id)
        .map_err(not_found)?;
    Ok((product, action))
}
