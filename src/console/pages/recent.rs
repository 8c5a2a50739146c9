//! The operations that were sent last, with what came of each.

use super::run::{of_runs, time, verdict, where_of};
use crate::lazy::lazy;
use crate::state::{Console, Route};
use crate::ui::{Container, Markup, description_of, el};
use formsmith_run::Head;
use formsmith_words as words;
use leptos::prelude::*;

lazy! { pub fn recent_runs(console: Console) -> Markup = recent(console); }

fn recent(console: Console) -> Markup {
    let list = of_runs(console.recent_runs(), move |runs: &[Head]| {
        // What came of it is told in the words of the operation.
        let of = |head: &Head| (head.service.clone(), head.operation.clone());
        console.load_built_in_models_of(runs.iter().map(of));
        let mut list = el("ul").class("operations recent").attr("role", "list");
        for head in runs {
            list = list.child(entry(console, head));
        }
        Some(list.into())
    });
    let all = el("a")
        .attr("href", Route::HISTORY)
        .child(words::view_history());
    view! {
        <Container title=words::recent_operations() actions=Markup::from(all)>{list}</Container>
    }
    .into()
}

/// The name leads to the form, and what came of it to the run.
fn entry(console: Console, head: &Head) -> Markup {
    let title = console.operation_title(&head.service, &head.operation);
    let form = Route::of_operation(&head.service, &head.operation);
    let run = Route::of_runs(std::slice::from_ref(&head.id));
    let sent = words::list_comma(&time(Some(head.started_ms)), &where_of(head));
    let named = el("div")
        .child(el("a").attr("href", &form).child(title))
        .child(description_of(&sent));
    let ended = el("a")
        .class("verdict-link")
        .attr("href", &run)
        .child(verdict(console, head));
    el("li").child(named).child(ended).into()
}
