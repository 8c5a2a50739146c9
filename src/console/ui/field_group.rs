use leptos::prelude::*;

use super::ApiName;

/// A structure within a form: its members under one legend.
#[component]
pub fn FieldGroup(
    #[prop(into)] legend: String,
    #[prop(optional, into)] suffix: String,
    #[prop(optional, into)] api_name: String,
    #[prop(optional, into)] description: String,
    #[prop(optional, into)] actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field-group">
            <legend>
                {legend}
                {(!suffix.is_empty())
                    .then(|| view! { <span class="field-suffix">" " {suffix}</span> })}
            </legend>
            {(!api_name.is_empty()).then(|| view! { <ApiName name=api_name /> })}
            {(!description.is_empty())
                .then(|| view! { <p class="description">{description}</p> })}
            <div class="field-group-body">{children()}</div>
            {actions.map(|actions| view! { <div class="actions">{actions.run()}</div> })}
        </fieldset>
    }
}
