use leptos::prelude::*;

use super::{Markup, el};

/// Names up to this long fit wherever they are shown.
const FITS: usize = 28;

/// A name as the API spells it; a long one may break between its words. Nothing without a name.
#[component]
pub fn ApiName(
    #[prop(into)] name: String,
    /// Hides it where the same name stands in other words for assistive technology.
    #[prop(optional)]
    decorative: bool,
    /// In a narrow place a short one may break, too.
    #[prop(optional)]
    breaks: bool,
) -> Markup {
    if name.is_empty() {
        return Markup::default();
    }
    let mut code = el("code")
        .class("api-name")
        .attr_if("aria-hidden", decorative.then_some("true"));
    let mut rest = name.as_str();
    if name.len() <= FITS && !breaks {
        return code.child(name).into();
    }
    while !rest.is_empty() {
        let is_start = |&(at, letter): &(usize, char)| at > 0 && letter.is_uppercase();
        let next = rest.char_indices().find(is_start).map(|(at, _)| at);
        let (word, after) = rest.split_at(next.unwrap_or(rest.len()));
        code = code.child(word).child(el("wbr"));
        rest = after;
    }
    code.into()
}
