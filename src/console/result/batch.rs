//! A batch, entry by entry: what became of each, and why.

use super::rows::{Row, Status, rows_of};
use super::table::{Export, counter, exports, table};
use crate::state::{Form, Run};
use crate::text;
use crate::ui::{
    Button, Collection, CollectionColumn, CollectionRows, Container, CopyButton, Kind, Markup,
    StatusIndicator, description_of, el, live,
};
use crate::watch::watch;
use formsmith_api::model::ShapeKind;
use formsmith_api::outcome::{RowResult, Rows};
use formsmith_api::read_back::Found;
use formsmith_api::table::Column;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// So many codes are explained above the table.
const MOST_CODES: usize = 20;

pub fn view(form: Form, run: &Arc<Run>, rows: &Rows) -> Markup {
    let sent = rows.rows.len();
    let console = form.console;
    let (item, items) = text::entry_words(form.model, form.operation);
    let lists_done = form.operation.traits.batch.as_ref();
    let lists_done = lists_done.is_some_and(|batch| batch.succeeded.is_some());
    let rows = Rc::new(rows_of(rows));
    let found = Memo::new(move |_| form.found());
    let keys = keys(form);
    let how = match lists_done {
        _ if rows.iter().all(|row| row.status != Status::Done) => String::new(),
        true => text::LISTED.to_owned(),
        false => text::inferred(&items),
    };
    let is_done = rows.iter().all(|row| row.status == Status::Done);
    let collection = Collection::new(rows.len(), form.selected);
    // What is read back later is searched too; the table stays as it is.
    let texts = RwSignal::new_local(Arc::default());
    let read = Rc::clone(&rows);
    watch(move || {
        let rows = read.iter().enumerate();
        texts.set(Arc::new(
            rows.map(|(at, row)| row.texts(of(found, at))).collect(),
        ));
    });
    let shown = CollectionRows {
        columns: Rc::new(columns(&keys)),
        texts,
        cell: cell(form, &keys, Rc::clone(&rows), found),
        // Only what was sent can be sent again, and only if there is need.
        selectable: if is_done { 0 } else { sent },
    };
    let explained = explained(&rows, &items);
    let exported = exported(&keys);
    let export = Export {
        file: text::file_name(form.operation.name(), &items),
        columns: exported.clone(),
        row: Rc::new(move |at| rows[at].value(&exported, untrack(move || of(found, at)))),
    };
    let title = text::outcomes_title(&item);
    let again = (!is_done).then(|| again(form, run, collection));
    let actions = (exports(console, collection, export), again);
    let shown = table(console, collection, shown, title.clone(), items);
    view! {
        <Container title counter=counter(collection) description=how actions>
            {explained}
            {shown}
        </Container>
    }
    .into()
}

/// Sends the rows that are selected; those that may be done then are to begin with.
fn again(form: Form, run: &Arc<Run>, collection: Collection) -> Markup {
    let run = run.clone();
    live(move || {
        // What was done would only be done once more.
        let may_go = |at: &usize| {
            let row = run.rows.as_ref().and_then(|rows| rows.rows.get(*at));
            row.is_some_and(|row| row.result != RowResult::Done)
        };
        let selected = form.selected.get();
        let rows: Vec<usize> = selected.into_iter().filter(may_go).collect();
        let count = rows.len();
        if count == 0 || form.is_sending() {
            return None;
        }
        let hidden = collection.hidden(&rows);
        let press = move |()| form.send_again(rows.clone());
        Some(view! { <Button on_click=press>{text::send_rows_again(count, hidden)}</Button> })
    })
}

/// What reading back showed of a row.
type FoundRows = Memo<Vec<Option<Found>>>;

fn of(found: FoundRows, row: usize) -> Option<Found> {
    found.with(|found| found.get(row).copied().flatten())
}

/// The parts of an entry's key and what they are called, from the model.
fn keys(form: Form) -> Vec<Column> {
    let model = form.model;
    let Some(batch) = &form.operation.traits.batch else {
        return Vec::new();
    };
    let entry = || {
        let output = model.shape(form.operation.output.as_ref()?)?;
        let list = model.shape(&output.member(&batch.failed)?.target)?;
        match &list.kind {
            ShapeKind::List(item) => model.shape(&item.target),
            _ => None,
        }
    };
    let entry = entry();
    let column = |name: &String| {
        let member = entry.and_then(|shape| shape.member(name));
        Column {
            title: member.map_or_else(|| name.clone(), |member| model.title(member)),
            member: name.clone(),
        }
    };
    batch.entry_key.iter().map(column).collect()
}

/// What identifies an entry first, its status second.
fn columns(keys: &[Column]) -> Vec<CollectionColumn> {
    let column = |title: &str, is_filter| CollectionColumn {
        title: title.to_owned(),
        is_filter,
    };
    let mut columns: Vec<_> = keys.iter().map(|key| column(&key.title, false)).collect();
    let second = columns.len().min(1);
    columns.insert(second, column(text::STATUS, true));
    columns.push(column(text::FAILURE, true));
    columns
}

fn exported(keys: &[Column]) -> Vec<Column> {
    let told = [text::STATUS, text::CODE, text::MESSAGE].map(|title| Column {
        member: title.to_owned(),
        title: title.to_owned(),
    });
    keys.iter().cloned().chain(told).collect()
}

/// Draws a cell; the first one can be copied.
fn cell(
    form: Form,
    keys: &[Column],
    rows: Rc<Vec<Row>>,
    found: FoundRows,
) -> Rc<dyn Fn(usize, usize) -> Markup> {
    let first = keys.first().map(|key| key.title.clone());
    Rc::new(move |at, column| {
        let row = &rows[at];
        let texts = row.texts(None);
        let text = &texts[column];
        match (column, &first) {
            (0, Some(title)) => {
                let (what, copied, status) = (title.clone(), text.clone(), RwSignal::new(None));
                let label = text::copy(&format!("{title} {text}"));
                let copy = move |()| form.console.copy(what.clone(), copied.clone(), status);
                let copy = view! { <CopyButton label on_copy=copy status /> };
                (copy, el("span").child(text.as_str())).into()
            }
            (1, _) => {
                let status = row.status;
                view! { <StatusIndicator kind=status.kind() text=status.text() /> }.into()
            }
            // The code, and beneath it the service's words, which are searched with it.
            _ if column + 2 == texts.len() => {
                let rows = Rc::clone(&rows);
                let message = live(move || {
                    let message = rows[at].message(of(found, at));
                    description_of(&message.unwrap_or_default())
                });
                (el("p").child(text.as_str()), message).into()
            }
            _ => el("span").child(text.as_str()).into(),
        }
    })
}

/// What rows have in common is said once, and not at each of them.
fn explained(rows: &[Row], items: &str) -> Markup {
    let mut codes: Vec<(&Row, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.status != Status::Done) {
        let code = row.code();
        let is_alike =
            |(other, _): &&mut (&Row, usize)| other.status == row.status && other.code() == code;
        match codes.iter_mut().find(is_alike) {
            Some((_, count)) => *count += 1,
            None => codes.push((row, 1)),
        }
    }
    if codes.is_empty() {
        let none = text::none_failed(items);
        return view! { <StatusIndicator kind=Kind::Success text=none /> }.into();
    }
    let mut list = el("ul").class("codes").attr("role", "list");
    for (row, count) in codes.iter().take(MOST_CODES) {
        let (what, explained) = match &row.failed {
            Some(failed) => (row.code(), text::code_explained(failed)),
            None if row.status == Status::NotSent => {
                (row.status.text().to_owned(), text::NONE_SENT.to_owned())
            }
            None => (row.status.text().to_owned(), text::ALL_UNKNOWN.to_owned()),
        };
        let (kind, text) = (row.status.kind(), text::common(&what, *count));
        let line = el("li").child(view! { <StatusIndicator kind text /> });
        list = list.child(line.child(description_of(&explained)));
    }
    let more = if codes.len() > MOST_CODES {
        text::MORE_CODES
    } else {
        ""
    };
    (list, description_of(more)).into()
}
