//! `SortOrder`: ascending unless the other is asked for.

use crate::input::Input;

/// Turns what has been sorted in ascending order into the order that is asked for.
pub fn apply<T>(input: Input<'_>, sorted: &mut [T]) {
    if input.text("SortOrder") == "DESCENDING" {
        sorted.reverse();
    }
}
