//! Service Catalog: which self-service actions product versions offer, and running them.

mod associate_service_action_with_provisioning_artifact;
mod batch_disassociate_service_action_from_provisioning_artifact;
mod execute_provisioned_product_service_action;
mod id;
mod language;
mod record;
mod seed;
mod store;

use crate::answer::ServiceError;
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use crate::unmodeled;
use store::Store;

const HANDLERS: &[(&str, Handler<Store>)] = &[
    (
        "BatchDisassociateServiceActionFromProvisioningArtifact",
        batch_disassociate_service_action_from_provisioning_artifact::handle,
    ),
    (
        "AssociateServiceActionWithProvisioningArtifact",
        associate_service_action_with_provisioning_artifact::handle,
    ),
    (
        "ExecuteProvisionedProductServiceAction",
        execute_provisioned_product_service_action::handle,
    ),
];

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        endpoint_prefix: "servicecatalog",
        store: seed::store(),
        handlers: HANDLERS,
        refuse,
    }
}

/// The front end refuses before the service itself sees the request; its error is not modeled.
fn refuse(broken: &[Broken]) -> ServiceError {
    ServiceError::new(unmodeled::VALIDATION, constraint::detected(broken))
}

fn invalid_parameters(message: impl Into<String>) -> ServiceError {
    ServiceError::new("InvalidParametersException", message)
}

fn not_found(message: impl Into<String>) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", message)
}
