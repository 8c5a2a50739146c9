//! All services of AWS.

use super::categories::{Row, by_category};
use super::own::{own_models, own_service};
use super::service::service_page;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::table;
use crate::selection::Selection;
use crate::state::{Console, IndexedService, Listing};
use crate::ui::{
    Button, Collection, CollectionColumn, CollectionRows, Flash, Kind, Markup, PageHeader,
    StatusIndicator, in_order, live,
};
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
        once_listed(console, move |services| list_of_services(console, services)),
        own_models(console),
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
        service_page(console, &name, services)
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
        Listing::Missing => view(&[]),
        Listing::There(services) => view(services),
    })
}

/// That the page has the built-in models only, and how to get the others.
pub fn missing(console: Option<Console>) -> Markup {
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

/// Those of the index, or else those that are built in; by category, and all in a table.
fn list_of_services(console: Console, services: &'static [IndexedService]) -> Markup {
    let is_missing = services.is_empty();
    let all: Vec<Row> = match is_missing {
        true => console.catalog.iter().map(Row::built_in).collect(),
        false => services.iter().map(Row::indexed).collect(),
    };
    let order = in_order(all.iter().map(|it| it.title));
    let all: Vec<Row> = order.into_iter().map(|at| all[at].clone()).collect();
    let categories = by_category(&all);
    let table = table_of_services(console, all);
    (
        is_missing.then(|| missing(Some(console))),
        categories,
        table,
    )
        .into()
}

fn table_of_services(console: Console, services: Vec<Row>) -> Markup {
    // What an operation is called is searched, too.
    let texts = services.iter().map(|service| {
        vec![
            service.title.to_owned(),
            service.name.to_owned(),
            service.category.to_owned(),
            service.operations.len().to_string(),
            service.operations.join("\n"),
        ]
    });
    let texts = texts.collect();
    let columns = [
        CollectionColumn::plain(words::service()),
        CollectionColumn::plain(words::service_name()),
        CollectionColumn::filter(words::category_label()),
        CollectionColumn::plain(words::operations()),
    ];
    let link = move |row: usize, column: usize| (column == 0).then(|| services[row].link());
    rows(console, texts, columns.into(), link, words::all_services())
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
        settled: None,
        detail: None,
    };
    table(
        console,
        collection,
        rows,
        label.to_owned(),
        words::in_sentence(label),
    )
}
