use leptos::prelude::*;

/// Text to be read exactly: a request, a response, a command.
#[component]
pub fn CodeBlock(
    #[prop(into)] label: String,
    #[prop(into)] text: Signal<String>,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
) -> impl IntoView {
    view! {
        <div class="code-block">
            {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
            <pre tabindex="0" role="region" aria-label=label>
                <code>{text}</code>
            </pre>
        </div>
    }
}
