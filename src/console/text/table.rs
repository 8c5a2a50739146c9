//! What tables of many rows say, and what is done with their rows.

use super::{counted, in_sentence};
use crate::ui::CollectionWords;

pub static TABLE: CollectionWords = CollectionWords {
    find: |items| format!("Find {items}"),
    filter: |column| format!("Filter by {}", in_sentence(column)),
    any: |column| format!("Any {}", in_sentence(column)),
    value: |value, count| format!("{value} ({})", grouped(count)),
    select_all: "Select all",
    select: |number, text| format!("Select row {number}, {text}"),
    no_matches: "No matches",
    clear: "Clear filter",
    matches: |count| match count {
        0 => "No matches".into(),
        count => format!(
            "{} {}",
            grouped(count),
            if count == 1 { "match" } else { "matches" }
        ),
    },
    range: |first, last, count| {
        let [first, last, count] = [first, last, count].map(grouped);
        format!("{first} to {last} of {count}")
    },
    pages: "Pages",
    turns: ["First page", "Previous page", "Next page", "Last page"],
};

/// `10000` → `10,000`
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Behind a heading: how many there are, and how many of them are selected.
pub fn counter(selected: usize, total: usize) -> String {
    match selected {
        0 => format!("({})", grouped(total)),
        selected => format!("({}/{})", grouped(selected), grouped(total)),
    }
}

/// What is copied or saved.
pub fn taken(selected: usize, matching: usize, total: usize) -> String {
    match (selected, matching) {
        (0, all) if all == total => format!("All {}", grouped(total)),
        (0, matching) => (TABLE.matches)(matching),
        (selected, _) => format!("{} selected", grouped(selected)),
    }
}

pub const COPY_ROWS: &str = "Copy rows";

/// On a button that saves rows as CSV or JSON: which ones, where those are not all.
pub fn download(format: &str, selected: usize, matching: usize, total: usize) -> String {
    match (selected, matching) {
        (0, all) if all == total => format!("Download {format}"),
        (0, matching) => format!("Download {} as {format}", (TABLE.matches)(matching)),
        (1, _) => format!("Download 1 selected row as {format}"),
        (selected, _) => format!("Download {} selected rows as {format}", grouped(selected)),
    }
}

pub fn rows(count: usize) -> String {
    counted(count, "row", "rows")
}

pub fn saved(rows: usize, file: &str, is_saved: bool) -> String {
    match is_saved {
        true => format!("{} saved as {file}", self::rows(rows)),
        false => format!("{file} could not be saved: the browser does not allow it here."),
    }
}

/// `BatchDoThings-associations`
pub fn file_name(operation: &str, what: &str) -> String {
    let what = what.to_ascii_lowercase();
    let safe = what
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    format!("{operation}-{}", safe.collect::<String>())
}
