//! What lists of choices beneath a field have in common.

use leptos::prelude::document;

/// The choice after or before another, round the ends; from none the first or the last. `count` is at
/// least one.
pub fn turned(is_down: bool, at: Option<usize>, count: usize) -> usize {
    match is_down {
        true => at.map_or(0, |at| (at + 1) % count),
        false => at.map_or(count - 1, |at| (at + count - 1) % count),
    }
}

/// Scrolls a list no further than it takes to see a choice.
pub fn reveal(list: &str, choice: &str) {
    let (Some(list), Some(choice)) = (
        document().get_element_by_id(list),
        document().get_element_by_id(choice),
    ) else {
        return;
    };
    let (around, at) = (
        list.get_bounding_client_rect(),
        choice.get_bounding_client_rect(),
    );
    let over = (at.bottom() - around.bottom()).max(0.0) + (at.top() - around.top()).min(0.0);
    list.set_scroll_top(list.scroll_top() + over as i32);
}
