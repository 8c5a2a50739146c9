//! What can be done about a result.

use crate::state::{Form, Run};
use crate::text;
use crate::ui::{Button, Markup, el, live};
use leptos::prelude::*;
use std::sync::Arc;

/// Nothing while a request is on its way.
pub fn view(form: Form, run: &Arc<Run>) -> Markup {
    let run = run.clone();
    live(move || {
        if form.is_sending() {
            return None;
        }
        let again = form.may_send_again(&run).then(|| {
            let run = run.clone();
            let press = move |()| form.send_again(&run, Vec::new());
            view! { <Button on_click=press>{text::SEND_AGAIN}</Button> }
        });
        let undo = form.may_undo(&run).then(|| {
            let run = run.clone();
            let press = move |()| form.undo_run(&run);
            view! { <Button on_click=press>{text::UNDO_RUN}</Button> }
        });
        if again.is_none() && undo.is_none() {
            return None;
        }
        Some(el("div").class("actions").child((again, undo)))
    })
}
