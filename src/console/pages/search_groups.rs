//! What search shows, in groups.

use crate::browser::page;
use crate::state::{Console, Item, OwnModel, Route, Searchable, drafted, identifiers_named};
use crate::ui::{Kind, has_words, small};
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::model::in_words;
use formsmith_api::picks::filled;
use formsmith_api::preset::Preset;
use formsmith_search::{Found, Results, taken};
use formsmith_words as words;
use std::cmp::Reverse;

/// So many of each kind are shown.
const MOST: usize = 8;
/// So many presets.
const MOST_PRESETS: usize = 4;
/// So many services and operations of one's own.
const MOST_OWN: usize = 8;
/// So many runs.
const MOST_RUNS: usize = 4;
/// So many operations that take what is called as was typed.
const MOST_CALLED: usize = 4;
/// Fewer letters stand in the identifiers of many runs.
const LEAST_OF_RUN: usize = 3;

/// A run of the history, in the words of the part of the page that reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedRun {
    pub id: String,
    pub service: String,
    pub operation: String,
    /// What it acts on, in small letters: the first identifiers, and the names that are known of them.
    pub about: Vec<String>,
    /// What it acts on, when it was sent, and where.
    pub detail: String,
    pub kind: Kind,
    pub verdict: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub title: &'static str,
    pub choices: Vec<Choice>,
}

/// Something to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub address: String,
    pub title: String,
    /// What tells it from others of its title: a service, how many operations, a time.
    pub detail: String,
    pub api_name: String,
    pub class: Option<Class>,
    pub verdict: Option<(Kind, String)>,
}

/// What the person has used, by the numbers of items; those that were sent last first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Used {
    operations: Vec<usize>,
    /// Those whose operation is known.
    runs: Vec<(usize, UsedRun)>,
    presets: Vec<Preset>,
    own: Vec<OwnModel>,
}

impl Used {
    pub fn of(
        all: &Searchable,
        runs: Vec<UsedRun>,
        presets: Vec<Preset>,
        own: Vec<OwnModel>,
    ) -> Self {
        let runs = runs.into_iter();
        let known =
            runs.filter_map(|run| Some((all.operation(&run.service, &run.operation)?, run)));
        let runs: Vec<(usize, UsedRun)> = known.collect();
        let written = drafted().into_iter();
        let written =
            written.filter_map(|(service, operation)| all.operation(&service, &operation));
        let mut operations = Vec::new();
        for operation in runs.iter().map(|(operation, _)| *operation).chain(written) {
            if !operations.contains(&operation) {
                operations.push(operation);
            }
        }
        Self {
            operations,
            runs,
            presets,
            own,
        }
    }
}

/// The groups, the one with the best first and else operations before services, and how much was
/// found in all.
pub fn groups(console: Console, query: &str, used: &Used) -> (Vec<Group>, usize) {
    let (all, query) = (console.searchable(), query.trim());
    let is_used = |item: usize| used.operations.contains(&item);
    let found = match query {
        "" => at_first(all, used),
        query => all.index.find(query, MOST, is_used),
    };
    let (own, others): (Vec<Found>, Vec<Found>) = found
        .operations
        .iter()
        .partition(|found| is_used(found.item));
    let group = |title, found: &[Found]| {
        let choices = found.iter().map(|it| taking(all.items[it.item], query));
        let score = found.first().map(|best| best.score);
        (Reverse(score), (title, choices.collect::<Vec<_>>()))
    };
    let mut ranked = [
        group(words::search_used(), &own),
        group(words::operations(), &others),
        group(words::search_services(), &found.services),
        group(words::search_pages(), &found.pages),
    ];
    ranked.sort_by_key(|(score, _)| *score);
    let beside = [
        (words::search_named(), called(all, query)),
        (words::own_models(), own_named(query, &used.own)),
        (
            words::presets(),
            presets_named(console, query, &used.presets),
        ),
        (words::history(), runs(all, query, used, &own)),
    ];
    let count: usize = beside.iter().map(|(_, choices)| choices.len()).sum();
    let count = found.count + count;
    let [called, own, presets, mut runs] = beside;
    // Only the last ones of each operation are here.
    let has_more = !query.is_empty() && !used.runs.is_empty();
    runs.1.extend(has_more.then(|| all_runs(query)));
    let mut groups = vec![called, own];
    groups.extend(ranked.into_iter().map(|(_, group)| group));
    groups.extend([presets, runs]);
    // Who types what a run acts on is after that.
    let sought = small(query);
    let mut all_runs = used.runs.iter();
    let is_run = all_runs.any(|(_, run)| run.about.contains(&sought));
    if is_run && let Some(runs) = groups.pop() {
        groups.insert(1, runs);
    }
    groups.retain(|(_, choices)| !choices.is_empty());
    let groups = groups.into_iter();
    let groups = groups.map(|(title, choices)| Group { title, choices });
    (groups.collect(), count)
}

/// The operations that take what is called so.
fn called(all: &Searchable, name: &str) -> Vec<Choice> {
    let identifiers = identifiers_named(name);
    let choices = identifiers.iter().flat_map(|identifier| {
        let found = all.index.find(identifier, MOST_CALLED, |_| false);
        let items = found.operations.into_iter().map(|it| all.items[it.item]);
        items
            .map(|item| taking(item, identifier))
            .collect::<Vec<_>>()
    });
    choices.take(MOST_CALLED).collect()
}

/// An operation, with its form filled where it takes the identifier that was typed.
fn taking(item: Item, typed: &str) -> Choice {
    let mut choice = choice(item);
    if let Item::Operation { service, name, .. } = item
        && let Some((path, identifier)) = taken(typed, service, name)
        && let Some(input) = filled(path, &[identifier.into()])
    {
        choice.address += &["?input=", &page::encoded(&json::compact(&input))].concat();
        choice.detail = words::list_comma(&choice.detail, identifier);
    }
    choice
}

/// The runs that act on what was typed, then those of the operations that were found.
fn runs(all: &Searchable, query: &str, used: &Used, own: &[Found]) -> Vec<Choice> {
    let sought = small(query);
    let is_about = |run: &UsedRun| {
        let mut about = run.about.iter();
        sought.len() >= LEAST_OF_RUN && about.any(|it| has_words(it, &sought))
    };
    let is_found = |operation: usize| own.iter().any(|found| found.item == operation);
    let runs = used.runs.iter();
    let (about, others): (Vec<_>, Vec<_>) = runs
        .filter(|(operation, run)| is_about(run) || is_found(*operation))
        .partition(|(_, run)| is_about(run));
    let runs = about.into_iter().chain(others).take(MOST_RUNS);
    let runs = runs.map(|(operation, run)| Choice {
        address: Route::of_runs(std::slice::from_ref(&run.id)),
        detail: run.detail.clone(),
        class: None,
        verdict: Some((run.kind, run.verdict.clone())),
        ..choice(all.items[*operation])
    });
    runs.collect()
}

/// The way to all runs with a text.
fn all_runs(text: &str) -> Choice {
    Choice {
        address: Route::of_history(&page::encoded(text)),
        title: words::search_runs(text),
        detail: String::new(),
        api_name: String::new(),
        class: None,
        verdict: None,
    }
}

/// The services of one's own in whose title or name all words are, and their operations.
fn own_named(query: &str, own: &[OwnModel]) -> Vec<Choice> {
    let query = small(query.trim());
    if query.is_empty() {
        return Vec::new();
    }
    let is_named = |names: &[&str]| has_words(&small(&names.join(" ")), &query);
    let choice = |address, title: &str, detail, api_name: &str| Choice {
        address,
        title: title.to_owned(),
        detail,
        api_name: api_name.to_owned(),
        class: None,
        verdict: None,
    };
    let services = own.iter().filter(|it| is_named(&[&it.title, &it.name]));
    let services = services.map(|it| {
        let detail = words::search_operations_of(it.operations);
        choice(Route::of_service(&it.name), &it.title, detail, &it.name)
    });
    let operations = own.iter().flat_map(|it| {
        let names = it.names.iter();
        names.filter_map(move |name| {
            let title = in_words(name);
            is_named(&[&title, name]).then(|| {
                let address = Route::of_operation(&it.name, name);
                choice(address, &title, it.title.clone(), name)
            })
        })
    });
    services.chain(operations).take(MOST_OWN).collect()
}

/// The presets in whose name, folder or description all words are.
fn presets_named(console: Console, query: &str, presets: &[Preset]) -> Vec<Choice> {
    let query = small(query.trim());
    let is_named = |preset: &&Preset| {
        !query.is_empty()
            && has_words(
                &small(&[&preset.path(), &*preset.description].join(" ")),
                &query,
            )
    };
    let named = presets.iter().filter(is_named).take(MOST_PRESETS);
    let choices = named.map(|preset| Choice {
        address: Route::of_preset(preset),
        title: preset.name.clone(),
        detail: match preset.folder.as_str() {
            "" => console.operation_title(&preset.service, &preset.operation),
            folder => folder.to_owned(),
        },
        api_name: preset.operation.clone(),
        class: None,
        verdict: None,
    });
    choices.collect()
}

/// What is nearest to an address that leads nowhere.
pub fn nearest(console: Console, address: &str) -> Vec<Choice> {
    const FEW: usize = 3;
    let all = console.searchable();
    let mut found = all.index.find(address, FEW, |_| false).best();
    if found.is_empty() {
        found = all.index.services_like(address, FEW);
    }
    let items = found.into_iter().map(|found| all.items[found.item]);
    items.take(FEW).map(choice).collect()
}

/// Before anything is typed: what was used, and the pages.
fn at_first(all: &Searchable, used: &Used) -> Results {
    let found = |item| Found { item, score: 0 };
    let pages = (0..all.items.len()).filter(|&at| matches!(all.items[at], Item::Page { .. }));
    let pages: Vec<Found> = pages.map(found).collect();
    let operations = used.operations.iter().copied().take(MOST);
    let operations: Vec<Found> = operations.map(found).collect();
    Results {
        count: pages.len() + operations.len(),
        operations,
        pages,
        services: Vec::new(),
    }
}

fn choice(item: Item) -> Choice {
    match item {
        Item::Service {
            name,
            title,
            operations,
        } => Choice {
            address: Route::of_service(name),
            title: title.to_owned(),
            detail: words::search_operations_of(operations),
            api_name: name.to_owned(),
            class: None,
            verdict: None,
        },
        Item::Operation {
            service,
            service_title,
            name,
            title,
            class,
        } => Choice {
            address: Route::of_operation(service, name),
            title: match title {
                "" => in_words(name),
                title => title.to_owned(),
            },
            detail: service_title.to_owned(),
            api_name: name.to_owned(),
            class: Some(class),
            verdict: None,
        },
        Item::Page { title, address } => Choice {
            address: address.to_owned(),
            title: title.to_owned(),
            detail: String::new(),
            api_name: String::new(),
            class: None,
            verdict: None,
        },
    }
}
