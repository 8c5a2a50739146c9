//! What IAM has to allow for an operation. What is known of it is data: `permissions.json` of AWS's
//! services (docs/models.md), made of IAM's own reference. Without it the operation's name is all
//! there is.

mod arn;
mod denial;
mod input;
mod needed;
mod reader;

pub use denial::Denial;
pub use needed::{Condition, Grant, Needed, Origin, Place, Resource};

use needed::ANY;

use crate::curated::DENIED;
use crate::protocol::ServiceError;

/// Does the error say that a permission is missing?
pub fn is_denied(error: &ServiceError) -> bool {
    is_denied_by(error.name.as_deref().unwrap_or_default(), error.status)
}

/// The same of an error of which only name and HTTP status are known.
#[must_use]
pub fn is_denied_by(name: &str, status: u16) -> bool {
    matches!(status, 400 | 403) && DENIED.iter().any(|begin| name.starts_with(begin))
}
