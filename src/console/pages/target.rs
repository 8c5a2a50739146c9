//! Who will answer, and what keeps them from it.

use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::sign_in_button::sign_in_button;
use crate::state::Console;
use crate::ui::{Flash, Kind, Markup, StatusIndicator, live, when};
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn TargetNotice(console: Console, #[prop(optional)] only_reads: bool) -> Markup {
    let target = live(move || {
        let target = console.target();
        let kind = match only_reads || target.is_sandbox() {
            true => Kind::Info,
            false => Kind::Warning,
        };
        let endpoint = console.endpoint();
        let text = words::target_explained(target, endpoint.as_deref(), only_reads);
        view! { <StatusIndicator kind text /> }
    });
    (target, target_trouble(console)).into()
}

/// Why requests can't be signed, if they can't.
pub fn target_trouble(console: Console) -> Markup {
    let has_trouble = move || {
        let identity = console.identity().filter(|it| !it.is_known());
        identity.is_some() && !console.target().is_sandbox()
    };
    when(has_trouble, move || {
        lazy_view(console, move || trouble(console))
    })
}

lazy! { fn trouble(console: Console) -> Markup = troubled(console); }

fn troubled(console: Console) -> Markup {
    live(move || {
        let identity = console.identity()?;
        let (title, detail) = words::identity_trouble(&identity)?;
        let why = identity.why();
        let action = why.and_then(|why| sign_in_button(console, why));
        Some(view! { <Flash kind=Kind::Warning title action>{detail}</Flash> })
    })
}
