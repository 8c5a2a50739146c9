//! Scrolling to what has opened.

use super::call_with;
use leptos::prelude::request_animation_frame;
use web_sys::Element;

/// Scrolls no further than it takes to see an element, once what has just changed is drawn; of one that
/// is larger than its room, the beginning.
pub fn soon_into_view(element: &Element) {
    let element = element.clone();
    request_animation_frame(move || {
        call_with(&element, "scrollIntoView", "block", "nearest".into());
    });
}
