//! Filters of lists.

use crate::input::Input;

/// Does the filter let something through? It lists what is looked for; one that is absent or
/// lists nothing lets everything through.
pub fn admits(filters: Option<Input<'_>>, member: &str, is_met: impl FnMut(&str) -> bool) -> bool {
    let looked_for = filters
        .into_iter()
        .flat_map(|filters| filters.texts(member));
    let mut looked_for = looked_for.peekable();
    looked_for.peek().is_none() || looked_for.any(is_met)
}
