//! The parts of a result, above and beneath their form or together beside it.

use crate::watch::listen;
use leptos::prelude::*;
use web_sys::{Element, Event};

/// Where form and result stand beside each other; style/components/split.css has the same.
const WIDE: &str = "(min-width: 1900px)";

/// Puts what came of a run above its form, and the rest beneath that; where there is room for both
/// beside each other, all of it after the form. Both parts go with the owner that is there now.
pub fn arrange(result: Element, rest: Element, [above, below]: [Element; 2]) {
    let parts = Parts { result, rest };
    let (result, rest) = (parts.result.clone(), parts.rest.clone());
    StoredValue::new_local(parts);
    let Some(query) = window().match_media(WIDE).ok().flatten() else {
        return;
    };
    let is_wide = query.clone();
    let arrange = move || {
        let [of_result, of_rest] = match is_wide.matches() {
            true => [&below, &result],
            false => [&above, &below],
        };
        // An element that is moved loses the focus.
        if result.parent_element().as_ref() != Some(of_result) {
            let _ = of_result.append_child(&result);
        }
        let _ = of_rest.append_child(&rest);
    };
    arrange();
    listen(&query, "change", move |_: Event| arrange());
}

struct Parts {
    result: Element,
    rest: Element,
}

impl Drop for Parts {
    fn drop(&mut self) {
        self.rest.remove();
        self.result.remove();
    }
}
