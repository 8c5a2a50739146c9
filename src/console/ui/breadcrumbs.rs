use leptos::prelude::*;

use super::{Glyph, Icon, Markup, el};

/// One step on the way to the page; the last one is the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub text: String,
    pub href: String,
}

/// The way from the start page to this one.
#[component]
pub fn Breadcrumbs(label: &'static str, crumbs: Vec<Crumb>) -> Markup {
    let mut steps = el("ol").attr("role", "list");
    let last = crumbs.len().saturating_sub(1);
    for (index, crumb) in crumbs.into_iter().enumerate() {
        let step = el("li").class("crumb");
        steps = steps.child(if index == last {
            step.child(el("span").attr("aria-current", "page").child(crumb.text))
        } else {
            step.child(el("a").attr("href", &crumb.href).child(crumb.text))
                .child(view! { <Icon glyph=Glyph::Angle /> })
        });
    }
    el("nav")
        .class("breadcrumbs")
        .attr("aria-label", label)
        .child(steps)
        .into()
}
