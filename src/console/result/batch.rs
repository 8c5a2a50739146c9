//! A batch, entry by entry: what failed and why, what was done, what was not reported.

use crate::state::Form;
use crate::text;
use crate::ui::{Container, CopyButton, DataTable, Kind, StatusIndicator, TableCell, TableColumn, TableRow};
use formsmith_api::model::ShapeKind;
use formsmith_api::outcome::{BatchOutcome, Entry, FailedEntry};
use leptos::prelude::*;

pub fn view(form: Form, batch: &BatchOutcome) -> impl IntoView + use<> {
    let (_, items) = text::entry_words(form.console.model, form.operation);
    let done = form.operation.traits.batch.as_ref().map(|batch| batch.done.clone());
    let done = done.unwrap_or_default();
    let keys = key_titles(form);
    let failed: Vec<FailedEntry> = batch.failed().cloned().collect();
    let succeeded: Vec<Entry> = batch.succeeded().cloned().collect();
    let unreported: Vec<Entry> = batch.unreported().cloned().collect();
    let how = match batch.successes_are_listed {
        true => text::LISTED.to_owned(),
        false => text::inferred(&items),
    };
    let rest = (!batch.rest.is_empty()).then(|| super::output::rest(&batch.rest));
    view! {
        {failures(form, &items, &keys, failed)}
        {(!unreported.is_empty())
            .then(|| {
                let title = text::unreported_title(&items);
                entries(form, title, text::UNREPORTED.into(), &keys, unreported)
            })}
        {(!succeeded.is_empty())
            .then(|| entries(form, text::succeeded_title(&items, &done), how, &keys, succeeded))}
        {rest}
    }
}

/// What the parts of an entry's key are called, from the model.
fn key_titles(form: Form) -> Vec<String> {
    let model = form.console.model;
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
    let title = |name: &String| {
        let member = entry.and_then(|shape| shape.member(name));
        let place = member.and_then(|member| model.place(member));
        place.map_or_else(|| name.clone(), |place| place.title(name))
    };
    batch.entry_key.iter().map(title).collect()
}

fn columns(keys: &[String], more: &[&'static str]) -> Vec<TableColumn> {
    let keys = keys.iter().map(|title| TableColumn::new(title.clone()));
    keys.chain(more.iter().map(|title| TableColumn::new(*title))).collect()
}

fn failures(
    form: Form,
    items: &str,
    keys: &[String],
    failed: Vec<FailedEntry>,
) -> impl IntoView + use<> {
    let title = text::failed_title(items);
    let columns = columns(keys, &[text::CODE, text::MESSAGE]);
    let (count, none) = (failed.len(), text::none_failed(items));
    let counter = if count > 0 { text::counter(count) } else { String::new() };
    let keys = keys.to_vec();
    let row = move |entry: FailedEntry| {
        let again = text::send_again(&entry);
        let message = entry.message.clone().unwrap_or_else(|| text::NONE.into());
        let meaning = [entry.meaning.as_deref(), entry.remedy.as_deref()];
        let meaning = meaning.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let meaning = match meaning.is_empty() {
            true => text::UNKNOWN_CODE.to_owned(),
            false => meaning,
        };
        let cells = key_cells(form, &keys, &entry.key);
        let code = entry.code.clone().unwrap_or_else(|| text::NONE.into());
        view! {
            <TableRow>
                {cells}
                <TableCell column=text::CODE>
                    <StatusIndicator kind=Kind::Error text=code />
                    <p class="description">{again}</p>
                </TableCell>
                <TableCell column=text::MESSAGE>
                    <p>{message}</p>
                    <p class="description">{meaning}</p>
                </TableCell>
            </TableRow>
        }
    };
    view! {
        <Container title=title.clone() counter>
            <DataTable label=title columns row_count=Signal::derive(move || count) empty=move || none.clone()>
                {failed.into_iter().map(row).collect_view()}
            </DataTable>
        </Container>
    }
}

fn entries(
    form: Form,
    title: String,
    how: String,
    keys: &[String],
    entries: Vec<Entry>,
) -> impl IntoView + use<> {
    let columns = columns(keys, &[]);
    let count = entries.len();
    let keys = keys.to_vec();
    let row = move |entry: Entry| {
        let cells = key_cells(form, &keys, &entry.key);
        view! { <TableRow>{cells}</TableRow> }
    };
    view! {
        <Container title=title.clone() counter=text::counter(count) description=how>
            <DataTable label=title columns row_count=Signal::derive(move || count)>
                {entries.into_iter().map(row).collect_view()}
            </DataTable>
        </Container>
    }
}

/// The identifying cells of a row; the first can be copied.
fn key_cells(form: Form, titles: &[String], key: &[String]) -> impl IntoView + use<> {
    let cells = titles.iter().zip(key).enumerate().map(|(at, (title, value))| {
        let copy = (at == 0).then(|| {
            let (title, value, status) = (title.clone(), value.clone(), RwSignal::new(String::new()));
            let label = text::copy(&format!("{title} {value}"));
            let copy = move |()| form.console.copy(title.clone(), value.clone(), status);
            view! { <CopyButton label on_copy=copy status /> }
        });
        let value = value.clone();
        view! { <TableCell column=title.clone()>{copy} <span>{value}</span></TableCell> }
    });
    cells.collect_view()
}
