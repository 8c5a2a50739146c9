use leptos::prelude::*;

use super::{ApiName, Markup, el};

/// The page's h1, and a line with its API name and what it is about.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional, into)] description: Markup,
    #[prop(optional, into)] api_name: String,
    /// Stands beside the title.
    #[prop(optional)]
    badge: Markup,
) -> Markup {
    let line = (!description.is_nothing() || !api_name.is_empty()).then(|| {
        el("p")
            .class("page-description")
            .child(view! { <ApiName name=api_name /> })
            .child(el("span").child(description))
    });
    let text = el("div")
        .class("page-header-text")
        .child(
            el("div")
                .class("page-title")
                .child(el("h1").attr("tabindex", "-1").child(title))
                .child(badge),
        )
        .child(line);
    el("div").class("page-header").child(text).into()
}
