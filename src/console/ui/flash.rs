use leptos::prelude::*;

use super::{Button, Glyph, Kind, Markup, Variant, actions_of, el};

/// A notice at the top of the page. It has no role: the page's live region says the same.
#[component]
pub fn Flash(
    kind: Kind,
    #[prop(into)] title: String,
    #[prop(optional, into)] action: Option<Markup>,
    #[prop(optional, into)] on_dismiss: Option<Callback<()>>,
    #[prop(optional)] dismiss_label: &'static str,
    #[prop(optional)] children: Option<Markup>,
) -> Markup {
    let text = el("div")
        .class("flash-text")
        .child(el("strong").class("flash-title").child(title))
        .child(children.map(|children| el("div").child(children)));
    let dismiss = on_dismiss.map(|on_dismiss| {
        view! {
            <Button
                variant=Variant::Icon
                icon=Glyph::Close
                label=dismiss_label
                on_click=on_dismiss
            />
        }
    });
    el("div")
        .class("flash")
        .attr("data-kind", kind.word())
        .child(kind.mark())
        .child(
            el("div")
                .class("flash-body")
                .child(text)
                .child(actions_of(action)),
        )
        .child(dismiss)
        .into()
}
