use leptos::prelude::*;

use super::identity::fresh_id;

/// A titled box for one group of members or one result.
#[component]
pub fn Container(
    #[prop(into)] title: Signal<String>,
    /// Shown after the title, with its brackets: "(4)".
    #[prop(optional, into)]
    counter: Signal<String>,
    #[prop(optional, into)] description: Signal<String>,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
    #[prop(optional, into)] footer: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let heading = fresh_id("container");
    let filled = |text: Signal<String>| Some(text.get()).filter(|text| !text.is_empty());
    view! {
        <section class="container" aria-labelledby=heading>
            <div class="container-header">
                <div class="container-heading">
                    <h2 id=heading.clone() tabindex="-1">
                        {title}
                        {move || {
                            filled(counter)
                                .map(|count| {
                                    view! { <span class="counter">" " {count}</span> }
                                })
                        }}
                    </h2>
                    {move || {
                        filled(description).map(|text| view! { <p class="description">{text}</p> })
                    }}
                </div>
                {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
            </div>
            <div class="container-body">{children()}</div>
            {footer.map(|footer| view! { <div class="container-footer">{footer.run()}</div> })}
        </section>
    }
}
