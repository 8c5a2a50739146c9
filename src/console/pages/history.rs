//! What was sent from this browser.

use super::acted_on::acted_on;
use super::run::{day_and_time, of_runs, place_text, time, title_of, verdict, where_of};
use crate::badges::place_badge;
use crate::browser::file::Chosen;
use crate::browser::{focus, page};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::result::{counter, table};
use crate::selection::Selection;
use crate::state::{Console, List, ListedRun, Route, take};
use crate::ui::{
    ApiName, Button, Collection, CollectionColumn, CollectionRows, Confirm, Container, FileButton,
    Flash, Kind, Markup, PageHeader, Texts, description_of, el, live, when,
};
use crate::ui_words;
use crate::watch::watch;
use formsmith_run::Head;
use formsmith_words as words;
use leptos::prelude::*;
use std::cell::Cell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Where the table is, and in it the field to search.
const RUNS_ID: &str = "runs";
const SEARCH: &str = "#runs input[type=search]";

#[component]
pub fn HistoryPage(console: Console) -> Markup {
    view! {
        <PageHeader title=words::history() description=words::history_description() />
        {lazy_view(console, move || history(console))}
    }
    .into()
}

lazy! { fn history(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    let collection = Collection::new(0, Selection::new(Vec::new()));
    let query = console.listed_runs(texts, move || collection.needs_all());
    let shown: Shown = StoredValue::new_local(Arc::default());
    let asked = Cell::new(asked_for());
    let runs = of_runs(query, move |lists: &[List]| {
        let list = lists.first()?;
        // An answer may come while somebody searches.
        if focus::is_within(SEARCH) {
            focus::soon_selected(SEARCH.to_owned(), String::new());
        }
        // The rows change with the history; what is selected are runs.
        let before = shown.get_value();
        let selected = untrack(|| collection.selection.rows());
        let selected = selected.iter().filter_map(|&row| before.get(row));
        let selected: HashSet<&str> = selected.map(|run| run.id.as_str()).collect();
        let is_selected =
            |row: &usize| !selected.is_empty() && selected.contains(list.runs[*row].id.as_str());
        let rows = (0..list.runs.len()).filter(is_selected).collect();
        let collection = collection.with_total(list.total, rows);
        if let Some(text) = asked.take().filter(|_| collection.has_tools()) {
            collection.search(text);
        }
        shown.set_value(Arc::clone(&list.runs));
        console.load_built_in_models_of(list.operations.iter().cloned());
        let texts = RwSignal::new_local(Arc::clone(&list.texts));
        let table_of_runs = RunsTable {
            console,
            collection,
            shown,
            texts,
        };
        watch(move || {
            if collection.needs_all() {
                table_of_runs.with_all(|| {});
            }
        });
        Some(runs_view(table_of_runs, list))
    });
    let ends = || {
        view! {
            <Flash kind=Kind::Info title=words::history_ends()>
                {words::history_ends_detail()}
            </Flash>
        }
    };
    (
        when(move || console.is_ephemeral(), ends),
        deleted(console),
        el("div").attr("id", RUNS_ID).class("stack").child(runs),
    )
        .into()
}

/// What the address looks for: `#/history?q=ListThings`.
fn asked_for() -> Option<String> {
    let (text, _) = take(&page::fragment(), "q=")?;
    page::decoded(&text)
}

/// The runs that are listed: all of them, or the newest until all are needed.
type Shown = StoredValue<Arc<Vec<ListedRun>>, LocalStorage>;

/// A table of runs, until the history changes.
#[derive(Clone, Copy)]
struct RunsTable {
    console: Console,
    collection: Collection,
    shown: Shown,
    texts: RwSignal<Texts, LocalStorage>,
}

impl RunsTable {
    /// Does something once all runs are there.
    fn with_all(self, then: impl FnOnce() + 'static) {
        let before = self.shown.get_value();
        if before.len() == self.collection.total {
            return then();
        }
        self.console.read_whole_list(texts, move |list| {
            // The page may be gone by now.
            let Some(shown) = self.shown.try_get_value() else {
                return;
            };
            let is_same = Arc::ptr_eq(&shown, &before) && list.total == self.collection.total;
            if is_same {
                let operations = list.operations.iter().cloned();
                self.console.load_built_in_models_of(operations);
                self.shown.set_value(list.runs);
                self.texts.set(list.texts);
            }
            match is_same || shown.len() == self.collection.total {
                // Which rows match is known once those that follow the texts have run.
                true => set_timeout(then, Duration::ZERO),
                // It lists other runs than are there.
                false => self.console.read_history_again(),
            }
        });
    }

    fn ids(self, rows: &[usize]) -> Vec<String> {
        let runs = self.shown.get_value();
        let listed = rows.iter().filter_map(|row| runs.get(*row));
        listed.map(|run| run.id.clone()).collect()
    }
}

/// What is shown and searched of a run: first what stands in the columns.
fn texts(head: &Head, facts: &str) -> Vec<String> {
    let named = [head.id.as_str(), &head.service, &head.operation].join("\n");
    let ids = head
        .attempts
        .iter()
        .filter_map(|it| it.request_id.as_deref());
    let ids = ids.collect::<Vec<_>>().join("\n");
    let verdict = words::verdict(None, &head.verdict).sentence();
    let imported = if head.is_imported {
        words::imported()
    } else {
        ""
    };
    vec![
        time(Some(head.started_ms)),
        head.operation.clone(),
        words::subject(&head.subject),
        where_of(head),
        words::tone(head.verdict.tone).to_owned(),
        head.attempts.len().to_string(),
        named,
        verdict,
        ids,
        facts.to_owned(),
        imported.to_owned(),
    ]
}

fn runs_view(table_of_runs: RunsTable, list: &List) -> Markup {
    let RunsTable {
        console,
        collection,
        shown,
        texts,
    } = table_of_runs;
    let tones = list.tones.iter();
    let tones = tones.map(|(tone, count)| (words::tone(*tone).to_owned(), *count));
    let columns = [
        CollectionColumn::days(words::sent()),
        CollectionColumn::filter_of(words::operation(), list.of_operations.clone()),
        CollectionColumn::plain(words::acted_on()),
        CollectionColumn::plain(words::where_sent()),
        CollectionColumn::filter_of(words::verdict_label(), tones.collect()),
        CollectionColumn::plain(words::attempts()),
    ];
    let rows = CollectionRows {
        columns: Rc::new(columns.into()),
        texts,
        cell: Rc::new(move |row, column| {
            let runs = shown.get_value();
            let head = runs.get(row).and_then(ListedRun::head);
            head.map(|head| cell(console, head, column)).into()
        }),
        selectable: list.total,
        settled: None,
        detail: None,
    };
    let (label, items) = (
        words::runs().to_owned(),
        words::runs_in_sentence().to_owned(),
    );
    let actions = actions(table_of_runs, list.may_go);
    let content = match list.total {
        0 => words::no_runs().into(),
        _ => table(console, collection, rows, label, items),
    };
    view! {
        <Container title=words::runs() counter=counter(collection) actions>
            {content}
        </Container>
    }
    .into()
}

fn cell(console: Console, head: &Head, column: usize) -> Markup {
    match column {
        0 => {
            let link = el("a")
                .attr("href", &Route::of_runs(std::slice::from_ref(&head.id)))
                .attr("title", &time(Some(head.started_ms)))
                .child(day_and_time(head.started_ms));
            let pinned = head.is_pinned.then(|| description_of(words::pinned()));
            let imported = head.is_imported.then(|| description_of(words::imported()));
            (link, pinned.flatten(), imported.flatten()).into()
        }
        1 => {
            let title = el("span").child(title_of(console, head));
            let name = head.operation.clone();
            (title, view! { <ApiName name /> }).into()
        }
        2 => acted_on(&head.subject).into(),
        3 => {
            let target = words::target_of(&head.place);
            let place = head.place.clone();
            let mark = live(move || Some(place_badge(&console.mark_of(&place)?)));
            let detail = description_of(&place_text(&head.place));
            (el("div").child(target), mark, detail).into()
        }
        // A sentence, which may take several lines.
        4 => el("div").child(verdict(console, head)).into(),
        _ => head.attempts.len().to_string().into(),
    }
}

fn actions(table_of_runs: RunsTable, may_go: usize) -> Markup {
    let RunsTable {
        console,
        collection,
        ..
    } = table_of_runs;
    let compare = move |()| match &untrack(|| collection.selection.rows())[..] {
        both @ [_, _] => {
            console.go_to(&Route::of_runs(&table_of_runs.ids(both)));
        }
        _ => console.announce(words::compare_hint()),
    };
    let is_two = move || collection.selection.count() == 2;
    let export = move |()| {
        table_of_runs.with_all(move || {
            let rows = untrack(|| collection.chosen());
            console.export_runs(table_of_runs.ids(&rows));
        });
    };
    let import =
        move |files: Vec<Chosen>| files.into_iter().for_each(|file| console.import_runs(file));
    let import = view! {
        <FileButton label=words::import() on_choose=import />
    };
    let is_asked = RwSignal::new(false);
    let hint = description_of(words::compare_hint());
    let hint = el("div").attr_while("hidden", "", is_two).child(hint);
    let delete_all = (may_go > 0).then(|| {
        view! {
            <Button on_click=move |()| is_asked.set(true)>{words::delete_unpinned()}</Button>
        }
    });
    let buttons = (collection.total > 0).then(|| {
        view! {
            {Markup::from(hint)}
            <Button disabled=Signal::derive(move || !is_two()) on_click=compare>
                {words::compare()}
            </Button>
            <Button on_click=export>{words::export()}</Button>
        }
    });
    let dialog = view! {
        <Confirm
            is_asked
            on_yes=move |()| console.delete_unpinned_runs()
            title=words::delete_unpinned()
            yes=words::delete()
            words=ui_words::confirm()
            question=words::delete_question(may_go)
        />
    };
    (buttons, import, delete_all, dialog).into()
}

/// The way to bring back what was deleted last.
fn deleted(console: Console) -> Markup {
    live(move || {
        console.deleted_run()?;
        let undo =
            view! { <Button on_click=move |()| console.restore_run()>{words::undo()}</Button> };
        Some(view! {
            <Flash
                kind=Kind::Info
                title=words::run_deleted()
                action=undo
                on_dismiss=move |()| console.forget_deleted_run()
                dismiss_label=words::dismiss()
            />
        })
    })
}
