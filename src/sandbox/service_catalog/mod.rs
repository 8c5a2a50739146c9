//! Service Catalog: products with their versions, which self-service actions these offer, and
//! running them on what was provisioned.

mod access;
mod associate_service_action_with_provisioning_artifact;
mod associations;
mod batch;
mod batch_associate_service_action_with_provisioning_artifact;
mod batch_disassociate_service_action_from_provisioning_artifact;
mod describe_record;
mod describe_service_action_execution_parameters;
mod disassociate_service_action_from_provisioning_artifact;
mod execute_provisioned_product_service_action;
mod id;
mod language;
mod list_provisioning_artifacts;
mod list_provisioning_artifacts_for_service_action;
mod list_record_history;
mod list_service_actions;
mod list_service_actions_for_provisioning_artifact;
mod listing;
mod order;
mod record;
mod records;
mod runnable;
mod search_products_as_admin;
mod search_provisioned_products;
mod seed;
mod store;
mod token;
mod view;

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
        "BatchAssociateServiceActionWithProvisioningArtifact",
        batch_associate_service_action_with_provisioning_artifact::handle,
    ),
    (
        "AssociateServiceActionWithProvisioningArtifact",
        associate_service_action_with_provisioning_artifact::handle,
    ),
    (
        "DisassociateServiceActionFromProvisioningArtifact",
        disassociate_service_action_from_provisioning_artifact::handle,
    ),
    (
        "ExecuteProvisionedProductServiceAction",
        execute_provisioned_product_service_action::handle,
    ),
    (
        "DescribeServiceActionExecutionParameters",
        describe_service_action_execution_parameters::handle,
    ),
    ("DescribeRecord", describe_record::handle),
    ("ListRecordHistory", list_record_history::handle),
    ("SearchProductsAsAdmin", search_products_as_admin::handle),
    (
        "ListProvisioningArtifacts",
        list_provisioning_artifacts::handle,
    ),
    ("ListServiceActions", list_service_actions::handle),
    (
        "ListServiceActionsForProvisioningArtifact",
        list_service_actions_for_provisioning_artifact::handle,
    ),
    (
        "ListProvisioningArtifactsForServiceAction",
        list_provisioning_artifacts_for_service_action::handle,
    ),
    (
        "SearchProvisionedProducts",
        search_provisioned_products::handle,
    ),
];

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        service_name: "servicecatalog",
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
