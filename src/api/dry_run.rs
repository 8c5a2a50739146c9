//! Asking a service whether it would carry out a request, without having it carried out.

use crate::curated::DRY_RUN;
use crate::model::{Model, Operation, Protocol, Service, ShapeKind};
use crate::outcome::Outcome;
use crate::permission::is_denied;
use serde_json::Value;

/// The member that asks for it.
const MEMBER: &str = "DryRun";

/// What a service says to a dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DryRun {
    /// It would carry out the request.
    Allowed,
    /// The credentials don't allow it: the service's own words.
    Denied(String),
    /// It would refuse for another reason: the error's name and words.
    Refused(String, String),
    /// It answered as it does when it has carried out the request.
    CarriedOut,
    NotUnderstood,
}

/// The input that asks for a dry run of what `input` asks for; none where the operation has none.
///
/// A member of this name alone is not enough: of some services it asks for a preview, which is
/// answered like a success.
pub fn input(
    model: &Model,
    service: &Service,
    operation: &Operation,
    input: &Value,
) -> Option<Value> {
    let is_told_by_error = service.protocol == Protocol::Ec2Query
        || operation
            .errors
            .iter()
            .any(|id| DRY_RUN.contains(&id.name()));
    let shape = model.input(operation)?.shape;
    let member = shape.member(MEMBER).filter(|_| is_told_by_error)?;
    let is_flag = matches!(model.place(member)?.shape.kind, ShapeKind::Boolean);
    let mut members = input.as_object().filter(|_| is_flag)?.clone();
    members.insert(MEMBER.into(), true.into());
    Some(members.into())
}

/// What came of it.
pub fn said(outcome: &Outcome) -> DryRun {
    match outcome {
        Outcome::Error(error) => {
            let name = error.name.clone().unwrap_or_default();
            let message = error.message.clone().unwrap_or_default();
            match () {
                () if DRY_RUN.contains(&name.as_str()) => DryRun::Allowed,
                () if is_denied(error) => DryRun::Denied(message),
                () => DryRun::Refused(name, message),
            }
        }
        Outcome::NotUnderstood(_) => DryRun::NotUnderstood,
        Outcome::Empty | Outcome::Output(_) | Outcome::Batch(_) => DryRun::CarriedOut,
    }
}
