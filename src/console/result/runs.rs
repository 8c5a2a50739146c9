//! The runs of a form, the last first: the one that is shown, and the others each with what can be done
//! about it.

use super::table::table;
use crate::browser::clock;
use crate::selection::Selection;
use crate::state::{Form, Route};
use crate::tone;
use crate::ui::{
    Button, Collection, CollectionColumn, CollectionRows, Container, Kind, Markup, StatusIndicator,
    el, live,
};
use formsmith_api::permission::is_denied_by;
use formsmith_run::{Head, Said, Tone};
use formsmith_words as words;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// So many others are listed; the history has all.
const MOST: usize = 5;

/// A run in its line.
struct Line {
    head: Head,
    is_underway: bool,
    is_shown: bool,
}

/// Nothing where the run that is shown is the only one.
pub fn view(form: Form) -> Markup {
    let all = Memo::new(move |_| {
        let runs = form.console.runs();
        let shown = form.run();
        let id = shown.as_ref().map(|run| run.id.as_str());
        let mut others = runs.others(form.op(), id);
        others.truncate(MOST);
        let shown = shown.map(|run| (run.started_ms, run.id.clone(), Some(run.version)));
        (shown, others)
    });
    live(move || {
        let (shown, mut all) = all.get();
        if all.is_empty() {
            return None;
        }
        let shown_id = shown.as_ref().map(|(_, id, _)| id.clone());
        all.extend(shown);
        all.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
        let lines = all.iter().filter_map(|(_, id, _)| {
            let (head, is_underway) = untrack(|| form.console.runs().head(id))?;
            Some(Line {
                head,
                is_underway,
                is_shown: shown_id.as_ref() == Some(id),
            })
        });
        Some(listed(form, lines.collect()))
    })
}

fn listed(form: Form, lines: Vec<Line>) -> Markup {
    let title = words::runs_of_form();
    let count = words::counter(0, lines.len());
    let columns = [words::sent(), words::verdict_label(), words::next_step()];
    let lines = Rc::new(lines);
    let texts: Vec<Vec<String>> = lines
        .iter()
        .map(|line| vec![sent_at(&line.head), verdict_of(form, line).1, String::new()])
        .collect();
    let rows = CollectionRows {
        columns: Rc::new(columns.map(CollectionColumn::plain).into()),
        texts: RwSignal::new_local(Arc::new(texts)),
        cell: {
            let lines = Rc::clone(&lines);
            Rc::new(move |row, column| cell(form, &lines[row], column))
        },
        selectable: 0,
        settled: None,
        detail: None,
    };
    let collection = Collection::new(lines.len(), Selection::new(Vec::new())).without_tools();
    let items = words::in_sentence(title);
    let table = table(form.console, collection, rows, title.to_owned(), items);
    // The name of an operation needs no encoding.
    let history = Route::of_history(form.op().operation.name());
    let all = el("a").attr("href", &history).child(words::view_all());
    view! {
        <Container title counter=Signal::stored(count) actions=Markup::from(all)>{table}</Container>
    }
    .into()
}

fn cell(form: Form, line: &Line, column: usize) -> Markup {
    match column {
        0 => {
            let link = Route::of_runs(std::slice::from_ref(&line.head.id));
            el("a")
                .attr("href", &link)
                .child(sent_at(&line.head))
                .into()
        }
        1 => {
            let (kind, text) = verdict_of(form, line);
            view! { <StatusIndicator kind text /> }.into()
        }
        _ if line.is_shown => words::shown_above().into(),
        _ => next(form, line),
    }
}

fn sent_at(head: &Head) -> String {
    let short = clock::short(head.started_ms / 1000.0);
    short.map_or_else(String::new, |it| {
        words::short_time(it.day.as_deref(), &it.time)
    })
}

fn verdict_of(form: Form, line: &Line) -> (Kind, String) {
    if line.is_underway {
        return (Kind::Loading, words::sending().to_owned());
    }
    let verdict = words::verdict(Some(form.op()), &line.head.verdict);
    (tone::kind(verdict.tone), verdict.title)
}

/// The button that shows its result says what one finds there.
fn next(form: Form, line: &Line) -> Markup {
    let verdict = &line.head.verdict;
    let label = match &verdict.said {
        _ if line.is_underway => words::show_run(),
        Said::Refused { name, status, .. } if is_denied_by(name, *status) => words::view_policy(),
        _ if verdict.tone == Tone::Unknown => words::find_out(),
        _ => words::show_run(),
    };
    let id = line.head.id.clone();
    let show = {
        let id = id.clone();
        move |()| form.choose_run(id.clone())
    };
    let undo = line.head.may_undo.then(|| {
        let undo = move |()| form.undo_run(id.clone());
        view! { <Button on_click=undo>{words::undo_run()}</Button> }
    });
    el("span")
        .class("actions")
        .child(view! { <Button on_click=show>{label}</Button> })
        .child(undo)
        .into()
}
