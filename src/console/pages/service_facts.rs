//! What is known of a service before one chooses an operation: how many there are, where requests
//! go, and what was sent last.

use super::run::day_and_time;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Console, Route, region_name};
use crate::ui::{Markup, el, live, when};
use formsmith_run::Head;
use formsmith_words as words;
use leptos::prelude::*;

/// `counts` are those of all operations, of those that read, and of the others.
pub fn service_facts(console: Console, service: &str, counts: [usize; 3]) -> Markup {
    let sent_to = live(move || {
        let target = console.target_choice();
        let endpoint = console.endpoint();
        let target = words::target_choice(
            target.target,
            target.profile.as_deref(),
            endpoint.as_deref(),
        );
        words::list_comma(&target, region_name(&console.region()))
    });
    let service = service.to_owned();
    let has_sent = move || !console.recent().is_empty();
    let last = when(has_sent, move || {
        let service = service.clone();
        lazy_view(console, move || last_request(console, service.clone()))
    });
    let counts = counts.map(words::grouped);
    let [all, reads, changes] = counts.each_ref().map(String::as_str);
    el("dl")
        .class("service-facts")
        .child(fact(
            words::operations(),
            words::operations_counted(all, reads, changes).into(),
        ))
        .child(fact(words::where_sent(), sent_to))
        .child(last)
        .into()
}

fn fact(label: &str, value: Markup) -> Markup {
    el("div")
        .child(el("dt").child(label))
        .child(el("dd").child(value))
        .into()
}

lazy! { fn last_request(console: Console, service: String) -> Markup = last(console, service); }

/// The last request to the service; nothing if there was none.
fn last(console: Console, service: String) -> Markup {
    let runs = console.last_run_of(service);
    live(move || {
        let last: Head = runs.get()?.ok()?.into_iter().next()?;
        let run = Route::of_runs(std::slice::from_ref(&last.id));
        let title = console.operation_title(&last.service, &last.operation);
        let link = el("a").attr("href", &run).child(title);
        let sent = el("span").child(day_and_time(last.started_ms));
        Some(fact(words::last_request(), Markup::from((link, sent))))
    })
}
