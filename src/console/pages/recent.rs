//! The operations that were sent last, with what came of each.

use super::run::{day_and_time, of_runs, place_in_short, verdict};
use crate::lazy::lazy;
use crate::state::{Console, Route};
use crate::ui::{Container, Markup, description_of, el, plain_row, plain_table};
use formsmith_run::Head;
use formsmith_words as words;
use leptos::prelude::*;

lazy! { pub fn recent_runs(console: Console) -> Markup = recent(console); }

fn recent(console: Console) -> Markup {
    let list = of_runs(console.recent_runs(), move |runs: &[Head]| {
        // What came of it is told in the words of the operation.
        let of = |head: &Head| (head.service.clone(), head.operation.clone());
        console.load_built_in_models_of(runs.iter().map(of));
        let heads = [words::operation(), words::last_verdict(), words::sent()];
        let rows = runs.iter().map(|head| entry(console, head)).collect();
        Some(plain_table("operations recent", &heads, rows).into())
    });
    let all = el("a")
        .attr("href", Route::HISTORY)
        .child(words::view_history());
    view! {
        <Container title=words::recent_operations() actions=Markup::from(all)>{list}</Container>
    }
    .into()
}

/// The name leads to the run.
fn entry(console: Console, head: &Head) -> Markup {
    let title = console.operation_title(&head.service, &head.operation);
    let service = console.listed(&head.service);
    let service = service.map_or(&head.service_title, |service| &service.title);
    let run = Route::of_runs(std::slice::from_ref(&head.id));
    let named = (
        el("a").attr("href", &run).child(title),
        description_of(service),
    );
    let sent = (
        day_and_time(head.started_ms),
        description_of(&place_in_short(console, &head.place)),
    );
    plain_row(vec![
        named.into(),
        verdict(console, head),
        Markup::from(sent),
    ])
}
