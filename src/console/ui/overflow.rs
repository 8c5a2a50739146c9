use leptos::{ev, html, prelude::*};

/// Whether an element's content is wider or higher than it, looked at again
/// whenever `cause` or the window's size changes.
pub fn track_overflow(node: NodeRef<html::Div>, cause: Signal<usize>) -> Signal<bool> {
    let overflows = RwSignal::new(false);
    let look = move || {
        if let Some(element) = node.get_untracked() {
            let now = element.scroll_width() > element.client_width()
                || element.scroll_height() > element.client_height();
            if overflows.get_untracked() != now {
                overflows.set(now);
            }
        }
    };
    Effect::new(move |_| {
        cause.track();
        if node.get().is_some() {
            // Sizes are known only once the browser has laid the content out.
            request_animation_frame(look);
        }
    });
    let resize = window_event_listener(ev::resize, move |_| look());
    on_cleanup(move || resize.remove());
    overflows.into()
}
