use leptos::prelude::*;
use web_sys::Element;

use super::{Markup, el};

/// The page's polite status, which is its only one: present from the start, so that a change of its
/// text is announced.
#[component]
pub fn LiveRegion(message: Signal<String>) -> Markup {
    el("div")
        .class("visually-hidden")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .attr("aria-atomic", "true")
        .child(message)
        .into()
}

/// Puts the status into a dialog that has just opened: of what is outside nothing is announced as long
/// as it is open. Without one it goes to where it was.
pub(super) fn status_into(dialog: Option<&Element>) {
    let found = document().query_selector(".visually-hidden[role=status]");
    let place = dialog
        .cloned()
        .or_else(|| document().body().map(Into::into));
    let Ok(Some(status)) = found else { return };
    let is_away = || matches!(status.closest("dialog"), Ok(Some(_)));
    if let Some(place) = place.filter(|_| dialog.is_some() || is_away()) {
        let _ = place.append_child(&status);
    }
}
