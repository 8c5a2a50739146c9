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
use std::time::Duration;

pub const CONSENT: HeaderName = HeaderName::from_static(header::CONSENT);
pub const PROOF: HeaderName = HeaderName::from_static(header::PROOF);

const MINUTE: Duration = Duration::from_secs(60);
/// How long a review may take.
pub const UNCONFIRMED: Duration = MINUTE.saturating_mul(10);
/// From the confirmation to the head of the one request. Its body may take longer.
pub const ONE: Duration = MINUTE;
/// From the confirmation to the head of the last attempt.
pub const RUN: Duration = MINUTE.saturating_mul(15);
/// A list has as long as was agreed, and at most this.
pub const LIST_MINUTES: u32 = 24 * 60;
/// The most requests of a list.
pub const COUNT: u32 = 1_000_000;
/// The most attempts at one request.
pub const ATTEMPTS: u8 = 10;
/// The most proposals that are remembered.
pub const PROPOSALS: usize = 1000;
/// The most requests of all confirmed lists together: each costs a byte.
pub const LEAVES: usize = 4_000_000;
