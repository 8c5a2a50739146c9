//! What a person typed, as words that are looked for.

use crate::identifier::Identified;
use crate::words::{is_noise, words};

/// Options of the AWS CLI that take no value; so do all that begin with `no-`.
const FLAGS: [&str; 3] = ["debug", "dry-run", "cli-auto-prompt"];

/// The words of a query, without those that say nothing. Of a command of the AWS CLI those that name
/// service and operation, without options and their values.
pub fn sought(query: &str) -> Vec<String> {
    let typed = typed(query);
    // `ListServices` is a name, and `services` beside other words says nothing.
    let is_telling = |part: &&str| !is_noise(&part.to_ascii_lowercase());
    let telling: Vec<&str> = typed.iter().copied().filter(is_telling).collect();
    let telling = match telling.is_empty() {
        true => typed,
        false => telling,
    };
    words(&telling.join(" ")).collect()
}

/// All words of a query, also those that say nothing.
pub fn all_sought(query: &str) -> Vec<String> {
    words(&typed(query).join(" ")).collect()
}

/// The parts of a query that may name something.
fn typed(query: &str) -> Vec<&str> {
    let mut parts = query.split_whitespace().peekable();
    let is_aws = parts.peek() == Some(&"aws");
    let mut has_option = false;
    let mut kept = Vec::new();
    while let Some(part) = parts.next() {
        let Some(option) = part.strip_prefix("--") else {
            kept.push(part);
            continue;
        };
        has_option = true;
        // `--region us-east-1`, and `--region=us-east-1`.
        let is_flag = FLAGS.contains(&option) || option.starts_with("no-");
        if !is_flag && !option.contains('=') {
            parts.next_if(|value| !value.starts_with("--"));
        }
    }
    let is_command = has_option || kept.get(2).is_some_and(|name| name.contains('-'));
    if is_aws && is_command {
        // What comes after the operation are names of files and the like.
        kept.truncate(3);
    }
    kept
}

/// A title in pieces, with those marked that begin a word as a word of the query does.
pub fn highlighted<'a>(title: &'a str, query: &str) -> Vec<(&'a str, bool)> {
    // What is found for an identifier is not called so.
    let words = query.split_whitespace();
    let words: Vec<&str> = words.filter(|it| Identified::of(it).is_none()).collect();
    let sought = sought(&words.join(" "));
    let mut pieces = Vec::new();
    let is_part = |c: char| c.is_alphanumeric();
    let mut rest = title;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let small = word.to_ascii_lowercase();
        let marked = sought.iter().filter(|it| small.starts_with(it.as_str()));
        let marked = marked.map(String::len).max().unwrap_or(0);
        let (marked, unmarked) = word.split_at(marked);
        let gap = after.find(is_part).unwrap_or(after.len());
        let (gap, next) = after.split_at(gap);
        pieces.extend([(marked, true), (unmarked, false), (gap, false)]);
        rest = next;
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}
