//! What can be done about a result.

use crate::state::ShownRun;
use crate::ui::{Button, Markup, el, live};
use formsmith_api::outcome::RowResult;
use formsmith_run::Run;
use formsmith_words as words;
use leptos::prelude::*;

/// What most people do next: send again what failed for a while only, and take back what was done.
/// Nothing while a request is on its way.
pub fn beside_verdict(shown: ShownRun) -> Markup {
    let offered = shown.part(|run| {
        let is_idle = !run.is_underway();
        let rows = run.rows.as_ref().filter(|_| is_idle);
        let undo = (is_idle && run.may_undo()).then(|| rows.map(|_| run.rows_to_undo().len()));
        let retryable = if is_idle {
            rows_to_retry(run)
        } else {
            Vec::new()
        };
        (undo, retryable, is_idle && run.may_send_again())
    });
    shown.learn_inverse();
    live(move || {
        let (undo, retryable, again) = offered.get()?;
        let undo = undo.map(|count| {
            let text = count.map_or_else(|| words::undo_run().to_owned(), words::undo_rows);
            let press = move |()| shown.undo();
            view! { <Button on_click=press>{text}</Button> }
        });
        let retry = (!retryable.is_empty()).then(|| {
            let text = words::retry_rows(retryable.len());
            let press = move |()| shown.send_again(retryable.clone());
            view! { <Button on_click=press>{text}</Button> }
        });
        let again = again.then(|| {
            let press = move |()| shown.send_again(Vec::new());
            view! { <Button on_click=press>{words::send_again()}</Button> }
        });
        Some((undo, retry, again))
    })
}

/// The rows that failed for a while only, which the verdict offers to send again.
pub fn rows_to_retry(run: &Run) -> Vec<usize> {
    let can_pass =
        |result: &RowResult| matches!(result, RowResult::Failed(failed) if failed.is_retryable);
    let rows = run.rows.as_ref();
    let mut rows = rows.map_or_else(Vec::new, |rows| rows.places(can_pass));
    rows.retain(|at| run.may_send_row(*at));
    rows
}

/// What the button that takes it back does, where no model says that it takes back just that.
pub fn about_undo(shown: ShownRun) -> Markup {
    let by = shown.part(|run| {
        let inferred = run.inverse.as_ref().filter(|_| run.may_undo());
        inferred.map(|it| it.operation.clone())
    });
    let title = move |by: String| {
        let title = (shown.console).operation_title(&shown.op.service.name, &by);
        words::undo_inferred(&title)
    };
    live(move || Some(el("div").child(title(by.get()??))))
}

/// More of what was listed by an operation that isn't asked without the person's consent.
pub fn more(shown: ShownRun) -> Markup {
    let has_more =
        shown.part(|run| !run.is_underway() && !run.op.is_readonly() && run.next_page().is_some());
    live(move || {
        // The answer shows beside the form.
        let is_offered = has_more.get()? && shown.form.is_some();
        is_offered.then(|| {
            let press = move |()| shown.next_page();
            let button = view! { <Button on_click=press>{words::next_page()}</Button> };
            el("div")
                .class("actions")
                .child((words::more_pages(), Markup::from(button)))
        })
    })
}
