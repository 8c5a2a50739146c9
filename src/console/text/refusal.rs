//! What can be made of a refusal.

use super::in_sentence;

pub const OF_FIELDS: &str = "About single fields";
pub const PERMISSION: &str = "Ask for this permission";
pub const POLICY: &str = "The smallest policy that allows it";
pub const COPY_POLICY: &str = "Copy policy";
pub const POLICY_COPIED: &str = "Policy";

/// At the field that it is about.
pub fn service_says(message: &str) -> String {
    format!("The service says: {message}")
}

/// On the link to a field: `Go to Product ID, association 2`.
pub fn go_to_field(place: &[String]) -> String {
    let mut names = place.iter().rev().cloned();
    let mut text = format!("Go to {}", names.next().unwrap_or_default());
    for name in names {
        text = format!("{text}, {}", in_sentence(&name));
    }
    text
}
