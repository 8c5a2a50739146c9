//! The start page, and the page for addresses that lead nowhere.

use super::nearest::nearest;
use super::scenarios::Scenarios;
use super::target::TargetNotice;
use crate::form::PasteCommand;
use crate::lazy_view::lazy_view;
use crate::state::{Console, Route};
use crate::ui::{Container, Markup, PageHeader, description_of, el};
use formsmith_api::model::CatalogService;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Home(console: Console) -> Markup {
    let header =
        view! { <PageHeader title=words::home_title() description=words::home_description() /> };
    let mut services = el("div").class("stack");
    for service in console.catalog {
        let operations = operations(service);
        services = services.child(view! {
            <Container title=service.title.clone()>{operations}</Container>
        });
    }
    let scenarios = view! { <Scenarios console /> };
    (
        header,
        view! { <TargetNotice console /> },
        el("div").child(view! { <PasteCommand console /> }),
        scenarios,
        services,
    )
        .into()
}

fn operations(service: &CatalogService) -> Markup {
    let mut list = el("ul").class("examples").attr("role", "list");
    for operation in &service.operations {
        let href = Route::of_operation(&service.name, &operation.name);
        let link = el("a").attr("href", &href).child(operation.title.as_str());
        let description = description_of(&operation.documentation);
        list = list.child(el("li").child(link).child(description));
    }
    list.into()
}

#[component]
pub fn NotFound(console: Console, address: String) -> Markup {
    let nearest = lazy_view(console, move || nearest(console, address.clone()));
    (
        view! { <PageHeader title=words::not_found_title() description=words::not_found() /> },
        nearest,
    )
        .into()
}
