//! The other runs of a form, each with what can be done about it.

use super::tone;
use crate::browser::clock;
use crate::state::{Form, Route, ShownRun};
use crate::ui::{Button, Container, Markup, StatusIndicator, el, live};
use formsmith_words as words;
use leptos::prelude::*;

pub fn view(form: Form) -> Markup {
    let others = Memo::new(move |_| {
        let shown = form.run().map(|run| run.id.clone());
        let runs = form.console.runs().of(form.op()).into_iter();
        let others = runs.filter(|run| Some(&run.id) != shown.as_ref());
        let others = others.map(|run| (run.id.clone(), run.version));
        others.collect::<Vec<_>>()
    });
    live(move || {
        let others = others.get();
        if others.is_empty() {
            return None;
        }
        let lines: Vec<_> = others.iter().filter_map(|(id, _)| line(form, id)).collect();
        let list: Markup = el("ul")
            .attr("role", "list")
            .class("stack")
            .child(lines)
            .into();
        Some(view! { <Container title=words::other_runs()>{list}</Container> })
    })
}

fn line(form: Form, id: &str) -> Option<Markup> {
    let run = untrack(|| form.console.runs().get(id))?;
    let (kind, text) = match run.is_underway() {
        true => (crate::ui::Kind::Loading, words::sending().to_owned()),
        false => {
            let verdict = words::verdict(Some(run.op), &run.verdict());
            (tone::kind(verdict.tone), verdict.title)
        }
    };
    let begun = clock::moment(run.started_ms / 1000.0).map(|moment| moment.local);
    let link = el("a")
        .attr("href", &Route::of_runs(std::slice::from_ref(&run.id)))
        .child(begun.unwrap_or_default());
    let show = {
        let id = run.id.clone();
        move |()| form.choose_run(id.clone())
    };
    let undo = run.may_undo().then(|| {
        let shown = ShownRun::new(form.console, &run, None);
        view! { <Button on_click=move |()| shown.undo()>{words::undo_run()}</Button> }
    });
    let actions = el("span")
        .class("actions")
        .child(view! { <Button on_click=show>{words::show_run()}</Button> })
        .child(undo);
    let status = view! { <StatusIndicator kind text /> };
    let parts = (link, Markup::from(status), actions);
    Some(el("li").class("actions").child(parts).into())
}
