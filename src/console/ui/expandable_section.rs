use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// A native disclosure; `on_toggle` hears whether it is open now.
#[component]
pub fn ExpandableSection(
    #[prop(into)] summary: Signal<String>,
    #[prop(optional, into)] caption: Signal<String>,
    #[prop(optional)] open: bool,
    #[prop(optional, into)] on_toggle: Option<Callback<bool>>,
    children: Children,
) -> impl IntoView {
    let toggled = move |event: ev::Event| {
        let details = event
            .current_target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
        if let (Some(details), Some(on_toggle)) = (details, on_toggle) {
            on_toggle.run(details.open());
        }
    };
    view! {
        <details class="expandable" open=open on:toggle=toggled>
            <summary>
                <span class="expandable-title">{summary}</span>
                {move || {
                    Some(caption.get())
                        .filter(|text| !text.is_empty())
                        .map(|text| view! { <span class="description">{text}</span> })
                }}
            </summary>
            <div class="expandable-body">{children()}</div>
        </details>
    }
}
