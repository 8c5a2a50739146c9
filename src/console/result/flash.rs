//! The verdict at the top of the page.

use crate::lazy::lazy;
use crate::state::Form;
use crate::tone;
use crate::ui::{Flash, Markup, clamped, live};
use formsmith_words as words;
use leptos::prelude::*;

lazy! { in form: pub fn result_flash(form: Form) -> Markup = view(form); }

/// Stays until it is dismissed or another request is sent. The status region has said it
/// already, so it has no role of its own.
fn view(form: Form) -> Markup {
    let now = Memo::new(move |_| form.verdict().filter(|_| !form.is_dismissed()));
    live(move || {
        let verdict = now.get()?;
        Some(view! {
            <Flash
                kind=tone::kind(verdict.tone)
                title=verdict.title
                on_dismiss=move |()| form.dismiss_result()
                dismiss_label=words::dismiss()
            >
                {clamped(&verdict.detail, words::show_all())}
            </Flash>
        })
    })
}
