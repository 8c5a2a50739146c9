//! JSON as a codec: the values of an input as a body has them, and back.

mod answer;
mod read;
mod write;

pub use answer::answer;
pub use read::{body, check_types, read};
pub use write::write;

use crate::model::Member;

/// What differs between protocols that write JSON, or something that reads like it.
#[derive(Clone, Copy)]
pub struct Json {
    /// `jsonName` is heeded.
    pub has_names: bool,
}

impl Json {
    /// What a member is called in the body.
    pub fn name(self, member: &Member) -> &str {
        match &member.traits.wire.json_name {
            Some(name) if self.has_names => name,
            _ => &member.name,
        }
    }
}
