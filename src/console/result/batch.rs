//! A batch, entry by entry: what became of each, and why.

use super::codes;
use super::next;
use super::rows::{Cell, OutcomeColumn, Row, failed_first, rows_of};
use super::table::{Export, counter, exports, table};
use crate::state::{CopyStatus, RowStatus, ShownRun, known_name};
use crate::tone;
use crate::ui::{
    ApiName, Button, Collection, CollectionColumn, CollectionRows, Container, CopyButton, Markup,
    SettledRows, StatusIndicator, clamped, description_of, el, live,
};
use crate::watch::watch;
use formsmith_api::model::{Batch, ShapeKind, in_words};
use formsmith_api::outcome::Rows;
use formsmith_api::table::Column;
use formsmith_run::{OperationRef, Run};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

/// The rows as they are now: what is read back later settles some of them, and the table stays as
/// it was arranged.
type NowRows = RwSignal<Rc<Vec<Row>>, LocalStorage>;

pub fn view(shown: ShownRun, run: &Run, rows: &Rows) -> Markup {
    let sent = rows.rows.len();
    let (console, op) = (shown.console, shown.op);
    let (item, items) = words::entry_words(op.model, op.operation);
    let now: NowRows = RwSignal::new_local(Rc::new(rows_of(run, rows, &run.found())));
    let reads = shown.part(|run| run.reads.len());
    let mut is_first = true;
    watch(move || {
        // Tracked only, a memo that nobody has read yet never changes.
        reads.get();
        // So they are drawn.
        if !std::mem::replace(&mut is_first, false)
            && let Some(run) = untrack(move || shown.run())
            && let Some(rows) = &run.rows
        {
            now.set(Rc::new(rows_of(&run, rows, &run.found())));
        }
    });
    let columns = Rc::new(OutcomeColumn::all(&keys(op)));
    let is_done = now.with_untracked(|rows| all_done(rows));
    let order = now.with_untracked(|rows| failed_first(rows));
    let collection = Collection::new(order.len(), shown.selection)
        .in_order(order)
        .with_opener([words::table_tools(), words::table_sort()]);
    let texts = RwSignal::new_local(Arc::default());
    let searched = Rc::clone(&columns);
    watch(move || {
        let rows = now.get();
        let row = |row: &Row| searched.iter().map(|column| column.text(row)).collect();
        texts.set(Arc::new(rows.iter().map(row).collect()));
    });
    let heads = columns.iter().filter(|column| column.is_shown);
    let heads = heads.map(|column| CollectionColumn::filter_if(column.is_filter, &column.title));
    let table_rows = CollectionRows {
        columns: Rc::new(heads.collect()),
        texts,
        cell: cell(shown, Rc::clone(&columns), now),
        // Only what was sent can be sent again, and only if there is need.
        selectable: if is_done { 0 } else { sent },
        settled: Some(settled(now)),
        detail: None,
    };
    let known = how_known(op, now, &items);
    let has_both = now
        .with_untracked(|rows| rows.iter().any(Row::is_failed) && !rows.iter().all(Row::is_failed));
    let about = live(move || {
        let is_first = has_both && !collection.is_sorted();
        let order = if is_first { words::failed_first() } else { "" };
        description_of(&words::sentences(&[order, &known]))
    });
    let explained = {
        let items = items.clone();
        live(move || codes::view(&now.get(), &items))
    };
    let export = Export {
        file: words::file_name(op.operation.name(), &items),
        columns: OutcomeColumn::exported(&columns),
        row: Rc::new(move |at| {
            now.with_untracked(|rows| {
                let member =
                    |column: &OutcomeColumn| Some((column.name.clone(), column.value(&rows[at])?));
                Value::Object(columns.iter().filter_map(member).collect())
            })
        }),
    };
    let title = words::outcomes_title(&item);
    let again = (!is_done).then(|| again(shown, collection));
    let actions = (again, exports(console, collection, export));
    let content = table(console, collection, table_rows, title.clone(), items);
    view! {
        <Container title counter=counter(collection) actions>
            {about}
            {content}
            {explained}
        </Container>
    }
    .into()
}

fn all_done(rows: &[Row]) -> bool {
    rows.iter().all(|row| row.status == RowStatus::Done)
}

/// Whether the service lists what was done, or only what failed.
fn how_known(op: OperationRef, now: NowRows, items: &str) -> String {
    let batch = op.operation.traits.batch.as_ref();
    let lists_done = batch.is_some_and(|batch| batch.succeeded.is_some());
    let has_done = now.with_untracked(|rows| rows.iter().any(|row| row.status == RowStatus::Done));
    let how = match (has_done, lists_done) {
        (false, _) => String::new(),
        (true, true) => words::lists_done().to_owned(),
        (true, false) => words::inferred(items),
    };
    match batch.is_some_and(Batch::is_unconfirmed) {
        true => words::sentences(&[&how, words::outcome_inferred()]),
        false => how,
    }
}

/// What was done needs nobody.
fn settled(now: NowRows) -> SettledRows {
    SettledRows {
        is: Rc::new(move |at| now.with(|rows| rows[at].status == RowStatus::Done)),
        title: words::rows_settled,
    }
}

/// Sends the rows that are selected, where they are others than the verdict has a button for.
fn again(shown: ShownRun, collection: Collection) -> Markup {
    let sendable = shown.part(|run| {
        let rows = run.rows.as_ref().map_or(0, |rows| rows.rows.len());
        let sendable = (0..rows).filter(|at| !run.is_underway() && run.may_send_row(*at));
        (sendable.collect::<Vec<_>>(), next::rows_to_retry(run))
    });
    live(move || {
        let (sendable, of_verdict) = sendable.get()?;
        let mut rows = shown.selection.rows();
        rows.retain(|at| sendable.binary_search(at).is_ok());
        let count = rows.len();
        if count == 0 || rows == of_verdict {
            return None;
        }
        let hidden = collection.hidden(&rows);
        let press = move |()| shown.send_again(rows.clone());
        Some(view! { <Button on_click=press>{words::send_rows_again(count, hidden)}</Button> })
    })
}

/// The parts of an entry's key and what they are called, from the model.
fn keys(op: OperationRef) -> Vec<Column> {
    let model = op.model;
    let Some(batch) = &op.operation.traits.batch else {
        return Vec::new();
    };
    let entry = || {
        let output = model.shape(op.operation.output.as_ref()?)?;
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
            title: member.map_or_else(|| in_words(name), |member| model.title(member)),
            member: name.clone(),
        }
    };
    batch.entry_key.iter().map(column).collect()
}

/// Draws a cell; what identifies the entry can be copied.
fn cell(
    shown: ShownRun,
    columns: Rc<Vec<OutcomeColumn>>,
    now: NowRows,
) -> Rc<dyn Fn(usize, usize) -> Markup> {
    let (console, scope) = (shown.console, shown.name_scope());
    // What people call it, where that is known, stands above the identifier.
    let named = move |text: &str| -> Markup {
        let scope = scope.as_ref();
        match scope.and_then(|scope| known_name(scope, text)) {
            Some(name) => {
                let name = el("div").child(name);
                let both = el("div").child(name).child(view! { <ApiName name=text /> });
                both.into()
            }
            None => el("span").child(text).into(),
        }
    };
    Rc::new(move |at, column| {
        let column = &columns[column];
        let text = now.with_untracked(|rows| column.text(&rows[at]));
        match column.cell {
            Cell::Key(0) => {
                let title = column.title.clone();
                let label = words::copy_value(&words::in_sentence(&title), &text);
                let (what, copied, status) = (title, text.clone(), CopyStatus::new());
                let copy = move |()| console.copy(what.clone(), copied.clone(), status);
                let copy = view! { <CopyButton label on_copy=copy status /> };
                (copy, named(&text)).into()
            }
            Cell::Status => live(move || {
                let status = now.with(|rows| rows[at].status);
                view! { <StatusIndicator kind=tone::kind(status.tone()) text=status.text() /> }
            }),
            Cell::Code => live(move || {
                let (code, message, can_retry) = now.with(|rows| {
                    let code = rows[at].code().unwrap_or(words::none()).to_owned();
                    (code, rows[at].message(), rows[at].can_retry)
                });
                let retry = can_retry.then(|| {
                    let retry = el("strong").class("can-retry");
                    (" ", retry.child(words::can_be_retried()))
                });
                let message = message.map(|message| {
                    el("div")
                        .class("description")
                        .child(clamped(&message, words::show_all()))
                });
                let code = el("span").class("error-code").child(code);
                (el("p").child(code).child(retry), message)
            }),
            _ => named(&text),
        }
    })
}
