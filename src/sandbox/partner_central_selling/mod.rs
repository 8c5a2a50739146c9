//! Partner Central Selling: opportunities and the entities linked to them.

mod disassociate_opportunity;
mod entity;
mod seed;
mod store;

use crate::answer::{ServiceError, object};
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use formsmith_api::validate::Violation;
use serde_json::Value;
use store::Store;

const HANDLERS: &[(&str, Handler<Store>)] =
    &[("DisassociateOpportunity", disassociate_opportunity::handle)];

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        endpoint_prefix: "partnercentral-selling",
        store: seed::store(),
        handlers: HANDLERS,
        refuse,
    }
}

fn refuse(broken: &[Broken]) -> ServiceError {
    let errors: Vec<Value> = broken
        .iter()
        .map(|one| {
            let name = one.path.to_string();
            field(&name, &one.requirement, code(&one.violation))
        })
        .collect();
    invalid(
        "REQUEST_VALIDATION_FAILED",
        constraint::detected(broken),
        errors,
    )
}

/// The service's own code for a broken constraint.
fn code(violation: &Violation) -> &'static str {
    match violation {
        Violation::Required => "REQUIRED_FIELD_MISSING",
        Violation::UnknownValue { .. } => "INVALID_ENUM_VALUE",
        Violation::Pattern { .. } | Violation::Character { .. } | Violation::Unfinished { .. } => {
            "INVALID_STRING_FORMAT"
        }
        Violation::TooShort { .. }
        | Violation::TooLong { .. }
        | Violation::BelowMinimum { .. }
        | Violation::AboveMaximum { .. } => "VALUE_OUT_OF_RANGE",
        Violation::TooFew { .. } => "NOT_ENOUGH_VALUES",
        Violation::TooMany { .. } => "TOO_MANY_VALUES",
        Violation::Duplicate => "DUPLICATE_KEY_VALUE",
        _ => "INVALID_VALUE",
    }
}

/// One of the `ErrorList` of a validation error.
fn field(name: &str, message: &str, code: &str) -> Value {
    object(vec![
        ("FieldName", name.into()),
        ("Message", message.into()),
        ("Code", code.into()),
    ])
}

fn invalid(reason: &str, message: impl Into<String>, errors: Vec<Value>) -> ServiceError {
    ServiceError::new("ValidationException", message)
        .with("Reason", reason)
        .with("ErrorList", errors)
}
