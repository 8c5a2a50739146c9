//! What names say of lists, identifiers and sizes.

use crate::model::words_of;

/// What ends like a plural and is none.
const SINGULARS: [&str; 5] = ["status", "access", "alias", "address", "analysis"];

/// `Subnets` → `Subnet`, `Policies` → `Policy`, `Addresses` → `Address`: one of what a list has.
/// Words for a list itself don't count: `TableList` and `TagSet` have tables and tags.
#[must_use]
pub fn singular(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    if SINGULARS.iter().any(|word| lower.ends_with(word)) {
        return name.to_owned();
    }
    for (ending, instead) in [
        ("Summaries", "Summary"),
        ("SummaryList", "Summary"),
        ("List", ""),
        ("Set", ""),
        ("ies", "y"),
        ("sses", "ss"),
        ("xes", "x"),
        ("ches", "ch"),
        ("s", ""),
    ] {
        if let Some(stem) = name.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            return [stem, instead].concat();
        }
    }
    name.to_owned()
}

/// The words of a name in small letters; `DBInstance` is `db` and `instance`.
pub(super) fn small_words(name: &str) -> Vec<String> {
    let words = words_of(name).into_iter();
    words.map(str::to_ascii_lowercase).collect()
}
