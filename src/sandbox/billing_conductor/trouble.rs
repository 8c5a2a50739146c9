//! What the seeded world has in store for requests, besides what they deserve.

use super::store::{Store, Trouble};
use crate::answer::ServiceError;
use crate::attempts::Attempts;

/// What stands in the way of any change to this custom line item.
pub fn on_changing(
    trouble: Trouble,
    attempts: &mut Attempts,
    id: &str,
    target_arn: &str,
) -> Result<(), ServiceError> {
    Err(match trouble {
        Trouble::FirstIsThrottled if attempts.is_first(&[id]) => throttled(),
        Trouble::FirstFailsInternally if attempts.is_first(&[id]) => failed(),
        Trouble::FirstConflicts if attempts.is_first(&[id]) => {
            let message =
                format!("Custom line item {target_arn} is being changed by another request.");
            ServiceError::new("ConflictException", message)
                .with("ResourceId", target_arn)
                .with("ResourceType", "CUSTOM_LINE_ITEM")
                .with("Reason", "WRITE_CONFLICT_RETRY")
        }
        _ => return Ok(()),
    })
}

/// What reading something meets with that the request names.
pub fn on_reading(
    trouble: Trouble,
    attempts: &mut Attempts,
    id: &str,
    name: &str,
) -> Result<(), ServiceError> {
    let mut is_first = || attempts.is_first(&["read", id]);
    Err(match trouble {
        Trouble::IsDenied => denied(name),
        Trouble::FirstIsThrottled if is_first() => throttled(),
        Trouble::FirstFailsInternally if is_first() => failed(),
        _ => return Ok(()),
    })
}

/// What changing the association of this resource meets with, as a reason and a message.
pub fn on_entry(
    store: &mut Store,
    trouble: Trouble,
    key: [&str; 2],
    arn: &str,
) -> Result<(), (&'static str, String)> {
    match trouble {
        Trouble::IsLimited => {
            let message = format!("Too many changes to {arn} in this billing period.");
            Err(("SERVICE_LIMIT_EXCEEDED", message))
        }
        Trouble::FirstFailsInternally if store.attempts.is_first(&key) => {
            let message = "An internal error occurred.".into();
            Err(("INTERNAL_SERVER_EXCEPTION", message))
        }
        _ => Ok(()),
    }
}

pub fn denied(name: &str) -> ServiceError {
    let message = format!("You are not authorized to read {name}.");
    ServiceError::new("AccessDeniedException", message)
}

fn throttled() -> ServiceError {
    ServiceError::new("ThrottlingException", "Rate exceeded.").with("RetryAfterSeconds", 2)
}

fn failed() -> ServiceError {
    let message = "An internal error occurred.";
    ServiceError::new("InternalServerException", message).with("RetryAfterSeconds", 1)
}
