//! What the console knows and remembers. Views read it; only its own methods change it.

mod console;
mod exchange;
mod form;
mod identity;
mod kept;
mod models;
mod notice;
mod region;
mod replace;
mod review;
mod route;
mod scenario;
mod submit;
mod token;

pub use console::{Console, Target};
pub use exchange::{Exchange, Life};
pub use form::{Form, FormView};
pub use models::ModelState;
pub use notice::{Notice, Replacement};
pub use region::REGIONS;
pub use review::Request;
use review::Review;
pub use route::Route;

/// Stories to play in the sandbox.
pub use crate::transport::Offer;
/// Whose resources a request would change, and why there is no answer.
pub use crate::transport::{Identity, TransportFailure};

/// The element that sums up violations, and the one that shows the result.
pub const SUMMARY_ID: &str = "summary";
pub const RESULT_ID: &str = "result";
/// The part of the review that says whose resources change, and the button that asks again.
pub const REVIEWED_ID: &str = "reviewed";
pub const CHECK_REVIEWED_ID: &str = "check-reviewed";
