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

/// What the items of a list are called together, where the list is called by what it is: `SecretList`
/// has secrets, whose shape is a `SecretListEntry`.
pub(super) fn plural_of_list(name: &str, shape: &str) -> Option<String> {
    let endings = ["SummaryList", "Summaries", "List", "Set"];
    let one = endings.iter().find_map(|it| name.strip_suffix(it))?;
    // An `AllowList` has no allows.
    if one.is_empty() || !shape.starts_with(one) {
        return None;
    }
    Some(match one {
        _ if one.ends_with("ss") || one.ends_with("us") || one.ends_with(['x', 'h']) => {
            [one, "es"].concat()
        }
        _ if one.ends_with('s') => one.to_owned(),
        _ => match one.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => [stem, "ies"].concat(),
            _ => [one, "s"].concat(),
        },
    })
}

/// What the names of items end with that says nothing of what they are.
const OF_ITEMS: [&str; 9] = [
    "summary",
    "detail",
    "details",
    "entry",
    "item",
    "info",
    "list",
    "description",
    "metadata",
];

/// What items are called by the name of a list or their shape: its words, and the same without what
/// it ends with; of a `CertificateSummary` also `certificate` alone.
pub(super) fn kinds(name: &str) -> Vec<Vec<String>> {
    let mut words = small_words(&singular(name));
    let mut all = vec![words.clone()];
    while words.len() > 1 && words.last().is_some_and(|it| OF_ITEMS.contains(&&**it)) {
        words.pop();
        all.push(words.clone());
    }
    all
}

/// The words of a name in small letters; `DBInstance` is `db` and `instance`.
pub(super) fn small_words(name: &str) -> Vec<String> {
    let words = words_of(name).into_iter();
    words.map(str::to_ascii_lowercase).collect()
}
