//! What a person typed, as words that are looked for.

use crate::words::{is_noise, words};

/// The words of a query. Of a command those that name service and operation: neither `aws` in
/// front nor what options say.
pub fn sought(query: &str) -> Vec<String> {
    let mut typed = query.split_whitespace().peekable();
    let is_command = typed.peek() == Some(&"aws");
    let mut kept = Vec::new();
    while let Some(part) = typed.next() {
        match part.strip_prefix("--") {
            // `--region us-east-1`, and `--region=us-east-1`.
            Some(option) if !option.contains('=') => {
                typed.next_if(|value| !value.starts_with("--"));
            }
            Some(_) => {}
            None => kept.push(part),
        }
    }
    if is_command {
        // What comes after the operation are names of files and the like.
        kept.truncate(3);
    }
    let all: Vec<String> = words(&kept.join(" ")).collect();
    let telling: Vec<String> = all.iter().filter(|word| !is_noise(word)).cloned().collect();
    match telling.is_empty() {
        true => all,
        false => telling,
    }
}

/// A title in pieces, with those marked that begin a word as a word of the query does.
pub fn highlighted<'a>(title: &'a str, query: &str) -> Vec<(&'a str, bool)> {
    let sought = sought(query);
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
