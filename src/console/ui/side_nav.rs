use leptos::prelude::*;

use super::{ApiName, Markup, el};

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

/// Links by themselves, then groups of links; the link whose href equals `current` is the page being shown.
#[component]
pub fn SideNav(above: Vec<NavLink>, groups: Vec<NavGroup>, current: Signal<String>) -> Markup {
    let mut links = el("ul").attr("role", "list");
    for link in above {
        links = links.child(entry(link, current));
    }
    let mut nav = el("div").class("side-nav").child(links);
    for group in groups {
        let mut links = el("ul").attr("role", "list");
        for link in group.links {
            links = links.child(entry(link, current));
        }
        let group = el("details")
            .class("nav-group")
            .attr("open", "")
            .child(el("summary").child(group.heading))
            .child(links);
        nav = nav.child(group);
    }
    nav.into()
}

fn entry(link: NavLink, current: Signal<String>) -> Markup {
    let entry = el("a")
        .class("nav-link")
        .attr("href", &link.href)
        .child(el("span").class("nav-link-title").child(link.title))
        .child(view! { <ApiName name=link.caption /> });
    let is_here = move || current.with(|current| *current == link.href);
    el("li")
        .child(entry.attr_while("aria-current", "page", is_here))
        .into()
}
