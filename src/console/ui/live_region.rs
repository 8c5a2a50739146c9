use leptos::prelude::*;

/// The page's one polite status: present from the start, so that a change of
/// its text is announced.
#[component]
pub fn LiveRegion(#[prop(into)] message: Signal<String>) -> impl IntoView {
    view! {
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">
            {message}
        </div>
    }
}
