//! Faults on demand: what a service, or the way to it, can do to a client, each when asked for.
//!
//! They come from a plan that a person or a test lays down, or from the request itself: an
//! idempotency token or identifier that contains `fault-` and the fault's name. Nothing here is
//! left to chance: a plan with a share has a seed, and strikes the same requests each time.

mod entries;
mod plan;
mod sentinel;

pub use entries::fail_entries;
pub use plan::Plan;
pub use sentinel::of_input;

use crate::answer::ServiceError;
use crate::unmodeled;
use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Fault as Side, Model, Operation, Shape};
use serde::{Deserialize, Serialize};

/// What is to go wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fault {
    /// Too many requests; nothing is done.
    Throttle,
    /// No permission; nothing is done.
    Denied,
    /// The credentials are no longer valid; nothing is done.
    Expired,
    /// The clock of the sender is wrong; nothing is done.
    Skew,
    /// The service fails before it has done anything.
    FailBefore,
    /// The service does what it was asked for, and then fails.
    FailAfter,
    /// It is done, and what comes back with status 200 is no answer of the service.
    Garbage,
    /// It is done, but the answer is cut off.
    CutOff,
    /// It is done, but the answer never arrives.
    Lost,
    /// Nothing is done, and no answer comes.
    Hang,
    /// The answer comes later.
    Delay { ms: u64 },
    /// Entries of a batch fail with this code, and nothing is done for them.
    Entries {
        code: String,
        /// Which ones, from 0; all if there are none.
        #[serde(default)]
        at: Vec<usize>,
    },
    /// The service refuses with this error.
    Refuse { error: String, message: String },
}

/// The faults of a request that keep its service from seeing it, as the service's front end
/// tells them.
pub fn at_the_front(fault: &Fault) -> Option<ServiceError> {
    Some(match fault {
        Fault::Throttle => ServiceError::new(
            "ThrottlingException",
            "Rate exceeded. The sandbox was asked to answer so.",
        ),
        Fault::Denied => ServiceError::new(
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform this \
             action. The sandbox was asked to answer so.",
        ),
        Fault::Expired => ServiceError::new(
            "ExpiredTokenException",
            "The security token included in the request is expired",
        ),
        Fault::Skew => ServiceError::new(
            "InvalidSignatureException",
            "Signature expired: the time of the request is not within 5 minutes of the service's.",
        ),
        _ => return None,
    })
}

/// The faults with which a service refuses what its front end let through; nothing is done.
pub fn before(fault: &Fault, model: &Model, operation: &Operation) -> Option<ServiceError> {
    match fault {
        Fault::FailBefore => Some(internal(model, operation)),
        Fault::Refuse { error, message } => {
            Some(ServiceError::new(error.clone(), message.as_str()))
        }
        _ => None,
    }
}

/// How a service of this model tells that it failed itself.
pub fn internal(model: &Model, operation: &Operation) -> ServiceError {
    let is_servers = |shape: &&Shape| shape.traits.error == Some(Side::Server);
    let mut shapes = operation.errors.iter().filter_map(|id| model.shape(id));
    let modeled = shapes.find(is_servers);
    let modeled = modeled.map(|shape| shape.id.name().to_owned());
    ServiceError::new(
        modeled.unwrap_or_else(|| unmodeled::INTERNAL.to_owned()),
        "The service failed. The sandbox was asked to answer so.",
    )
}

/// What a load balancer may put in front of a service: not the service's answer.
pub fn garbage() -> HttpResponse {
    HttpResponse {
        status: 200,
        headers: vec![("Content-Type".into(), "text/html".into())],
        body: b"<html><body>Welcome to nginx!</body></html>".to_vec(),
        file: None,
    }
}
