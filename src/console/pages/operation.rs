//! One operation: its form and what came of it.

use super::target::TargetNotice;
use crate::form::{FormNotice, OperationForm};
use crate::result::ResultView;
use crate::state::Form;
use crate::ui::{Markup, PageHeader};
use leptos::prelude::*;

#[component]
pub fn OperationPage(form: Form) -> Markup {
    let operation = form.operation;
    view! {
        <PageHeader
            title=operation.title()
            description=operation.traits.documentation.clone().unwrap_or_default()
            api_name=operation.name().to_owned()
        />
        <TargetNotice console=form.console only_reads=operation.traits.readonly />
        <FormNotice form />
        <OperationForm form />
        <ResultView form />
    }
    .into()
}
