//! The verdict where no flash tells it: on a run's own page, once the flash was closed, and of what was
//! only read. And what a flash and such a line have in common.

use super::next;
use crate::browser::clock;
use crate::state::ShownRun;
use crate::tone;
use crate::ui::{El, KeyValue, Markup, StatusIndicator, clamped, el, live, when};
use formsmith_api::outcome::{Outcome, Standing};
use formsmith_run::{Attempt, Failure, Run, Said};
use formsmith_words::{self as words, Verdict};
use leptos::prelude::*;

/// Was something read, as it was to be? Then the answer is the news, and a line above it says the rest.
pub fn is_quiet(run: &Run) -> bool {
    let outcome = run.last().and_then(Attempt::outcome);
    let verdict = run.verdict();
    run.op.is_readonly()
        && run.wait.is_none()
        && matches!(outcome, Some(Outcome::Output(_)))
        && verdict.last.is_none()
        && verdict.said == Said::Done
}

/// Nothing while the flash tells it, or a line of its own.
pub fn view(shown: ShownRun) -> Markup {
    let is_quiet = shown.part(is_quiet);
    let is_in_flash = move || shown.form.is_some_and(|form| !form.is_dismissed());
    when(
        move || is_quiet.get() == Some(false) && !is_in_flash(),
        move || line(shown),
    )
}

fn line(shown: ShownRun) -> Markup {
    let verdict = shown.part(|run| words::verdict(Some(run.op), &run.verdict()));
    let told = live(move || {
        let verdict = verdict.get()?;
        let kind = tone::kind(verdict.tone);
        Some((
            view! { <StatusIndicator kind text=verdict.title.clone() /> },
            detail(shown, &verdict),
        ))
    });
    let told = el("div").class("verdict-text").child(told);
    let actions = el("div")
        .class("actions")
        .child(next::beside_verdict(shown));
    el("div")
        .class("verdict-line")
        .child(told)
        .child(actions)
        .into()
}

/// A message of so many letters takes more than the verdict's two lines.
const LONG: usize = 400;

/// What there is to say beneath the headline, to whom the request was sent, and what the button that
/// takes it back does.
pub fn detail(shown: ShownRun, verdict: &Verdict) -> Markup {
    let run = untrack(move || shown.run());
    // A long one is shown once, with the error that it is the message of.
    let is_error = run.as_ref().is_some_and(|run| {
        let outcome = run.last().and_then(Attempt::outcome);
        matches!(outcome, Some(Outcome::Error(_)))
    });
    let detail = match is_error && verdict.detail.len() > LONG {
        true => Markup::default(),
        false => clamped(&words::sentence(&verdict.detail), words::show_all()),
    };
    let said = el("div")
        .child(el("span").child(detail))
        .child(" ")
        .child(run.and_then(|run| sent(&run)));
    (said, next::about_undo(shown)).into()
}

/// What stands at the top of a result that has a place of its own beside its form.
pub fn head(shown: ShownRun) -> Markup {
    let verdict = shown.part(|run| words::verdict(Some(run.op), &run.verdict()));
    let status = live(move || {
        let verdict = verdict.get()?;
        let kind = tone::kind(verdict.tone);
        Some(view! { <StatusIndicator kind text=verdict.title /> })
    });
    let run = untrack(move || shown.run());
    let facts = run.map(|run| {
        let target = words::target_of(&run.place);
        let region = run.place.region.clone();
        let sent = when_sent(&run);
        view! {
            <KeyValue label=words::target_label()>{target}</KeyValue>
            <KeyValue label=words::region()>{region}</KeyValue>
            <KeyValue label=words::sent()>{sent}</KeyValue>
        }
    });
    let verdict = view! { <KeyValue label=words::verdict_label()>{status}</KeyValue> };
    let facts = el("dl").class("key-values").child(verdict).child(facts);
    el("div")
        .class("split-head stack")
        .child(el("h2").child(words::result()))
        .child(facts)
        .into()
}

/// When its last attempt was sent, in epoch seconds.
fn sent_seconds(run: &Run) -> f64 {
    let last = run.attempts.last();
    last.map_or(run.started_ms, |last| last.started_ms) / 1000.0
}

/// `Today, 09:42`
fn when_sent(run: &Run) -> String {
    let short = clock::short(sent_seconds(run));
    short.map_or_else(String::new, |it| {
        words::short_time(it.day.as_deref(), &it.time)
    })
}

/// `Sent to Sandbox in this page, us-east-1, today at 09:42.`; nothing of what never left.
pub fn sent(run: &Run) -> Option<El> {
    let failure = run.last().and_then(Attempt::failure);
    let is_unsent = matches!(failure, Some(Failure::Proxy(failure)) if failure.is_undone);
    if is_unsent || run.standing == Standing::NotSent {
        return None;
    }
    let seconds = sent_seconds(run);
    let short = clock::short(seconds);
    let when = short.map(|it| words::day_and_time(it.day.as_deref(), &it.time));
    let sent = words::sent_where(&run.place, &when.unwrap_or_default());
    let exact = clock::moment(seconds).map(|moment| moment.local);
    let sent = el("span").class("sent-to").child(sent);
    Some(sent.attr_if("title", exact.as_deref()))
}
