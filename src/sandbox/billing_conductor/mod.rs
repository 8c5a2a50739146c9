//! Billing Conductor: custom line items and the resources they are calculated from.

mod batch_disassociate_resources_from_custom_line_item;
mod period;
mod reference;
mod seed;
mod store;

use crate::answer::{ServiceError, object};
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use serde_json::Value;
use store::Store;

const HANDLERS: &[(&str, Handler<Store>)] = &[(
    "BatchDisassociateResourcesFromCustomLineItem",
    batch_disassociate_resources_from_custom_line_item::handle,
)];

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        endpoint_prefix: "billingconductor",
        store: seed::store(),
        handlers: HANDLERS,
        refuse,
    }
}

fn refuse(broken: &[Broken]) -> ServiceError {
    let fields: Vec<Value> = broken
        .iter()
        .map(|one| field(&one.path.to_string(), &one.requirement))
        .collect();
    let message = constraint::detected(broken);
    invalid("FIELD_VALIDATION_FAILED", message).with("Fields", fields)
}

/// One of the `Fields` of a validation error.
fn field(name: &str, message: &str) -> Value {
    object(vec![("Name", name.into()), ("Message", message.into())])
}

fn invalid(reason: &str, message: impl Into<String>) -> ServiceError {
    ServiceError::new("ValidationException", message).with("Reason", reason)
}
