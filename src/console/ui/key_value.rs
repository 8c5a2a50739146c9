use leptos::prelude::*;

use super::ApiName;

/// The facts of one record, as pairs in columns.
#[component]
pub fn KeyValues(children: Children) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// One pair, with a place for a copy button before the value.
#[component]
pub fn KeyValue(
    #[prop(into)] label: String,
    #[prop(optional, into)] api_name: String,
    #[prop(optional, into)] copy: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-value">
            <dt>
                {label}
                {(!api_name.is_empty())
                    .then(|| view! { <ApiName name=api_name /> })}
            </dt>
            <dd>{copy.map(ViewFnOnce::run)} <span class="key-value-text">{children()}</span></dd>
        </div>
    }
}
