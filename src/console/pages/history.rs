//! What was sent from this browser.

use super::run::{of_runs, or_none, place, time, verdict, where_of};
use crate::browser::focus;
use crate::later::later;
use crate::part::later_part;
use crate::result::{counter, table};
use crate::state::{Console, KeptRun, List, ListedRun, Route};
use crate::text;
use crate::ui::{
    ApiName, Button, Collection, CollectionColumn, CollectionRows, Container, Dialog, FileButton,
    Flash, Kind, Markup, MarkupFn, PageHeader, Variant, description_of, el, live, when,
};
use leptos::prelude::*;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

/// Where the table is, and in it the field to search.
const RUNS_ID: &str = "runs";
const SEARCH: &str = "#runs input[type=search]";

#[component]
pub fn HistoryPage(console: Console) -> Markup {
    view! {
        <PageHeader title=text::HISTORY description=text::HISTORY_DESCRIPTION />
        {later_part(console, move || history(console))}
    }
    .into()
}

later! { fn history(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    let told = console.runs(texts);
    let collection = Collection::new(0, RwSignal::new(Vec::new()));
    let last = RefCell::new(Arc::default());
    let runs = of_runs(told, move |lists: &[List]| {
        let list = lists.first()?;
        // An answer may come while somebody searches.
        if focus::is_within(SEARCH) {
            focus::soon_selected(SEARCH.to_owned(), String::new());
        }
        // The rows change with the history; what is selected are runs.
        let before: Arc<Vec<ListedRun>> = last.replace(Arc::clone(&list.runs));
        let selected = collection.selected.get_untracked();
        let selected: HashSet<&str> = selected
            .iter()
            .map(|&row| before[row].id.as_str())
            .collect();
        let is_selected =
            |row: &usize| !selected.is_empty() && selected.contains(list.runs[*row].id.as_str());
        let rows = (0..list.runs.len()).filter(is_selected).collect();
        let collection = collection.with_total(list.runs.len(), rows);
        Some(runs_view(console, collection, list))
    });
    let ends = || {
        view! {
            <Flash kind=Kind::Info title=text::HISTORY_ENDS>
                {text::HISTORY_ENDS_DETAIL}
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

/// What is shown and searched of a run: first what stands in the columns.
fn texts(run: &KeptRun, rest: &str) -> Vec<String> {
    let told = ["id", "service", "operation", "verdict", "detail"];
    let told = told.map(|name| run.text(name)).join("\n");
    let ids = run.attempts().iter().map(|attempt| &attempt["requestId"]);
    let ids = ids.filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
    let imported = if run.is_imported() {
        text::IMPORTED
    } else {
        ""
    };
    vec![
        time(&run.0["startedMs"]),
        run.text("title").to_owned(),
        where_of(run),
        text::tone(run.text("tone")).to_owned(),
        run.attempts().len().to_string(),
        told,
        ids,
        rest.to_owned(),
        imported.to_owned(),
    ]
}

fn runs_view(console: Console, collection: Collection, list: &List) -> Markup {
    let column = |(title, is_filter): (&str, bool)| CollectionColumn {
        title: title.to_owned(),
        is_filter,
    };
    let columns = [
        (text::SENT, false),
        (text::OPERATION, false),
        (text::WHERE, false),
        (text::VERDICT, true),
        (text::ATTEMPTS, false),
    ];
    let runs = &list.runs;
    let shown = Arc::clone(runs);
    let rows = CollectionRows {
        columns: Rc::new(columns.map(column).into()),
        texts: RwSignal::new_local(Arc::clone(&list.texts)),
        cell: Rc::new(move |row, column| {
            let run = shown[row].run();
            run.map(|run| cell(console, run, column)).into()
        }),
        selectable: runs.len(),
    };
    let (label, items) = (text::RUNS.to_owned(), text::RUNS_IN_SENTENCE.to_owned());
    let actions = actions(console, collection, Arc::clone(runs));
    let content = match runs.is_empty() {
        true => text::NO_RUNS.into(),
        false => table(console, collection, rows, label, items),
    };
    view! {
        <Container title=text::RUNS counter=counter(collection) actions>
            {content}
        </Container>
    }
    .into()
}

fn cell(console: Console, run: &KeptRun, column: usize) -> Markup {
    match column {
        0 => {
            let link = el("a")
                .attr("href", &Route::of_runs(&[run.id().to_owned()]))
                .child(time(&run.0["startedMs"]));
            let pinned = run.is_pinned().then(|| description_of(text::PINNED));
            let imported = run.is_imported().then(|| description_of(text::IMPORTED));
            (link, pinned.flatten(), imported.flatten()).into()
        }
        1 => {
            let title = el("span").child(or_none(run.text("title")));
            (
                title,
                view! { <ApiName name=run.text("operation").to_owned() /> },
            )
                .into()
        }
        2 => {
            let target = text::target_of(run.text("target"));
            (el("div").child(target), description_of(&place(run))).into()
        }
        // A sentence, which may take several lines.
        3 => el("div").child(verdict(console, run)).into(),
        _ => run.attempts().len().to_string().into(),
    }
}

fn actions(console: Console, collection: Collection, runs: Arc<Vec<ListedRun>>) -> Markup {
    let unpinned = runs.iter().filter(|run| !run.is_pinned).count();
    let runs = StoredValue::new(runs);
    let ids = move |rows: Vec<usize>| -> Vec<String> {
        let id = |runs: &Arc<Vec<ListedRun>>, row: usize| runs[row].id.clone();
        runs.with_value(|runs| rows.into_iter().map(|row| id(runs, row)).collect())
    };
    let compare = move |()| match &collection.selected.get_untracked()[..] {
        both @ [_, _] => {
            console.go_to(&Route::of_runs(&ids(both.to_vec())));
        }
        _ => console.announce(text::COMPARE_HINT),
    };
    let is_two = move || collection.selected.with(|rows| rows.len() == 2);
    let export = move |()| console.export_runs(ids(untrack(move || collection.chosen())));
    let import = view! {
        <FileButton label=text::IMPORT on_choose=move |chosen| console.import_runs(chosen) />
    };
    let is_asked = RwSignal::new(false);
    let hint = description_of(text::COMPARE_HINT);
    let hint = el("div").attr_while("hidden", "", is_two).child(hint);
    let delete_all = (unpinned > 0).then(|| {
        view! {
            <Button on_click=move |()| is_asked.set(true)>{text::DELETE_UNPINNED}</Button>
        }
    });
    let buttons = (collection.total > 0).then(|| {
        view! {
            {Markup::from(hint)}
            <Button disabled=Signal::derive(move || !is_two()) on_click=compare>
                {text::COMPARE}
            </Button>
            <Button on_click=export>{text::EXPORT}</Button>
        }
    });
    let delete = move |()| {
        is_asked.set(false);
        console.delete_unpinned_runs();
    };
    let footer = MarkupFn::new(move || {
        view! {
            <Button variant=Variant::Link on_click=move |()| is_asked.set(false)>
                {text::CANCEL}
            </Button>
            <Button variant=Variant::Primary on_click=delete>{text::DELETE}</Button>
        }
    });
    let dialog = view! {
        <Dialog
            open=is_asked
            on_close=move |()| is_asked.set(false)
            title=text::DELETE_UNPINNED
            close_label=text::CLOSE
            footer
        >
            {Markup::from(text::delete_question(unpinned))}
        </Dialog>
    };
    (buttons, import, delete_all, dialog).into()
}

/// The way to bring back what was deleted last.
fn deleted(console: Console) -> Markup {
    live(move || {
        console.deleted_run()?;
        let undo = view! { <Button on_click=move |()| console.restore_run()>{text::UNDO}</Button> };
        Some(view! {
            <Flash
                kind=Kind::Info
                title=text::RUN_DELETED
                action=undo
                on_dismiss=move |()| console.forget_deleted_run()
                dismiss_label=text::DISMISS
            />
        })
    })
}
