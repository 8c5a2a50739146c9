//! The verdict at the top of the page.

use super::tone;
use crate::state::Form;
use crate::text;
use crate::ui::{Flash, Markup, live};
use leptos::prelude::*;

/// Stays until it is dismissed or another request is sent. The status region has said it
/// already, so it has no role of its own.
#[component]
pub fn ResultFlash(form: Form) -> Markup {
    let now = Memo::new(move |_| form.verdict_now());
    live(move || {
        let (number, verdict) = now.get()?;
        if form.is_dismissed(number) {
            return None;
        }
        Some(view! {
            <Flash
                kind=tone::kind(verdict.tone)
                title=verdict.title
                on_dismiss=move |()| form.dismiss_result(number)
                dismiss_label=text::DISMISS
            >
                {verdict.detail}
            </Flash>
        })
    })
}
