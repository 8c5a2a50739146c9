//! Whose resources change, and what the person has made of the place where requests go now, at the top
//! of every page that reaches AWS.

use crate::badges::place_badge;
use crate::lazy::lazy;
use crate::state::{Console, Route};
use crate::ui::{Kind, Markup, StatusIndicator, el, live};
use formsmith_run::Identity;
use formsmith_words as words;
use leptos::prelude::*;

lazy! {
    pub fn current_place(console: Console) -> Markup = (account(console), current(console)).into();
}

fn account(console: Console) -> Markup {
    let told = live(move || -> Markup {
        match console.identity() {
            None => view! { <StatusIndicator kind=Kind::Loading text=words::asking_identity() /> }
                .into(),
            Some(Identity::Known { account, arn, .. }) => (
                el("strong").child(words::account_number(&account)),
                el("span")
                    .class("app-principal")
                    .child(words::principal(&arn)),
            )
                .into(),
            Some(unknown) => {
                let text = words::identity_in_short(&unknown);
                view! { <StatusIndicator kind=Kind::Warning text /> }.into()
            }
        }
    });
    let arn = move || match console.identity()? {
        Identity::Known { arn, .. } => Some(arn),
        _ => None,
    };
    el("span")
        .class("app-setting app-account")
        .attr("role", "group")
        .attr("aria-label", words::account())
        .attr_live("title", arn)
        .child(el("span").class("app-label").child(words::account()))
        .child(el("span").class("app-identity").child(told))
        .into()
}

/// With the way to change it.
fn current(console: Console) -> Markup {
    live(move || -> Markup {
        let link = el("a").class("app-place").attr("href", Route::SETTINGS);
        let Some(marked) = console.mark_of(&console.place()) else {
            return link.child(words::place_name_it()).into();
        };
        let line = el("span")
            .class("place-line")
            .attr("data-tone", marked.colour.key());
        (line, link.child(place_badge(&marked))).into()
    })
}
