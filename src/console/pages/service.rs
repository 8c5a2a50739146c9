//! One service: the operations that read, and those that change something.

use super::home::NotFound;
use super::operations_filter::{Asked, filter};
use super::operations_list::{Listed, entry, operations_table};
use super::service_facts::service_facts;
use super::services::missing;
use crate::browser::focus;
use crate::state::{Console, Favorite, IndexedService, drafted};
use crate::ui::{
    Button, Container, Markup, PageHeader, Variant, el, has_words, in_order, live, small,
};
use crate::watch::watch;
use formsmith_api::class::Class;
use formsmith_api::model::{CatalogService, in_words, words_of};
use formsmith_words as words;
use leptos::prelude::*;
use std::sync::Arc;

/// So many of a group are shown at first, and so many more by each press.
const FEW: usize = 8;
const MORE: usize = 100;

/// A service whose operations are listed.
#[derive(Debug, Clone)]
pub struct ListedService {
    pub name: String,
    pub title: String,
    /// Stands beneath the title.
    pub hint: &'static str,
    pub operations: Vec<Listed>,
    /// Where AWS's own descriptions are.
    pub documented: Option<&'static IndexedService>,
}

/// A service by its name: of the index, or built in, or both.
pub fn service_page(console: Console, name: &str, services: &'static [IndexedService]) -> Markup {
    let indexed = services.iter().find(|service| service.name == name);
    let built_in = console.listed(name);
    let Some(title) = (built_in.map(|it| &it.title)).or(indexed.map(|it| &it.title)) else {
        let is_missing = services.is_empty();
        let address = name.to_owned();
        let missing = is_missing.then(|| missing(Some(console)));
        return (view! { <NotFound console address /> }, missing).into();
    };
    let mut operations: Vec<Listed> = built_in.map(of_catalog).unwrap_or_default();
    for operation in indexed.into_iter().flat_map(IndexedService::operations) {
        if !console.is_built_in(name, &operation.name) {
            operations.push(named_only(name, title, &operation.name, operation.class));
        }
    }
    let hint = match indexed {
        Some(_) => "",
        None => words::only_built_in(),
    };
    let (name, title) = (name.to_owned(), title.clone());
    listed_service(
        console,
        ListedService {
            name,
            title,
            hint,
            operations,
            documented: indexed,
        },
    )
}

fn of_catalog(service: &'static CatalogService) -> Vec<Listed> {
    let operations = service.operations.iter().map(|operation| Listed {
        of: Favorite::of_catalog(service, operation),
        title: operation.title.clone(),
        description: operation.documentation.clone(),
        has_words: true,
    });
    operations.collect()
}

/// An operation of which nothing is known but its name and class.
pub fn named_only(service: &str, service_title: &str, operation: &str, class: Class) -> Listed {
    Listed {
        of: Favorite {
            service: service.to_owned(),
            operation: operation.to_owned(),
            service_title: service_title.to_owned(),
            class,
        },
        title: in_words(operation),
        description: words::effect_of(class).to_owned(),
        has_words: false,
    }
}

/// What a person sees of the operations, which go by their index.
pub struct Operations {
    pub console: Console,
    pub all: Vec<Listed>,
    /// What is said of the service.
    about: RwSignal<String>,
    /// What each does, as far as it is known by now.
    described: RwSignal<Vec<String>>,
    /// The favorites and what was used, as it was when the page was opened: no row moves under a press.
    yours: Vec<bool>,
    pub are_yours_first: RwSignal<bool>,
    pub asked: Asked,
}

pub fn listed_service(console: Console, service: ListedService) -> Markup {
    let ListedService {
        name,
        title,
        hint,
        operations: all,
        documented,
    } = service;
    console.name_service(&name, &title);
    let order = in_order(all.iter().map(|it| it.title.as_str()));
    let all: Vec<Listed> = order.into_iter().map(|at| all[at].clone()).collect();
    let reads = all.iter().filter(|it| is_reading(it.of.class)).count();
    let changes = all.len() - reads;
    let operations = Arc::new(Operations {
        console,
        about: RwSignal::new(hint.to_owned()),
        described: RwSignal::new(all.iter().map(|it| it.description.clone()).collect()),
        yours: untrack(|| yours(console, &all)),
        all,
        are_yours_first: RwSignal::new(true),
        asked: Asked::of_address(),
    });
    if let Some(documented) = documented {
        let its = Arc::clone(&operations);
        let of = Arc::clone(&operations);
        console.read_descriptions(
            documented,
            move |about| drop(of.about.try_set(about)),
            move |told| its.describe(told),
        );
    }
    let about: Signal<String> = operations.about.into();
    let about = el("p").class("page-description service-about").child(about);
    (
        view! { <PageHeader title=title api_name=name.clone() /> },
        about,
        service_facts(console, &name, [reads + changes, reads, changes]),
        filter(&operations, name),
        (reads > 0).then(|| group(&operations, true)),
        (changes > 0).then(|| group(&operations, false)),
    )
        .into()
}

/// Favorites, what was sent, and what is being written.
fn yours(console: Console, operations: &[Listed]) -> Vec<bool> {
    let used = [console.recent(), drafted()].concat();
    let is_used = |of: &Favorite| {
        let mut used = used.iter();
        used.any(|(service, operation)| (service, operation) == (&of.service, &of.operation))
    };
    let is_yours = |of: &Favorite| console.is_favorite(&of.service, &of.operation) || is_used(of);
    operations.iter().map(|it| is_yours(&it.of)).collect()
}

/// Nothing changes by it.
pub fn is_reading(class: Class) -> bool {
    matches!(class, Class::Read | Class::Secret)
}

/// Title, description, API name and command, in small letters.
fn searched(listed: &Listed, description: &str) -> String {
    let Listed { of, title, .. } = listed;
    let command = words_of(&of.operation).join("-");
    let texts = [
        "aws",
        title,
        description,
        &of.operation,
        &of.service,
        &command,
    ];
    small(&texts.join("\n"))
}

impl Operations {
    /// Those of a group that are asked for, in order.
    fn matching(&self, reads: bool) -> Vec<usize> {
        let (filter, class) = (small(&self.asked.filter.get()), self.asked.class.get());
        let is_found = |at: usize| {
            self.described
                .with(|described| has_words(&searched(&self.all[at], &described[at]), &filter))
        };
        let matches = |at: &usize| {
            let its = self.all[*at].of.class;
            let is_its = is_reading(its) == reads && (class.is_empty() || class == its.word());
            is_its && (filter.is_empty() || is_found(*at))
        };
        let found = (0..self.all.len()).filter(matches);
        let is_first = |at: &usize| self.are_yours_first.get() && self.yours[*at];
        let (mut first, others): (Vec<usize>, Vec<usize>) = found.partition(is_first);
        first.extend(others);
        first
    }

    /// Takes in what AWS says of those that the project says nothing of.
    fn describe(&self, told: Vec<(String, String)>) {
        // The page may be gone.
        self.described.try_update(|described| {
            for (name, text) in told {
                let at = self.all.iter().position(|it| it.of.operation == name);
                if let Some(at) = at.filter(|&at| !self.all[at].has_words && !text.is_empty()) {
                    described[at] = text;
                }
            }
        });
    }

    pub fn count_of(&self, class: Class) -> usize {
        self.all.iter().filter(|it| it.of.class == class).count()
    }

    pub fn has_yours(&self) -> bool {
        self.yours.contains(&true)
    }
}

fn group(operations: &Arc<Operations>, reads: bool) -> Markup {
    let all = operations.all.iter();
    let total = all.filter(|it| is_reading(it.of.class) == reads).count();
    let matching = RwSignal::new(Vec::new());
    let its = Arc::clone(operations);
    watch(move || matching.set(its.matching(reads)));
    // A few more than that are not worth a press.
    let at_first = if total <= FEW + FEW / 2 { total } else { FEW };
    let most = RwSignal::new(at_first);
    let counter = Signal::derive(move || match matching.with(Vec::len) {
        all if all == total => words::counter(0, total),
        some => format!(
            "({})",
            words::count_of(&words::grouped(some), &words::grouped(total))
        ),
    });
    let its = Arc::clone(operations);
    let list = live(move || {
        let shown = matching.get().into_iter().take(most.get());
        let rows = shown.map(|at| {
            let mut listed = its.all[at].clone();
            listed.description = its.described.with(|described| described[at].clone());
            entry(its.console, listed, "")
        });
        let rows: Vec<Markup> = rows.collect();
        (!rows.is_empty()).then(|| operations_table(rows))
    });
    let (title, hint, place) = match reads {
        true => (
            words::operations_read(),
            words::operations_read_hint(),
            "reads",
        ),
        false => (
            words::operations_change(),
            words::operations_change_hint(),
            "changes",
        ),
    };
    let more = live(move || {
        let (count, most_now) = (matching.with(Vec::len), most.get());
        if count == 0 {
            return Markup::from(el("p").child(words::none_in_group()));
        }
        let more = count.saturating_sub(most_now).min(MORE);
        let text = match reads {
            _ if more == 0 => return Markup::default(),
            true => words::show_more_reads(more),
            false => words::show_more_changes(more),
        };
        let press = move |()| {
            most.set(most_now + more);
            // The button may go with its press.
            let first = format!("#{place} tbody > :nth-child({}) a", most_now + 1);
            focus::soon_selected(first, String::new());
        };
        view! { <Button variant=Variant::Link on_click=press>{text}</Button> }.into()
    });
    let content = el("div")
        .class("stack")
        .attr("id", place)
        .child(list)
        .child(more);
    view! {
        <Container title=title description=hint counter>{Markup::from(content)}</Container>
    }
    .into()
}
