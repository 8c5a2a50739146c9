//! The start page, and the page for addresses that lead nowhere.

use super::nearest::nearest;
use super::operations_list::{Listed, entry, operations_table};
use super::recent::recent_runs;
use super::scenarios::Scenarios;
use super::target::target_trouble;
use super::tour::tour_button;
use crate::form::PasteCommand;
use crate::lazy_view::lazy_view;
use crate::search_button::search_button;
use crate::state::{Console, Favorite, Route};
use crate::ui::{Container, Markup, PageHeader, el, when};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Home(console: Console) -> Markup {
    let text = match console.counted() {
        Some((operations, services)) => words::search_counted(&operations, &services),
        None => words::search_all().to_owned(),
    };
    let search = search_button(console, &text).attr("autofocus", "");
    let ways = el("div")
        .class("home-search")
        .child(search)
        .child(view! { <PasteCommand console /> })
        .child(console.offers_tour().then(|| tour_button(console)));
    let has_recent = move || !console.recent().is_empty();
    let recent = when(has_recent, move || {
        lazy_view(console, move || recent_runs(console))
    });
    let used = el("div")
        .class("home-used")
        .child(recent)
        .child(favorites(console));
    (
        view! { <PageHeader title=words::home_title() description=words::home_description() /> },
        ways,
        target_trouble(console),
        used,
        view! { <Scenarios console /> },
        built_in(console),
    )
        .into()
}

/// Those there are when the page is opened: one whose mark is taken away stays until it is left, so
/// that it can be marked again.
fn favorites(console: Console) -> Option<Markup> {
    let all = untrack(move || console.favorites());
    let rows = all.iter().rev().map(|of| {
        let listed = Listed {
            of: of.clone(),
            title: console.operation_title(&of.service, &of.operation),
            description: of.service_title.clone(),
            has_words: true,
        };
        entry(console, listed, "")
    });
    let content = Markup::from(operations_table(rows.collect()));
    (!all.is_empty())
        .then(|| view! { <Container title=words::favorites()>{content}</Container> }.into())
}

/// The operations that the project is about, and the way to all others.
fn built_in(console: Console) -> Markup {
    let mut rows = Vec::new();
    let mut ways = el("div").class("home-ways");
    let way = |address: &str, text: &str| el("a").attr("href", address).child(text);
    for service in console.catalog {
        let all = words::operations_of(&service.title);
        ways = ways.child(way(&Route::of_service(&service.name), &all));
        let offered = service.operations.iter();
        for operation in offered.filter(|operation| !operation.summary.is_empty()) {
            let listed = Listed {
                of: Favorite::of_catalog(service, operation),
                title: operation.title.clone(),
                description: operation.summary.clone(),
                has_words: true,
            };
            rows.push(entry(console, listed, &service.title));
        }
    }
    let ways = ways.child(way(Route::SERVICES, words::services_by_category()));
    view! {
        <Container title=words::built_in() description=words::built_in_hint()>
            {Markup::from(operations_table(rows))}
            {Markup::from(ways)}
        </Container>
    }
    .into()
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
