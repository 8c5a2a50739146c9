use leptos::prelude::*;
use web_sys::{Element, Event};

use crate::watch::listen;

/// Whether an element's content is wider or higher than it, looked at again
/// whenever the window's size changes.
pub fn track_overflow(element: &Element) -> RwSignal<bool> {
    let overflows = RwSignal::new(false);
    let element = element.clone();
    let look = move || {
        let now = element.scroll_width() > element.client_width()
            || element.scroll_height() > element.client_height();
        // The element may have left the page before it was looked at.
        if overflows
            .try_get_untracked()
            .is_some_and(|before| before != now)
        {
            overflows.set(now);
        }
    };
    // Sizes are known only once the browser has laid the content out.
    request_animation_frame(look.clone());
    listen(&window(), "resize", move |_: Event| look());
    overflows
}
