use leptos::prelude::*;

use super::{Button, Glyph, Kind, Markup, Variant, el, live};

/// Asks its caller to copy something. `label` names what ("Copy product ARN");
/// `status` is shown beside it once the caller knows the result and is not
/// announced here: the page's live region says it.
#[component]
pub fn CopyButton(
    #[prop(into)] label: String,
    #[prop(into)] on_copy: Callback<()>,
    #[prop(into)] status: Signal<Option<Result<String, (String, String)>>>,
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
    copying(button, status)
}

/// A button, and beside it what became of what it copied; the text itself where the browser refused it.
pub fn copying(button: Markup, status: Signal<Option<Result<String, (String, String)>>>) -> Markup {
    let shown = live(move || {
        let said = status.get()?;
        let kind = if said.is_ok() {
            Kind::Success
        } else {
            Kind::Warning
        };
        let (sentence, text) = match said {
            Ok(sentence) => (sentence, String::new()),
            Err(refused) => refused,
        };
        let text = (!text.is_empty()).then(|| {
            el("textarea")
                .class("input mono")
                .attr("readonly", "")
                .attr("rows", "3")
                .attr("aria-label", &sentence)
                .child(text)
        });
        let shown = el("span")
            .class("copy-status")
            .attr("data-kind", kind.word())
            .attr("aria-hidden", "true");
        Some((shown.child(kind.mark()).child(sentence), text))
    });
    el("span").class("copy").child(button).child(shown).into()
}
