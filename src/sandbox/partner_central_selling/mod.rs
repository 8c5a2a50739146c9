//! Partner Central Selling: opportunities and the entities linked to them.

mod disassociate_opportunity;
mod entity;
mod seed;
mod store;

use crate::answer::ServiceError;
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use formsmith_api::validate::Violation;
use serde_json::{Value, json};
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
            json!({
                "FieldName": one.path.to_string(),
                "Message": one.requirement,
                "Code": code(&one.violation),
            })
        })
        .collect();
    invalid(
        "REQUEST_VALIDATION_FAILED",
        constraint::detected(broken),
        errors.into(),
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

fn invalid(reason: &str, message: impl Into<String>, errors: Value) -> ServiceError {
    ServiceError::new("ValidationException", message)
        .with("Reason", reason)
        .with("ErrorList", errors)
}
