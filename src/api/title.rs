//! What people call AWS's services. Their models begin them with `AWS` or `Amazon`, leave out blanks,
//! or have the title of another day: `AWS SFN` is Step Functions.

use std::sync::LazyLock;

/// Those that no rule finds, by the services' folders in botocore. The page asks for all services at
/// once.
static CURATED: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("curated/titles.txt").lines();
    lines.filter_map(|line| line.split_once(": ")).collect()
});

/// The title of a service with this folder in botocore. `names` are what its model calls it, the title
/// first: the same letters may be spelled better in another.
#[must_use]
pub fn of_service(name: &str, names: &[&str]) -> String {
    if let Some((_, title)) = CURATED.iter().find(|(of, _)| *of == name) {
        return (*title).to_owned();
    }
    let mut names = names.iter().map(|name| bare(name));
    let mut best = names.next().unwrap_or(name);
    for other in names.filter(|it| !it.is_empty()) {
        let is_one = letters(best).eq(letters(other));
        if is_one && (blanks(other), has_capitals(other)) > (blanks(best), has_capitals(best)) {
            best = other;
        }
    }
    best.to_owned()
}

/// Without whose it is, and that it is an API.
fn bare(name: &str) -> &str {
    let of = |name: &str, owner: &str| {
        let rest = name.strip_prefix(owner)?;
        let is_word = rest.starts_with(|c: char| c == ' ' || c.is_ascii_uppercase());
        is_word.then_some(rest.len())
    };
    let rest = ["AWS", "Amazon"].iter().find_map(|owner| of(name, owner));
    let rest = rest.map_or(name, |length| name[name.len() - length..].trim_start());
    let endings = [" API Service", " Public API", " API"];
    let ended = endings.iter().find_map(|ending| rest.strip_suffix(ending));
    ended.unwrap_or(rest)
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase())
}

fn blanks(name: &str) -> usize {
    name.matches(' ').count()
}

fn has_capitals(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_uppercase())
}
