//! What can be done about a result.

use crate::state::Form;
use crate::text;
use crate::ui::{Button, Markup, el, live};
use leptos::prelude::*;

/// Nothing while a request is on its way. A button stays, with the focus, as long as it is of use.
pub fn view(form: Form) -> Markup {
    let offered = Memo::new(move |_| {
        let run = form.run().filter(|_| !form.is_sending())?;
        Some((form.may_send_again(&run), form.may_undo(&run)))
    });
    live(move || {
        let (again, undo) = offered.get().filter(|it| *it != (false, false))?;
        let again = again.then(|| {
            let press = move |()| form.send_again(Vec::new());
            view! { <Button on_click=press>{text::SEND_AGAIN}</Button> }
        });
        let undo = undo.then(|| {
            let press = move |()| form.undo_run();
            view! { <Button on_click=press>{text::UNDO_RUN}</Button> }
        });
        Some(el("div").class("actions").child((again, undo)))
    })
}
