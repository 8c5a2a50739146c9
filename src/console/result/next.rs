//! What can be done about a result.

use super::pages;
use crate::state::ShownRun;
use crate::ui::{Button, Markup, el, live};
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
            view! { <Button on_click=press>{words::undo_run()}</Button> }
        });
        Some(el("div").class("actions").child((next, again, undo)))
    });
    (pages::view(shown), others).into()
}
