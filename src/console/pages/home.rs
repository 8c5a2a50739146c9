//! The start page, and the page for addresses that lead nowhere.

use crate::state::{Console, Route};
use crate::text;
use crate::ui::{Container, PageHeader};
use leptos::prelude::*;

#[component]
pub fn Home(console: Console) -> impl IntoView {
    let services = console.model.services().iter().map(|service| {
        let operations = service.operations.iter().map(|operation| {
            let href = Route::of_operation(&service.endpoint_prefix, operation.name());
            let description = operation.traits.documentation.clone();
            view! {
                <li>
                    <a href=href>{operation.title()}</a>
                    <p class="description">{description}</p>
                </li>
            }
        });
        view! {
            <Container title=service.title.clone()>
                <ul class="examples" role="list">{operations.collect_view()}</ul>
            </Container>
        }
    });
    view! {
        <PageHeader title=text::HOME_TITLE description=text::HOME_DESCRIPTION />
        <p>{move || text::target_explained(console.target())}</p>
        <div class="stack">{services.collect_view()}</div>
    }
}

#[component]
pub fn NotFound() -> impl IntoView {
    view! { <PageHeader title=text::NOT_FOUND_TITLE description=text::NOT_FOUND /> }
}
