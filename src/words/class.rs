//! What operations can do.

use crate::texts;
use formsmith_api::class::Class;

/// In a word, for a badge.
#[must_use]
pub fn class_word(class: Class) -> &'static str {
    match class {
        Class::Read => texts::class_read(),
        Class::Secret => texts::class_secret(),
        Class::Effect => texts::class_effect(),
        Class::Body => texts::class_body(),
        Class::Write => texts::class_write(),
        Class::Credentials => texts::class_credentials(),
        Class::Destroys => texts::class_destroys(),
        Class::Permissions => texts::class_permissions(),
    }
}

/// In a sentence.
#[must_use]
pub fn effect_of(class: Class) -> &'static str {
    match class {
        Class::Read => texts::effect_read(),
        Class::Secret => texts::effect_secret(),
        Class::Effect => texts::effect_effect(),
        Class::Body => texts::effect_body(),
        Class::Write => texts::effect_write(),
        Class::Credentials => texts::effect_credentials(),
        Class::Destroys => texts::effect_destroys(),
        Class::Permissions => texts::effect_permissions(),
    }
}
