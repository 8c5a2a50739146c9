//! Partner Central Selling: opportunities and the entities linked to them.

mod access;
mod associate_opportunity;
mod disassociate_opportunity;
mod entity;
mod get_opportunity;
mod link;
mod list_opportunities;
mod list_solutions;
mod opportunity;
mod order;
mod seed;
mod store;

use crate::answer::{Answer, ServiceError, object};
use crate::constraint::{self, Broken};
use crate::emulation::{Handler, ServiceEmulation};
use crate::input::Input;
use crate::page::Paging;
use formsmith_api::validate::Violation;
use serde_json::Value;
use store::Store;

const HANDLERS: &[(&str, Handler<Store>)] = &[
    ("DisassociateOpportunity", disassociate_opportunity::handle),
    ("AssociateOpportunity", associate_opportunity::handle),
    ("GetOpportunity", get_opportunity::handle),
    ("ListOpportunities", list_opportunities::handle),
    ("ListSolutions", list_solutions::handle),
];

const PAGING: Paging = Paging {
    token: "NextToken",
    size: "MaxResults",
    default_size: 100,
};

pub fn emulation() -> ServiceEmulation<Store> {
    ServiceEmulation {
        service_name: "partnercentral-selling",
        store: seed::store(),
        handlers: HANDLERS,
        refuse,
    }
}

/// The page that is asked for.
fn page<T, K: AsRef<str>>(
    operation: &str,
    input: Input<'_>,
    member: &str,
    items: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> K,
    element: impl Fn(T) -> Value,
) -> Result<Answer, ServiceError> {
    let page = PAGING.page(operation, input, items, key).map_err(|_| {
        let message = "The next token is not one this list goes on with.";
        let error = field(
            PAGING.token,
            "must come from the page before",
            "INVALID_VALUE",
        );
        invalid("REQUEST_VALIDATION_FAILED", message, vec![error])
    })?;
    let mut members = vec![(member, page.items.into_iter().map(element).collect())];
    if let Some(next) = page.next {
        members.push((PAGING.token, next.into()));
    }
    Ok(Answer::output(members))
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
