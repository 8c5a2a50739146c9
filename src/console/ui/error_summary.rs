use leptos::{html, prelude::*};

use super::identity::fresh_id;
use super::{Glyph, Icon};

/// One violation, worded as at its field; `on_follow` moves focus there.
#[derive(Clone)]
pub struct SummaryItem {
    pub text: String,
    pub on_follow: Callback<()>,
}

/// Every violation that kept a request from being sent. It takes focus itself,
/// so it is a group and not an alert: it would be read twice.
/// The fragment belongs to deep links, so the entries are buttons that look like links.
#[component]
pub fn ErrorSummary(
    #[prop(into)] heading: String,
    #[prop(into)] items: Signal<Vec<SummaryItem>>,
    #[prop(optional)] node_ref: NodeRef<html::Div>,
    /// What else can be done, such as sending anyway.
    #[prop(optional, into)]
    action: Option<ViewFn>,
) -> impl IntoView {
    let heading_id = fresh_id("summary");
    let entry = |item: SummaryItem| {
        view! {
            <li>
                <button type="button" class="text-link" on:click=move |_| item.on_follow.run(())>
                    {item.text}
                </button>
            </li>
        }
    };
    view! {
        <div
            class="summary"
            role="group"
            tabindex="-1"
            aria-labelledby=heading_id
            node_ref=node_ref
        >
            <h2 id=heading_id.clone()>
                <Icon glyph=Glyph::Error />
                {heading}
            </h2>
            <ul role="list">{move || items.get().into_iter().map(entry).collect_view()}</ul>
            {action.map(|action| view! { <div class="actions">{move || action.run()}</div> })}
        </div>
    }
}
