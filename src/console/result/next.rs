//! What can be done about a result.

use super::pages;
use crate::state::ShownRun;
use crate::ui::{Button, Markup, description_of, el, live};
use formsmith_api::model::in_words;
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
        let again = again.then(|| {
            let press = move |()| shown.send_again(Vec::new());
            view! { <Button on_click=press>{words::send_again()}</Button> }
        });
        let undo = undo.then(|| {
            let press = move |()| shown.undo();
            let by = inferred.get().flatten();
            let inferred = by.map(|by| description_of(&words::undo_inferred(&in_words(&by))));
            let button = view! { <Button on_click=press>{words::undo_run()}</Button> };
            (button, inferred)
        });
        Some(el("div").class("actions").child((next, again, undo)))
    });
    (pages::view(shown), others).into()
}
