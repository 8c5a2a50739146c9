use leptos::prelude::*;

use super::{Button, Glyph, Icon, Variant};

/// Asks its caller to copy something. `label` names what ("Copy product ARN");
/// `status` is shown beside it once the caller knows the result and is not
/// announced here: the page's live region says it.
#[component]
pub fn CopyButton(
    #[prop(into)] label: String,
    #[prop(into)] on_copy: Callback<()>,
    #[prop(optional, into)] status: Signal<String>,
    /// Shows the label as the button's text instead of only the icon.
    #[prop(optional)]
    labelled: bool,
) -> impl IntoView {
    let press = move |_| on_copy.run(());
    let button = if labelled {
        view! {
            <Button on_click=press icon=Glyph::Copy>
                {label}
            </Button>
        }
        .into_any()
    } else {
        view! { <Button variant=Variant::Icon on_click=press icon=Glyph::Copy label=label /> }
            .into_any()
    };
    view! {
        <span class="copy">
            {button}
            {move || {
                let text = status.get();
                (!text.is_empty())
                    .then(|| {
                        view! {
                            <span class="copy-status" aria-hidden="true">
                                <Icon glyph=Glyph::Success />
                                {text}
                            </span>
                        }
                    })
            }}
        </span>
    }
}
