//! Links that fill a form.

use crate::join::listed_with;
use crate::problems::{json_type, quoted};
use crate::texts;

/// The members of a link that its operation doesn't have; nothing if there are none.
#[must_use]
pub fn members_left_out(names: &[String]) -> String {
    const ENOUGH: usize = 5;
    let mut named: Vec<String> = names.iter().take(ENOUGH).map(|it| quoted(it)).collect();
    if let Some(more) = names.len().checked_sub(ENOUGH).filter(|more| *more > 0) {
        named.push(texts::more_of_these(more));
    }
    match names.len() {
        0 => String::new(),
        count => texts::left_out(count, &listed_with(&named, texts::list_and)),
    }
}

/// The region that a link names can't be chosen here.
#[must_use]
pub fn link_region_unknown(named: &str, stays: &str) -> String {
    texts::region_unknown(&quoted(named), stays)
}

/// What a link has at one place, and the type it has to have there.
#[must_use]
pub fn link_of_wrong_type(found: &str, expected: &str) -> String {
    texts::link_does_not_fit(&quoted(found), json_type(expected))
}

/// The region that came with a pasted command.
#[must_use]
pub fn region_pasted(region: &str, is_offered: bool) -> String {
    match is_offered {
        true => texts::region_chosen(region),
        false => texts::region_not_offered(region),
    }
}
