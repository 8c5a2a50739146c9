//! All services of AWS, and the operations of one.

use super::home::NotFound;
use super::own::{own_models, own_service};
use crate::badges::class_badge;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::table;
use crate::selection::Selection;
use crate::state::{Console, IndexedService, Listing, Route};
use crate::ui::{
    Button, Collection, CollectionColumn, CollectionRows, Flash, Kind, Markup, PageHeader,
    StatusIndicator, el, live,
};
use formsmith_api::class::Class;
use formsmith_api::model::is_own;
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

#[component]
pub fn ServicesPage(console: Console) -> Markup {
    (
        view! { <PageHeader title=words::all_services() description=words::all_services_hint() /> },
        lazy_view(console, move || services(console)),
    )
        .into()
}

#[component]
pub fn ServicePage(console: Console, name: String) -> Markup {
    lazy_view(console, move || service(console, name.clone()))
}

lazy! {
    in all_services: fn services(console: Console) -> Markup = (
        own_models(console),
        once_listed(console, move |services| list_of_services(console, services)),
    )
        .into();
}
lazy! {
    in all_services: fn service(console: Console, name: String) -> Markup = match is_own(&name) {
        true => own_service(console, name),
        false => listed_service(console, name),
    };
}
lazy! { in all_services: pub fn not_installed() -> Markup = missing(None); }

fn listed_service(console: Console, name: String) -> Markup {
    once_listed(console, move |services| {
        match services.iter().find(|service| service.name == name) {
            Some(service) => {
                let operations = service.operations();
                let operations = operations.map(|it| (&*it.name, it.class)).collect();
                operations_of(console, &service.name, &service.title, "", operations)
            }
            None => view! { <NotFound console address=name.clone() /> }.into(),
        }
    })
}

fn once_listed(
    console: Console,
    view: impl Fn(&'static [IndexedService]) -> Markup + Send + Sync + 'static,
) -> Markup {
    live(move || match console.all_services() {
        Listing::Underway => {
            view! { <StatusIndicator kind=Kind::Loading text=words::opening() /> }.into()
        }
        Listing::Missing => missing(Some(console)),
        Listing::There(services) => view(services),
    })
}

/// That the page has the built-in models only, and how to get the others.
fn missing(console: Option<Console>) -> Markup {
    let again: Markup = console
        .map(|console| {
            view! { <Button on_click=move |()| console.load_index()>{words::try_again()}</Button> }
        })
        .into();
    view! {
        <Flash kind=Kind::Info title=words::no_models_title() action=again>
            {words::no_models()}
        </Flash>
    }
    .into()
}

fn list_of_services(console: Console, services: &'static [IndexedService]) -> Markup {
    // What an operation is called is searched, too.
    let texts = services.iter().map(|service| {
        let operations = service.operations().map(|operation| &*operation.name);
        let operations: Vec<&str> = operations.collect();
        vec![
            service.title.clone(),
            service.name.clone(),
            operations.len().to_string(),
            operations.join("\n"),
        ]
    });
    let columns = [words::service(), words::service_name(), words::operations()];
    let columns = columns.map(CollectionColumn::plain).into();
    let link = |row: usize, column: usize| {
        let service = &services[row];
        let link = el("a").attr("href", &Route::of_service(&service.name));
        (column == 0).then(|| link.child(service.title.as_str()).into())
    };
    rows(
        console,
        texts.collect(),
        columns,
        link,
        words::all_services(),
    )
}

/// A service's title and operations; `hint` stands beneath the title.
pub fn operations_of(
    console: Console,
    name: &'static str,
    title: &str,
    hint: &'static str,
    operations: Vec<(&'static str, Class)>,
) -> Markup {
    let texts = operations.iter().map(|(name, class)| {
        let effect = words::effect_of(*class).to_owned();
        vec![(*name).to_owned(), words::class_word(*class).into(), effect]
    });
    let texts = texts.collect();
    let cell = move |row: usize, column: usize| {
        let (operation, class) = operations[row];
        let link = el("a").attr("href", &Route::of_operation(name, operation));
        match column {
            0 => Some(link.child(operation).into()),
            _ => Some(class_badge(class)),
        }
    };
    let columns = [
        CollectionColumn::plain(words::operation()),
        CollectionColumn::filter_if(true, words::class_label()),
    ];
    (
        view! { <PageHeader title=title.to_owned() description=hint api_name=name.to_owned() /> },
        rows(console, texts, columns.into(), cell, words::operations()),
    )
        .into()
}

/// A table; a cell is its text, or what `cell` has for it.
pub fn rows(
    console: Console,
    texts: Vec<Vec<String>>,
    columns: Vec<CollectionColumn>,
    cell: impl Fn(usize, usize) -> Option<Markup> + 'static,
    label: &str,
) -> Markup {
    let collection = Collection::new(texts.len(), Selection::new(Vec::new()));
    let texts = Arc::new(texts);
    let shown = Arc::clone(&texts);
    let rows = CollectionRows {
        columns: Rc::new(columns),
        texts: RwSignal::new_local(texts),
        cell: Rc::new(move |row, column| {
            let text = || shown[row][column].as_str().into();
            cell(row, column).unwrap_or_else(text)
        }),
        selectable: 0,
    };
    table(
        console,
        collection,
        rows,
        label.to_owned(),
        words::in_sentence(label),
    )
}
