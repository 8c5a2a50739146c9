//! What a person agrees to, and what is then sent.
//!
//! The console proposes what it is about to show: the hash of a request, or the root of a list of
//! them, and where they go. The proxy remembers the proposal with the identity that would sign,
//! answers what it made of it, and the review shows that. Confirmed, it lets through the requests
//! it names, each as often and for as long as was agreed, and in no other name.
//!
//! Nothing here reads a clock: the time is an argument.

mod asked;
mod hash;
pub mod merkle;
mod presented;
mod proposal;
mod refusal;
mod store;

pub use asked::Asked;
pub use hash::request_hash;
pub use presented::{Agreed, Presented, same_identity};
pub use proposal::{Attempt, Kind, Place, Proposal};
pub use refusal::{missing, unknown};
pub use store::{Id, Store};

use crate::http::HeaderName;
use formsmith_wire::header;

pub const CONSENT: HeaderName = HeaderName::from_static(header::CONSENT);
pub const PROOF: HeaderName = HeaderName::from_static(header::PROOF);
