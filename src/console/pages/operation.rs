//! One operation: its form and what came of it.

use super::own;
use super::target::TargetNotice;
use crate::form::{FormNotice, OperationForm};
use crate::lazy_view::lazy_view;
use crate::result::ResultView;
use crate::state::Form;
use crate::ui::{Markup, PageHeader};
use leptos::prelude::*;

#[component]
pub fn OperationPage(form: Form) -> Markup {
    let (console, operation) = (form.console, form.operation);
    let is_built_in = console.is_built_in(&form.service.name, operation.name());
    let about = (!is_built_in).then(|| lazy_view(console, move || own::about(form)));
    view! {
        <PageHeader
            title=operation.title()
            description=operation.traits.documentation.clone().unwrap_or_default()
            api_name=operation.name().to_owned()
        />
        <TargetNotice console only_reads=operation.traits.readonly />
        {about}
        <FormNotice form />
        <OperationForm form />
        <ResultView form />
    }
    .into()
}
