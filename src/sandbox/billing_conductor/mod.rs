//! Billing Conductor: billing groups, custom line items and the resources they are calculated
//! from.

mod batch;
mod batch_associate_resources_to_custom_line_item;
mod batch_disassociate_resources_from_custom_line_item;
mod list_billing_groups;
mod list_custom_line_items;
mod list_resources_associated_to_custom_line_item;
mod named;
mod period;
mod reference;
mod seed;
mod store;
mod target;
mod trouble;

use crate::answer::{ServiceError, object};
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use crate::input::Input;
use crate::page::Paging;
use serde_json::Value;
use store::Store;

const HANDLERS: &[(&str, Handler<Store>)] = &[
    (
        "BatchDisassociateResourcesFromCustomLineItem",
        batch_disassociate_resources_from_custom_line_item::handle,
    ),
    (
        "BatchAssociateResourcesToCustomLineItem",
        batch_associate_resources_to_custom_line_item::handle,
    ),
    ("ListCustomLineItems", list_custom_line_items::handle),
    (
        "ListResourcesAssociatedToCustomLineItem",
        list_resources_associated_to_custom_line_item::handle,
    ),
    ("ListBillingGroups", list_billing_groups::handle),
];

const PAGING: Paging = Paging {
    token: "NextToken",
    size: "MaxResults",
    default_size: 100,
};

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        service_name: "billingconductor",
        store: seed::store(),
        handlers: HANDLERS,
        refuse,
    }
}

/// The page that is asked for, as the members of an output.
fn page<'a, T, K: AsRef<str>>(
    operation: &str,
    input: Input<'_>,
    member: &'a str,
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    element: impl Fn(T) -> Value,
) -> Result<Vec<(&'a str, Value)>, ServiceError> {
    let page = PAGING.page(operation, input, items, key).map_err(|_| {
        let message = "The next token is not one this list goes on with.";
        let fields = vec![field(PAGING.token, "must come from the page before")];
        invalid("FIELD_VALIDATION_FAILED", message).with("Fields", fields)
    })?;
    let mut members = vec![(member, page.items.into_iter().map(element).collect())];
    if let Some(next) = page.next {
        members.push((PAGING.token, next.into()));
    }
    Ok(members)
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
