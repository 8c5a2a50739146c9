//! The order of lists, and filters by time.

use crate::input::Input;

/// Sorts as the input asks, or else by the default.
pub fn sort<T>(
    input: Input<'_>,
    items: &mut [T],
    (default_by, default_order): (&str, &str),
    by: impl Fn(&T, &str) -> String,
) {
    let sort = input.structure("Sort");
    let asked = |member| sort.and_then(|sort| sort.optional_text(member));
    let name = asked("SortBy").unwrap_or(default_by);
    items.sort_by_cached_key(|item| by(item, name));
    if asked("SortOrder").unwrap_or(default_order) == "DESCENDING" {
        items.reverse();
    }
}

/// Is the moment or day within the bounds that `what` gives? Neither bound belongs to it.
pub fn is_within(input: Input<'_>, what: &str, value: &str) -> bool {
    let Some(bounds) = input.structure(what) else {
        return true;
    };
    let bound = |which: &str| bounds.optional_text(&format!("{which}{what}"));
    // Without the letter for UTC, texts are in the order of what they stand for.
    let plain = |text: &str| text.trim_end_matches('Z').to_owned();
    bound("After").is_none_or(|after| plain(value) > plain(after))
        && bound("Before").is_none_or(|before| plain(value) < plain(before))
}
