//! What tables of many rows say, and what is done with their rows.

use crate::{grouped, in_sentence, texts};

#[must_use]
pub fn filter(column: &str) -> String {
    texts::filter_by(&in_sentence(column))
}

#[must_use]
pub fn any(column: &str) -> String {
    texts::any_of(&in_sentence(column))
}

#[must_use]
pub fn select(number: usize, text: &str) -> String {
    texts::select_row(&number.to_string(), text)
}

#[must_use]
pub fn matches(count: usize) -> String {
    match count {
        0 => texts::no_matches().into(),
        count => texts::some_matches(count),
    }
}

#[must_use]
pub fn range(first: usize, last: usize, count: usize) -> String {
    texts::range_of(&grouped(first), &grouped(last), count)
}

/// Behind a heading: how many there are, and how many of them are selected.
#[must_use]
pub fn counter(selected: usize, total: usize) -> String {
    match selected {
        0 => ["(", &grouped(total), ")"].concat(),
        selected => ["(", &grouped(selected), "/", &grouped(total), ")"].concat(),
    }
}

/// Behind the heading of settings: how many a form shows, of all there are.
#[must_use]
pub fn settings_shown(shown: usize, all: usize) -> String {
    texts::settings_of(&grouped(shown), &grouped(all))
}

/// What is copied or saved: `2 selected rows`.
#[must_use]
pub fn taken(selected: usize, matching: usize, total: usize) -> String {
    match (selected, matching) {
        (0, all) if all == total => texts::all_rows(total),
        (0, matching) => texts::matching_rows(matching),
        (selected, _) => texts::selected_rows(selected),
    }
}

/// On the button that copies rows: which ones, where those are not all.
#[must_use]
pub fn copy_rows_of(selected: usize, matching: usize, total: usize) -> String {
    match (selected, matching) {
        (0, all) if all == total => texts::copy_rows().into(),
        (0, matching) => texts::copy_matching(matching),
        (selected, _) => texts::copy_selected(selected),
    }
}

#[must_use]
pub fn saved(rows: usize, file: &str, is_saved: bool) -> String {
    match is_saved {
        true => texts::rows_saved(rows, file),
        false => texts::not_saved(file),
    }
}

/// `BatchDoThings-associations`
#[must_use]
pub fn file_name(operation: &str, what: &str) -> String {
    let what = what.to_ascii_lowercase();
    let safe = what
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    [operation, "-", &safe.collect::<String>()].concat()
}
