//! A batch, entry by entry: what failed and why, what was done, what was not reported.

use crate::state::Form;
use crate::text;
use crate::ui::{
    Container, CopyButton, DataTable, Kind, Markup, StatusIndicator, TableCell, TableRow,
    description_of, el,
};
use formsmith_api::model::ShapeKind;
use formsmith_api::outcome::{BatchOutcome, Entry, FailedEntry};
use leptos::prelude::*;

pub fn view(form: Form, batch: &BatchOutcome) -> Markup {
    let (_, items) = text::entry_words(form.model, form.operation);
    let done = form
        .operation
        .traits
        .batch
        .as_ref()
        .map(|batch| batch.done.as_str());
    let keys = key_titles(form);
    let failed: Vec<&FailedEntry> = batch.failed().collect();
    let succeeded: Vec<&Entry> = batch.succeeded().collect();
    let unreported: Vec<&Entry> = batch.unreported().collect();
    let how = match batch.successes_are_listed {
        true => text::LISTED.to_owned(),
        false => text::inferred(&items),
    };
    let unreported_title = text::unreported_title(&items);
    let succeeded_title = text::succeeded_title(&items, done.unwrap_or_default());
    (
        failures(form, &items, &keys, &failed),
        entries(
            form,
            unreported_title,
            text::UNREPORTED.into(),
            &keys,
            &unreported,
        ),
        entries(form, succeeded_title, how, &keys, &succeeded),
        (!batch.rest.is_empty()).then(|| super::output::rest(&batch.rest)),
    )
        .into()
}

/// What the parts of an entry's key are called, from the model.
fn key_titles(form: Form) -> Vec<String> {
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
    let title = |name: &String| {
        let member = entry.and_then(|shape| shape.member(name));
        let place = member.and_then(|member| model.place(member));
        place.map_or_else(|| name.clone(), |place| place.title(name))
    };
    batch.entry_key.iter().map(title).collect()
}

fn failures(form: Form, items: &str, keys: &[String], failed: &[&FailedEntry]) -> Markup {
    let title = text::failed_title(items);
    let mut columns = keys.to_vec();
    columns.extend([text::CODE.to_owned(), text::MESSAGE.to_owned()]);
    let (count, none) = (failed.len(), text::none_failed(items));
    let counter = if count > 0 {
        text::counter(count)
    } else {
        String::new()
    };
    let row = |entry: &&FailedEntry| {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| text::NONE.into());
        let meaning = [entry.meaning.as_deref(), entry.remedy.as_deref()];
        let meaning = meaning.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let meaning = match meaning.as_str() {
            "" => text::UNKNOWN_CODE,
            meaning => meaning,
        };
        view! {
            <TableRow>
                {key_cells(form, keys, &entry.key)}
                <TableCell column=text::CODE>
                    <StatusIndicator kind=Kind::Error text=or_none(&entry.code) />
                    {Markup::from(description_of(text::send_again(entry)))}
                </TableCell>
                <TableCell column=text::MESSAGE>
                    {Markup::from((el("p").child(or_none(&entry.message)), description_of(meaning)))}
                </TableCell>
            </TableRow>
        }
        .into()
    };
    let rows = failed.iter().map(row).collect();
    view! {
        <Container title=title.clone() counter>
            <DataTable label=title columns rows empty=none />
        </Container>
    }
    .into()
}

fn entries(
    form: Form,
    title: String,
    how: String,
    keys: &[String],
    entries: &[&Entry],
) -> Option<Markup> {
    if entries.is_empty() {
        return None;
    }
    let row =
        |entry: &&Entry| view! { <TableRow>{key_cells(form, keys, &entry.key)}</TableRow> }.into();
    let rows = entries.iter().map(row).collect();
    let table = view! {
        <Container title=title.clone() counter=text::counter(entries.len()) description=how>
            <DataTable label=title columns=keys.to_vec() rows />
        </Container>
    };
    Some(table.into())
}

/// The identifying cells of a row; the first can be copied.
fn key_cells(form: Form, titles: &[String], key: &[String]) -> Markup {
    let cells = titles
        .iter()
        .zip(key)
        .enumerate()
        .map(|(at, (title, value))| {
            let copy = (at == 0).then(|| {
                let (what, copied, status) = (title.clone(), value.clone(), RwSignal::new(None));
                let label = text::copy(&format!("{title} {value}"));
                let copy = move |()| form.console.copy(what.clone(), copied.clone(), status);
                view! { <CopyButton label on_copy=copy status /> }
            });
            let content = Markup::from((copy, el("span").child(value.as_str())));
            view! { <TableCell column=title.clone()>{content}</TableCell> }
        });
    cells.collect::<Vec<_>>().into()
}
