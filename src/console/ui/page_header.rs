use leptos::{html, prelude::*};

use super::ApiName;

/// The page's h1 with its API name, one-line description and actions at the right.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] description: Signal<String>,
    #[prop(optional, into)] api_name: Signal<String>,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
    /// The h1, which can take focus after navigation.
    #[prop(optional)]
    title_ref: NodeRef<html::H1>,
) -> impl IntoView {
    let filled = |text: Signal<String>| Some(text.get()).filter(|text| !text.is_empty());
    view! {
        <div class="page-header">
            <div class="page-header-text">
                <h1 node_ref=title_ref tabindex="-1">{title}</h1>
                {move || filled(api_name).map(|name| view! { <ApiName name=name /> })}
                {move || {
                    filled(description).map(|text| view! { <p class="page-description">{text}</p> })
                }}
            </div>
            {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
        </div>
    }
}
