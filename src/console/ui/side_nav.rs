use leptos::prelude::*;

use super::{Markup, el, live};

/// Links under a heading; nothing is shown of a group without links.
#[derive(Clone, Copy)]
pub struct NavGroup {
    pub heading: Signal<String>,
    pub links: Signal<Vec<NavLink>>,
}

/// One destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    pub href: String,
    pub title: String,
}

/// Links by themselves, groups of links, and a link after all; the link whose href equals `current`
/// is the page being shown.
#[component]
pub fn SideNav(
    above: Vec<NavLink>,
    groups: Vec<NavGroup>,
    below: NavLink,
    current: Signal<String>,
) -> Markup {
    let mut nav = el("div").class("side-nav").child(list(above, current));
    for NavGroup { heading, links } in groups {
        let entries = live(move || list(links.get(), current));
        let group = el("details")
            .class("nav-group")
            .attr("open", "")
            .attr_while("hidden", "", move || links.with(Vec::is_empty))
            .child(el("summary").child(heading))
            .child(entries);
        nav = nav.child(group);
    }
    nav.child(list(vec![below], current)).into()
}

fn list(links: Vec<NavLink>, current: Signal<String>) -> Markup {
    let mut list = el("ul").attr("role", "list");
    for link in links {
        let entry = el("a")
            .class("nav-link")
            .attr("href", &link.href)
            .child(link.title);
        let is_here = move || current.with(|current| *current == link.href);
        list = list.child(el("li").child(entry.attr_while("aria-current", "page", is_here)));
    }
    list.into()
}
