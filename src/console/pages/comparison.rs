//! Two runs beside each other: what of them differs, and what is the same.

use super::run::{duration, of_runs, or_none, text_table, time, where_of};
use crate::later::later;
use crate::part::later_part;
use crate::state::{Console, KeptRun, Pair, compared};
use crate::text;
use crate::ui::{Container, ExpandableSection, Markup, PageHeader};
use leptos::prelude::*;
use serde_json::Value;

#[component]
pub fn ComparisonPage(console: Console, ids: Vec<String>) -> Markup {
    let header = view! { <PageHeader title=text::COMPARED /> };
    (
        header,
        later_part(console, move || runs(console, ids.clone())),
    )
        .into()
}

later! { fn runs(console: Console, ids: Vec<String>) -> Markup = content(console, ids); }

fn content(console: Console, ids: Vec<String>) -> Markup {
    let told = console.runs_of(ids);
    of_runs(told, move |runs| {
        Some(match runs {
            [one, other] if one.started_ms() > other.started_ms() => {
                comparison(console, [other, one])
            }
            [one, other] => comparison(console, [one, other]),
            _ => text::NO_RUN.into(),
        })
    })
}

fn comparison(console: Console, runs: [&KeptRun; 2]) -> Markup {
    let pairs = compared(&runs[0].0["input"], &runs[1].0["input"]);
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

fn facts(console: Console, runs: [&KeptRun; 2]) -> Markup {
    let fact = |name: &str, read: &dyn Fn(&KeptRun) -> String| {
        vec![name.to_owned(), read(runs[0]), read(runs[1])]
    };
    let of = |name: &'static str| move |run: &KeptRun| or_none(run.text(name)).to_owned();
    let verdict = |run: &KeptRun| match run.is_ended() {
        true => text::spoken(run.text("verdict"), run.text("detail")),
        false => text::NO_ANSWER_KEPT.to_owned(),
    };
    let rows = vec![
        fact(text::VERDICT, &verdict),
        fact(text::OPERATION, &of("operation")),
        fact(text::SENT, &|run| time(&run.0["startedMs"])),
        fact(text::TOOK, &|run| {
            duration(&run.0["startedMs"], &run.0["endedMs"])
        }),
        fact(text::WHERE, &where_of),
    ];
    let columns = [text::ABOUT, text::EARLIER, text::LATER];
    text_table(console, text::RESULT, &columns, rows)
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
