//! What the tests of several crates share. It stands on none of them, so that each can use it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod cases;
mod forms;

pub use forms::forms_model;

/// `ListServiceActions` → `list_service_actions`
pub fn snake(name: &str) -> String {
    let mut text = String::new();
    for (at, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}
