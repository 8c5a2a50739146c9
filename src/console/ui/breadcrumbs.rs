use leptos::prelude::*;

use super::{Glyph, Icon};

/// One step on the way to the page; the last one is the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// The way from the start page to this one.
#[component]
pub fn Breadcrumbs(
    #[prop(into)] label: String,
    #[prop(into)] crumbs: Signal<Vec<Crumb>>,
) -> impl IntoView {
    let steps = move || {
        let crumbs = crumbs.get();
        let last = crumbs.len().saturating_sub(1);
        crumbs
            .into_iter()
            .enumerate()
            .map(|(index, crumb)| {
                if index == last {
                    view! { <li class="crumb"><span aria-current="page">{crumb.text}</span></li> }
                        .into_any()
                } else {
                    view! {
                        <li class="crumb">
                            <a href=crumb.href>{crumb.text}</a>
                            <Icon glyph=Glyph::Angle />
                        </li>
                    }
                    .into_any()
                }
            })
            .collect_view()
    };
    view! {
        <nav class="breadcrumbs" aria-label=label>
            <ol role="list">{steps}</ol>
        </nav>
    }
}
