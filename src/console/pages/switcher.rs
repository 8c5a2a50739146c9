//! Where requests go: what there is to choose, whose resources that changes, and what the person
//! has made of the place.

use crate::badges::place_badge;
use crate::browser::focus;
use crate::lazy::lazy;
use crate::state::{Console, Route, TargetChoice};
use crate::ui::{El, Kind, Markup, StatusIndicator, el, live};
use formsmith_run::Identity;
use formsmith_words as words;
use leptos::prelude::*;
use web_sys::Event;

lazy! { pub fn switcher(console: Console) -> Markup = content(console); }

fn content(console: Console) -> Markup {
    focus::soon_selected("#switcher input:checked".into(), String::new());
    let choices = Memo::new(move |_| (console.target_choices(), console.endpoint()));
    let targets = live(move || {
        let (choices, endpoint) = choices.get();
        let mut group = el("fieldset")
            .class("switcher-targets")
            .child(el("legend").child(words::target_label()));
        for choice in choices {
            group = group.child(target(console, choice, endpoint.as_deref()));
        }
        group
    });
    let account = live(move || {
        let signs = !console.target().is_sandbox();
        signs.then(|| (account(console), mark(console)))
    });
    (targets, account, close("switcher")).into()
}

/// On a phone a popup has the whole screen, and no place beside it to press.
pub fn close(popup: &str) -> El {
    el("button")
        .attr("type", "button")
        .class("button button-normal")
        .attr("popovertarget", popup)
        .attr("popovertargetaction", "hide")
        .child(words::close())
}

fn target(console: Console, choice: TargetChoice, endpoint: Option<&str>) -> Markup {
    let text = words::target_choice(choice.target, choice.profile.as_deref(), endpoint);
    let key = choice.key();
    let is_chosen = untrack(|| console.target_choice()) == choice;
    let marked = console.mark_of(&console.place_of(choice));
    el("label")
        .class("check")
        .child(
            el("input")
                .attr("type", "radio")
                .attr("name", "target")
                .attr_if("checked", is_chosen.then_some(""))
                .on("change", move |_: Event| console.choose_target(&key)),
        )
        .child(
            el("span")
                .child(el("span").child(text))
                .child(marked.as_ref().map(place_badge)),
        )
        .into()
}

/// Whose resources change.
fn account(console: Console) -> Markup {
    let words: Markup = match console.identity() {
        None => {
            view! { <StatusIndicator kind=Kind::Loading text=words::asking_identity() /> }.into()
        }
        Some(Identity::Known { account, arn, .. }) => (
            el("b").child(words::account_number(&account)),
            el("code").child(arn),
        )
            .into(),
        Some(unknown) => {
            view! { <StatusIndicator kind=Kind::Warning text=words::identity_in_short(&unknown) /> }
                .into()
        }
    };
    el("div")
        .class("switcher-account")
        .attr("role", "group")
        .attr("aria-label", words::account())
        .child(el("span").class("switcher-head").child(words::account()))
        .child(words)
        .into()
}

/// The way to say what the place is for.
fn mark(console: Console) -> Markup {
    let marked = console.mark_of(&console.place());
    let text = match marked {
        Some(_) => words::place_change(),
        None => words::place_name_it(),
    };
    let link = el("a").attr("href", Route::SETTINGS).child(text);
    el("p").child(link).into()
}
