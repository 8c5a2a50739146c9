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
    let name = error.name.as_deref().unwrap_or_default();
    matches!(error.status, 400 | 403) && DENIED.iter().any(|begin| name.starts_with(begin))
}
