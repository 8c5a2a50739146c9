use leptos::prelude::*;

use super::{ApiName, Markup, el};

/// The page's h1 with its API name and one-line description.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: String,
    #[prop(optional, into)] api_name: String,
    /// Stands beside the title.
    #[prop(optional)]
    badge: Markup,
) -> Markup {
    let description =
        (!description.is_empty()).then(|| el("p").class("page-description").child(description));
    let text = el("div")
        .class("page-header-text")
        .child(
            el("div")
                .class("page-title")
                .child(el("h1").attr("tabindex", "-1").child(title))
                .child(badge),
        )
        .child(view! { <ApiName name=api_name /> })
        .child(description);
    el("div").class("page-header").child(text).into()
}
