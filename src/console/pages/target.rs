//! Who will answer, and what keeps them from it.

use crate::state::Console;
use crate::text;
use crate::ui::{Flash, Kind, Markup, StatusIndicator, live};
use leptos::prelude::*;

#[component]
pub fn TargetNotice(console: Console, #[prop(optional)] only_reads: bool) -> Markup {
    let target = live(move || {
        let target = console.target();
        let kind = match only_reads || target.is_sandbox() {
            true => Kind::Info,
            false => Kind::Warning,
        };
        view! { <StatusIndicator kind text=text::target_explained(target, only_reads) /> }
    });
    let trouble = live(move || {
        if console.target().is_sandbox() {
            return None;
        }
        let (title, detail) = text::identity_trouble(&console.identity()?)?;
        Some(view! { <Flash kind=Kind::Warning title>{detail}</Flash> })
    });
    (target, trouble).into()
}
