//! Two runs beside each other: what of them differs, and what is the same.

use super::run::{of_runs, op_of, text_table, time, where_of};
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, Entries, Pair, Record, compared};
use crate::ui::{Container, ExpandableSection, Markup, PageHeader};
use crate::watch::watch;
use formsmith_api::secret::is_hole;
use formsmith_run::Head;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn ComparisonPage(console: Console, ids: Vec<String>) -> Markup {
    let header = view! { <PageHeader title=words::compared() /> };
    (
        header,
        lazy_view(console, move || runs(console, ids.clone())),
    )
        .into()
}

lazy! { fn runs(console: Console, ids: Vec<String>) -> Markup = content(console, ids); }

fn content(console: Console, ids: Vec<String>) -> Markup {
    let query = console.records_of(ids);
    watch(move || {
        let operations = query.with(|query| {
            let runs = query.as_ref()?.as_ref().ok()?.iter();
            let name = |head: &Head| (head.service.clone(), head.operation.clone());
            Some(runs.map(|run| name(&run.head)).collect())
        });
        if let Some(operations) = operations {
            console.load_models_of(operations);
        }
    });
    of_runs(query, move |runs| {
        Some(match runs {
            [one, other] if one.head.started_ms > other.head.started_ms => {
                comparison(console, [other, one])
            }
            [one, other] => comparison(console, [one, other]),
            _ => words::no_run().into(),
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
        true => words::no_differences(),
        false => words::input_differences(),
    };
    let counted = |pairs: &[Pair]| words::counter(0, pairs.len());
    let counter = Signal::stored(counted(&different));
    let columns = [words::member(), words::earlier(), words::later()];
    let table = |label, pairs: &[Pair]| {
        text_table(console, label, &columns, pairs.iter().map(cells).collect())
    };
    let different = (!different.is_empty()).then(|| table(words::input_differences(), &different));
    let same = (!same.is_empty()).then(|| {
        view! {
            <ExpandableSection summary=words::in_common() caption=counted(&same)>
                {table(words::in_common(), &same)}
            </ExpandableSection>
        }
    });
    view! {
        <Container title=words::result()>{facts(console, runs)}</Container>
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
        |run: &Record| words::verdict(op_of(console, &run.head), &run.head.verdict).sentence();
    let rows = vec![
        fact(words::verdict_label(), &verdict),
        fact(words::operation(), &|run| run.head.operation.clone()),
        fact(words::sent(), &|run| time(Some(run.head.started_ms))),
        fact(words::duration_label(), &|run| took(&run.head)),
        fact(words::where_sent(), &|run| where_of(&run.head)),
    ];
    let columns = [words::property(), words::earlier(), words::later()];
    text_table(console, words::result(), &columns, rows)
}

/// The time of all attempts, without the pauses between them.
fn took(head: &Head) -> String {
    let attempts = head.attempts.iter();
    let times = attempts.map(|attempt| Some(attempt.ended_ms? - attempt.started_ms));
    let times: Option<Vec<f64>> = times.collect();
    let all = times.filter(|times| !times.is_empty());
    all.map_or_else(
        || words::none().into(),
        |times| words::duration(times.iter().sum()),
    )
}

/// A place of the inputs and what stands there.
fn cells(pair: &Pair) -> Vec<String> {
    let shown = |value: &Option<Value>| match value {
        None => words::absent().to_owned(),
        Some(value) if is_hole(value) => words::not_kept().to_owned(),
        Some(Value::String(text)) => words::beginning(text, MAX_TEXT),
        Some(other) => other.to_string(),
    };
    let [one, other] = &pair.values;
    vec![pair.path.clone(), shown(one), shown(other)]
}

/// More would make the page slow, and nobody reads it here.
const MAX_TEXT: usize = 2000;
