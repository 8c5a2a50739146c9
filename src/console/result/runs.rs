//! The other runs of a form, each with what can be done about it.

use crate::browser::clock;
use crate::state::{Form, Route};
use crate::tone;
use crate::ui::{Button, Container, Markup, StatusIndicator, el, live};
use formsmith_words as words;
use leptos::prelude::*;

pub fn view(form: Form) -> Markup {
    let others = Memo::new(move |_| {
        let shown = form.run();
        let shown = shown.as_ref().map(|run| run.id.as_str());
        form.console.runs().others(form.op(), shown)
    });
    live(move || {
        let others = others.get();
        if others.is_empty() {
            return None;
        }
        let lines = others.iter().filter_map(|(_, id, _)| line(form, id));
        let lines: Vec<_> = lines.collect();
        let list: Markup = el("ul")
            .attr("role", "list")
            .class("stack")
            .child(lines)
            .into();
        Some(view! { <Container title=words::other_runs()>{list}</Container> })
    })
}

fn line(form: Form, id: &str) -> Option<Markup> {
    let (head, is_underway) = untrack(|| form.console.runs().head(id))?;
    let (kind, text) = match is_underway {
        true => (crate::ui::Kind::Loading, words::sending().to_owned()),
        false => {
            let verdict = words::verdict(Some(form.op()), &head.verdict);
            (tone::kind(verdict.tone), verdict.title)
        }
    };
    let begun = clock::moment(head.started_ms / 1000.0).map(|moment| moment.local);
    let link = el("a")
        .attr("href", &Route::of_runs(std::slice::from_ref(&head.id)))
        .child(begun.unwrap_or_default());
    let (shown, undone) = (head.id.clone(), head.id);
    let show = move |()| form.choose_run(shown.clone());
    let undo = head.may_undo.then(|| {
        let undo = move |()| form.undo_run(undone.clone());
        view! { <Button on_click=undo>{words::undo_run()}</Button> }
    });
    let actions = el("span")
        .class("actions")
        .child(view! { <Button on_click=show>{words::show_run()}</Button> })
        .child(undo);
    let status = view! { <StatusIndicator kind text /> };
    let parts = (link, Markup::from(status), actions);
    Some(el("li").class("actions").child(parts).into())
}
