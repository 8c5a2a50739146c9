//! One operation: its form and what came of it.

use crate::form::{FormNotice, OperationForm};
use crate::result::ResultView;
use crate::state::Form;
use crate::text;
use crate::ui::{Kind, PageHeader, StatusIndicator};
use leptos::prelude::*;

#[component]
pub fn OperationPage(form: Form) -> impl IntoView {
    let operation = form.operation;
    let target = form.console;
    let kind = Signal::derive(move || match target.target().is_sandbox() {
        true => Kind::Info,
        false => Kind::Warning,
    });
    let explained = Signal::derive(move || text::target_explained(target.target()).to_owned());
    view! {
        <PageHeader
            title=operation.title()
            description=operation.traits.documentation.clone().unwrap_or_default()
            api_name=operation.name().to_owned()
        />
        <StatusIndicator kind text=explained />
        <FormNotice form />
        <OperationForm form />
        <ResultView form />
    }
}
