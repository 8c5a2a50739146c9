use leptos::prelude::*;

use super::{Button, Glyph, Icon, Markup, Variant, el, when};

/// Asks its caller to copy something. `label` names what ("Copy product ARN");
/// `status` is shown beside it once the caller knows the result and is not
/// announced here: the page's live region says it.
#[component]
pub fn CopyButton(
    #[prop(into)] label: String,
    #[prop(into)] on_copy: Callback<()>,
    #[prop(into)] status: Signal<String>,
    /// Shows the label as the button's text instead of only the icon.
    #[prop(optional)]
    labelled: bool,
) -> Markup {
    let button: Markup = if labelled {
        view! {
            <Button on_click=on_copy icon=Glyph::Copy>
                {label}
            </Button>
        }
        .into()
    } else {
        view! { <Button variant=Variant::Icon on_click=on_copy icon=Glyph::Copy label /> }.into()
    };
    let shown = move || {
        el("span")
            .class("copy-status")
            .attr("aria-hidden", "true")
            .child(view! { <Icon glyph=Glyph::Success /> })
            .child(status)
    };
    el("span")
        .class("copy")
        .child(button)
        .child(when(move || status.with(|text| !text.is_empty()), shown))
        .into()
}
