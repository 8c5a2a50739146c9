//! Every sentence the console says, in one place (English).
//!
//! Views ask for sentences by what they mean; no view holds one of its own. What models say
//! (titles, descriptions, meanings of codes) stands in the models.

mod answer;
mod labels;
mod problems;
mod verdict;

pub use answer::*;
pub use labels::*;
pub use problems::*;
pub use verdict::{Tone, entry_words, verdict};

/// `1 association`, `3 associations`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `Product ID` → `product ID`; words in capitals stay as they are.
pub fn in_sentence(title: &str) -> String {
    let first = title.split(' ').next().unwrap_or_default();
    let is_acronym = first.chars().skip(1).any(char::is_uppercase);
    match title.chars().next() {
        Some(c) if !is_acronym => c.to_lowercase().chain(title.chars().skip(1)).collect(),
        _ => title.to_owned(),
    }
}

/// `association` → `Association`.
pub fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    match rest.next() {
        Some(c) => c.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}
