//! The ways to other pages: the side navigation, and the breadcrumbs above a page.

use crate::star::star;
use crate::state::{Console, Favorite, Route};
use crate::ui::{Breadcrumbs, Crumb, Markup, NavGroup, NavLink, SideNav, live};
use formsmith_words as words;
use leptos::prelude::*;

/// So many favorites stand here; all of them stand on the start page.
const MOST: usize = 8;

fn link(href: impl Into<String>, title: impl Into<String>) -> NavLink {
    NavLink {
        href: href.into(),
        title: title.into(),
    }
}

/// Pages, the service that the person is in, favorites and what was used last: never what grows
/// with the number of operations.
#[component]
pub fn Navigation(console: Console) -> Markup {
    let operation = move |service: &str, operation: &str| {
        let title = console.operation_title(service, operation);
        link(Route::of_operation(service, operation), title)
    };
    let service = NavGroup {
        heading: Signal::derive(move || console.service_here().unwrap_or_default().1),
        links: Signal::derive(move || {
            let Some((service, _)) = console.service_here() else {
                return Vec::new();
            };
            let all = link(Route::of_service(&service), words::all_of_service());
            let here = match console.route() {
                Route::Operation { operation: it, .. } => Some(operation(&service, &it)),
                _ => None,
            };
            [all].into_iter().chain(here).collect()
        }),
    };
    let favorites = NavGroup {
        heading: Signal::stored(words::favorites().to_owned()),
        links: Signal::derive(move || {
            let all = console.favorites().into_iter().rev().take(MOST);
            all.map(|it| operation(&it.service, &it.operation))
                .collect()
        }),
    };
    let recent = NavGroup {
        heading: Signal::stored(words::recent().to_owned()),
        links: Signal::derive(move || {
            let all = console.recent().into_iter();
            all.map(|(service, it)| operation(&service, &it)).collect()
        }),
    };
    let current = Signal::derive(move || match console.route() {
        Route::Home => Route::HOME.to_owned(),
        Route::Operation { service, operation } => Route::of_operation(&service, &operation),
        Route::Service(service) => Route::of_service(&service),
        Route::Services => Route::SERVICES.to_owned(),
        Route::Presets => Route::PRESETS.to_owned(),
        Route::Settings | Route::Unknown(_) => String::new(),
        _ => Route::HISTORY.to_owned(),
    });
    let above = vec![
        link(Route::HOME, words::start()),
        link(Route::HISTORY, words::history()),
        link(Route::PRESETS, words::presets()),
    ];
    let groups = vec![service, favorites, recent];
    let below = link(Route::SERVICES, words::all_services());
    view! { <SideNav above groups below current /> }.into()
}

/// The way to the page from the one above it, and the star of an operation.
#[component]
pub fn PageCrumbs(console: Console) -> Markup {
    live(move || {
        let crumb = |text: &str, href: &str| Crumb {
            text: text.into(),
            href: href.into(),
        };
        let services = || crumb(words::search_services(), Route::SERVICES);
        let history = || crumb(words::history(), Route::HISTORY);
        let service = console.service_here();
        let service = service.map(|(name, title)| crumb(&title, &Route::of_service(&name)));
        let crumbs = match console.route() {
            Route::Home => Vec::new(),
            Route::Unknown(_) => vec![
                crumb(words::start(), Route::HOME),
                crumb(words::not_found_title(), ""),
            ],
            Route::History => vec![history()],
            Route::Run(_) => vec![history(), crumb(words::run(), "")],
            Route::Compared(..) => vec![history(), crumb(words::compared(), "")],
            Route::Presets => vec![crumb(words::presets(), "")],
            Route::Settings => vec![crumb(words::settings(), "")],
            Route::Services => vec![services()],
            Route::Service(_) => [services()].into_iter().chain(service).collect(),
            Route::Operation { operation, .. } => {
                let title = match console.form() {
                    Some(form) => form.operation.title(),
                    None => operation,
                };
                let above = [services()].into_iter().chain(service);
                above.chain([crumb(&title, "")]).collect()
            }
        };
        let trail = view! { <Breadcrumbs label=words::breadcrumbs() crumbs /> };
        let star = console.form().map(|form| {
            let of = Favorite {
                service: form.service.name.clone(),
                operation: form.operation.name().to_owned(),
                service_title: form.service.title.clone(),
                class: form.operation.class,
            };
            star(console, &form.operation.title(), of)
        });
        (trail, star)
    })
}
