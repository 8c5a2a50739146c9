use leptos::prelude::*;

use super::ApiName;

/// A service and its operations in the side navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavGroup {
    pub heading: String,
    pub links: Vec<NavLink>,
}

/// One destination; `caption` is the API name shown under the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    pub href: String,
    pub title: String,
    pub caption: String,
}

/// Groups of links; the link whose href equals `current` is the page being shown.
#[component]
pub fn SideNav(
    #[prop(into)] groups: Signal<Vec<NavGroup>>,
    #[prop(into)] current: Signal<String>,
) -> impl IntoView {
    let link = move |link: NavLink| {
        let href = link.href.clone();
        let here = move || current.with(|current| *current == href).then_some("page");
        view! {
            <li>
                <a class="nav-link" href=link.href aria-current=here>
                    <span class="nav-link-title">{link.title}</span>
                    {(!link.caption.is_empty())
                        .then(|| view! { <ApiName name=link.caption /> })}
                </a>
            </li>
        }
    };
    let group = move |group: NavGroup| {
        view! {
            <details class="nav-group" open>
                <summary>{group.heading}</summary>
                <ul role="list">{group.links.into_iter().map(link).collect_view()}</ul>
            </details>
        }
    };
    view! {
        <div class="side-nav">
            {move || groups.get().into_iter().map(group).collect_view()}
        </div>
    }
}
