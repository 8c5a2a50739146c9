use leptos::prelude::*;

use super::{Button, Glyph, Kind, Variant};

/// A notice at the top of the page. The caller gives the role, because only it
/// knows whether the live region already says the same.
#[component]
pub fn Flash(
    #[prop(into)] kind: Signal<Kind>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] role: Option<String>,
    #[prop(optional, into)] action: Option<ViewFnOnce>,
    #[prop(optional, into)] on_dismiss: Option<Callback<()>>,
    #[prop(optional, into)] dismiss_label: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="flash" data-kind=move || kind.get().word() role=role>
            {move || kind.get().mark()}
            <div class="flash-body">
                <div class="flash-text">
                    <strong class="flash-title">{title}</strong>
                    {children.map(|children| view! { <div>{children()}</div> })}
                </div>
                {action.map(|action| view! { <div class="actions">{action.run()}</div> })}
            </div>
            {on_dismiss
                .map(|on_dismiss| {
                    view! {
                        <Button
                            variant=Variant::Icon
                            icon=Glyph::Close
                            label=dismiss_label
                            on_click=move |_| on_dismiss.run(())
                        />
                    }
                })}
        </div>
    }
}
