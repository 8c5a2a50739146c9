//! The requests as sent and the responses as received, the last first.

use super::messages;
use crate::browser::clock;
use crate::state::ShownRun;
use crate::ui::{Markup, el, expandable_container};
use formsmith_run::{Attempt, Run};
use formsmith_words as words;

pub fn view(shown: ShownRun, run: &Run) -> Markup {
    let last = run
        .last()
        .map(|attempt| messages::view(shown.console, run, attempt));
    let earlier = run
        .attempts
        .split_last()
        .map(|(_, earlier)| earlier)
        .unwrap_or_default();
    let earlier = (!earlier.is_empty()).then(|| {
        let one = |(at, attempt): (usize, &Attempt)| {
            let begun = clock::moment(attempt.started_ms / 1000.0).map(|moment| moment.local);
            let what = words::attempt(run.op, attempt);
            let line = [begun.unwrap_or_default(), what].join(", ");
            (
                el("h3").child(words::attempt_number(at + 1)),
                el("p").child(line),
                messages::view(shown.console, run, attempt),
            )
        };
        let all: Vec<_> = earlier.iter().enumerate().rev().map(one).collect();
        let all: Markup = el("div").class("stack").child(all).into();
        let count = words::counter(0, earlier.len());
        expandable_container(words::earlier_attempts(), &count, all)
    });
    (last, earlier).into()
}
