use leptos::prelude::*;

use super::identity::fresh_id;
use super::{Glyph, Icon, Markup, el, text_link};

/// One violation, worded as at its field; `on_follow` moves focus there.
#[derive(Clone)]
pub struct SummaryItem {
    pub text: String,
    pub on_follow: Callback<()>,
}

impl From<SummaryItem> for Markup {
    fn from(item: SummaryItem) -> Self {
        el("li").child(text_link(&item.text, item.on_follow)).into()
    }
}

/// Every violation that kept a request from being sent. It takes focus itself,
/// so it is a group and not an alert: it would be read twice.
/// The fragment belongs to deep links, so the entries are buttons that look like links.
#[component]
pub fn ErrorSummary(
    id: &'static str,
    heading: &'static str,
    /// The `SummaryItem`s.
    #[prop(into)]
    items: Markup,
    /// What else can be done, such as sending anyway.
    #[prop(into)]
    action: Markup,
) -> Markup {
    let heading_id = fresh_id("summary");
    let title = el("h2")
        .attr("id", &heading_id)
        .child(view! { <Icon glyph=Glyph::Error /> })
        .child(heading);
    el("div")
        .class("summary")
        .attr("id", id)
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", &heading_id)
        .child(title)
        .child(el("ul").attr("role", "list").child(items))
        .child(el("div").class("actions").child(action))
        .into()
}
