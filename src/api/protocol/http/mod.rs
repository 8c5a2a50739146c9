//! Members that stand in parts of an HTTP message of their own.
//!
//! Source: Smithy's HTTP binding traits, and where they leave a choice, botocore's
//! `BaseRestSerializer` and `BaseRestParser`.

mod bind;
mod host;
mod read;
mod uri;

pub use bind::{Body, bind};
pub use host::host_prefix;
pub use read::{payload, read};
#[cfg(feature = "xml")]
pub use uri::encode;

use crate::model::{Binding, Member, Shape};

/// The member that alone is the body.
pub fn payload_of(shape: &Shape) -> Option<&Member> {
    let mut members = shape.members().iter();
    members.find(|member| member.traits.wire.binding == Binding::Payload)
}
