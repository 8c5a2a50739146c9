//! One operation: its form and what came of it.

use crate::form::{FormNotice, OperationForm};
use crate::result::ResultView;
use crate::state::Form;
use crate::text;
use crate::ui::{Kind, Markup, PageHeader, StatusIndicator, live};
use leptos::prelude::*;

#[component]
pub fn OperationPage(form: Form) -> Markup {
    let operation = form.operation;
    // Going elsewhere is no consent: the review has to be asked for again.
    on_cleanup(move || form.decide(false));
    let target = live(move || {
        let target = form.console.target();
        let kind = match target.is_sandbox() {
            true => Kind::Info,
            false => Kind::Warning,
        };
        view! { <StatusIndicator kind text=text::target_explained(target) /> }
    });
    view! {
        <PageHeader
            title=operation.title()
            description=operation.traits.documentation.clone().unwrap_or_default()
            api_name=operation.name().to_owned()
        />
        {target}
        <FormNotice form />
        <OperationForm form />
        <ResultView form />
    }
    .into()
}
