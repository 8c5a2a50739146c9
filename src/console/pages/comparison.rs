//! Two runs beside each other: what of them differs, and what is the same.

use super::run::{of_runs, op_of, text_table, time, where_of};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, Entries, Pair, Record, compared};
use crate::text;
use crate::ui::{Container, ExpandableSection, Markup, PageHeader};
use crate::watch::watch;
use formsmith_run::Head;
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn ComparisonPage(console: Console, ids: Vec<String>) -> Markup {
    let header = view! { <PageHeader title=text::COMPARED /> };
    (
        header,
        lazy_view(console, move || runs(console, ids.clone())),
    )
        .into()
}

lazy! { fn runs(console: Console, ids: Vec<String>) -> Markup = content(console, ids); }

fn content(console: Console, ids: Vec<String>) -> Markup {
    let told = console.records_of(ids);
    watch(move || {
        let services = told.with(|told| {
            let runs = told.as_ref()?.as_ref().ok()?.iter();
            Some(runs.map(|run| run.head.service.clone()).collect())
        });
        if let Some(services) = services {
            console.load_models_of(services);
        }
    });
    of_runs(told, move |runs| {
        Some(match runs {
            [one, other] if one.head.started_ms > other.head.started_ms => {
                comparison(console, [other, one])
            }
            [one, other] => comparison(console, [one, other]),
            _ => text::NO_RUN.into(),
        })
    })
}

fn comparison(console: Console, runs: [&Record; 2]) -> Markup {
    let [one, other] = runs.map(|run| run.input().unwrap_or_default());
    let head = &runs[0].head;
    let batch = op_of(console, head).and_then(|op| op.operation.traits.batch.as_ref());
    let entries = batch.map(|batch| Entries {
        member: &batch.entries,
        key: &batch.entry_key,
    });
    let pairs = compared(&one, &other, entries);
    let (same, different): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(Pair::is_same);
    let title = match different.is_empty() {
        true => text::NO_DIFFERENCES,
        false => text::DIFFERENCES,
    };
    let counted = |pairs: &[Pair]| text::counter(0, pairs.len());
    let counter = Signal::stored(counted(&different));
    let columns = [text::MEMBER, text::EARLIER, text::LATER];
    let table = |label, pairs: &[Pair]| {
        text_table(console, label, &columns, pairs.iter().map(cells).collect())
    };
    let different = (!different.is_empty()).then(|| table(text::DIFFERENCES, &different));
    let same = (!same.is_empty()).then(|| {
        view! {
            <ExpandableSection summary=text::SAME caption=counted(&same)>
                {table(text::SAME, &same)}
            </ExpandableSection>
        }
    });
    view! {
        <Container title=text::RESULT>{facts(console, runs)}</Container>
        <Container title counter>{different}</Container>
        {same}
    }
    .into()
}

fn facts(console: Console, runs: [&Record; 2]) -> Markup {
    let fact = |name: &str, read: &dyn Fn(&Record) -> String| {
        vec![name.to_owned(), read(runs[0]), read(runs[1])]
    };
    let verdict =
        |run: &Record| text::verdict(op_of(console, &run.head), &run.head.verdict).sentence();
    let rows = vec![
        fact(text::VERDICT, &verdict),
        fact(text::OPERATION, &|run| run.head.operation.clone()),
        fact(text::SENT, &|run| time(Some(run.head.started_ms))),
        fact(text::TOOK, &|run| took(&run.head)),
        fact(text::WHERE, &|run| where_of(&run.head)),
    ];
    let columns = [text::ABOUT, text::EARLIER, text::LATER];
    text_table(console, text::RESULT, &columns, rows)
}

/// The time of all attempts, without the pauses between them.
fn took(head: &Head) -> String {
    let attempts = head.attempts.iter();
    let times = attempts.map(|attempt| Some(attempt.ended_ms? - attempt.started_ms));
    let times: Option<Vec<f64>> = times.collect();
    let all = times.filter(|times| !times.is_empty());
    all.map_or_else(
        || text::NONE.into(),
        |times| text::duration(times.iter().sum()),
    )
}

/// A place of the inputs and what stands there.
fn cells(pair: &Pair) -> Vec<String> {
    let shown = |value: &Option<Value>| match value {
        None => text::ABSENT.to_owned(),
        Some(Value::String(text)) => text::beginning(text, MAX_TEXT),
        Some(other) => other.to_string(),
    };
    let [one, other] = &pair.values;
    vec![pair.path.clone(), shown(one), shown(other)]
}

/// More would make the page slow, and nobody reads it here.
const MAX_TEXT: usize = 2000;
