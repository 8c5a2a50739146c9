//! Names and queries as words in small letters.

use crate::curated;
use formsmith_api::model::words_of;

/// `ListS3AccessPoints` → `list`, `s3`, `access`, `points`; and so of a title.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.flat_map(words_of).map(str::to_lowercase)
}

/// A name without what parts its words.
pub fn as_one(name: &str) -> String {
    words(name).collect()
}

/// Does the word tell nothing from anything else?
pub fn is_noise(word: &str) -> bool {
    curated::NOISE.lines().any(|noise| noise == word)
}

/// A word, and its plurals.
pub fn forms(word: &str) -> impl Iterator<Item = String> {
    let ies = word.strip_suffix('y').map(|stem| [stem, "ies"].concat());
    let forms = ["", "s", "es"].map(|ending| [word, ending].concat());
    forms.into_iter().chain(ies)
}

/// Is one the plural of the other?
pub fn are_one(one: &str, other: &str) -> bool {
    let (short, long) = match one.len() <= other.len() {
        true => (one, other),
        false => (other, one),
    };
    match long.strip_prefix(short) {
        Some(rest) => matches!(rest, "" | "s" | "es"),
        None => short
            .strip_suffix('y')
            .is_some_and(|stem| long.strip_prefix(stem) == Some("ies")),
    }
}
