//! What can be done about a result.

use super::pages;
use crate::state::ShownRun;
use crate::ui::{Button, Markup, description_of, el, live};
use formsmith_api::model::in_words;
use formsmith_api::outcome::RowResult;
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing while a request is on its way. A button stays, with the focus, as long as it is of use.
pub fn view(shown: ShownRun) -> Markup {
    let offered = shown.part(|run| {
        let is_idle = !run.is_underway();
        [
            is_idle && !run.op.is_readonly() && run.next_page().is_some(),
            is_idle && run.may_send_again(),
            is_idle && run.may_undo(),
        ]
    });
    let inferred = shown.part(|run| run.inverse.as_ref().map(|it| it.operation.clone()));
    shown.learn_inverse();
    let others = live(move || {
        let [next, again, undo] = offered.get().filter(|it| it.contains(&true))?;
        // The answer shows beside the form.
        let next = (next && shown.form.is_some()).then(|| {
            let press = move |()| shown.next_page();
            let button = view! { <Button on_click=press>{words::next_page()}</Button> };
            (words::more_pages(), button)
        });
        let again = again.then(|| send_again(shown));
        let undo = undo.then(|| {
            let by = inferred.get().flatten();
            let inferred = by.map(|by| description_of(&words::undo_inferred(&in_words(&by))));
            (undo_button(shown, words::undo_run().to_owned()), inferred)
        });
        Some(el("div").class("actions").child((next, again, undo)))
    });
    (pages::view(shown), others).into()
}

/// What most people do next, in the verdict: what failed for a while only, and what was done.
pub fn beside_verdict(shown: ShownRun) -> Markup {
    let offered = shown.part(|run| {
        let is_idle = !run.is_underway();
        let rows = run.rows.as_ref().filter(|_| is_idle);
        let can_pass =
            |result: &RowResult| matches!(result, RowResult::Failed(failed) if failed.is_retryable);
        let mut retryable = rows.map_or_else(Vec::new, |rows| rows.places(can_pass));
        retryable.retain(|at| run.may_send_row(*at));
        let undo = (is_idle && run.may_undo()).then(|| rows.map(|_| run.rows_to_undo().len()));
        (undo, retryable, is_idle && run.may_send_again())
    });
    live(move || {
        let (undo, retryable, again) = offered.get()?;
        let undo = undo.map(|count| {
            let text = count.map_or_else(|| words::undo_run().to_owned(), words::undo_rows);
            undo_button(shown, text)
        });
        let retry = (!retryable.is_empty()).then(|| {
            let text = words::retry_rows(retryable.len());
            let press = move |()| shown.send_again(retryable.clone());
            view! { <Button on_click=press>{text}</Button> }
        });
        Some((undo, retry, again.then(|| send_again(shown))))
    })
}

fn send_again(shown: ShownRun) -> Markup {
    let press = move |()| shown.send_again(Vec::new());
    view! { <Button on_click=press>{words::send_again()}</Button> }.into()
}

fn undo_button(shown: ShownRun, text: String) -> Markup {
    let press = move |()| shown.undo();
    view! { <Button on_click=press>{text}</Button> }.into()
}
