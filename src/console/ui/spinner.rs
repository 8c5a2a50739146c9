use leptos::prelude::*;

/// A turning ring for waits of one to ten seconds; the words beside it come from the caller.
#[component]
pub fn Spinner(#[prop(optional)] large: bool) -> impl IntoView {
    view! { <span class="spinner" class:spinner-large=large aria-hidden="true"></span> }
}
