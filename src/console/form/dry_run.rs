//! *Check permission first*: what the service says to a dry run of what is under review.

use crate::state::{Check, Console};
use crate::tone;
use crate::ui::{Button, Kind, Markup, StatusIndicator, clamped, el, live, when};
use formsmith_words as words;
use leptos::prelude::*;

/// Its button and its answer, which stand apart; neither is there where the operation has no dry run.
#[derive(Clone, Copy)]
pub struct DryRun {
    console: Console,
    check: Memo<Option<Check>>,
}

impl DryRun {
    pub fn new(console: Console) -> Self {
        Self {
            console,
            check: Memo::new(move |_| console.dry_run()),
        }
    }

    pub fn button(self) -> Markup {
        let Self { console, check } = self;
        let is_underway = Signal::derive(move || check.get() == Some(Check::Underway));
        let press = move |()| console.check_permission();
        let button = move || {
            let button = view! {
                <Button loading=is_underway on_click=press>{words::check_permission()}</Button>
            };
            el("div").class("dialog-first").child(button)
        };
        when(move || console.has_dry_run(), button)
    }

    /// It is read out.
    pub fn answer(self) -> Markup {
        let Self { console, check } = self;
        let said = move || -> Markup {
            match check.get() {
                None => Markup::default(),
                Some(Check::Underway) => {
                    view! { <StatusIndicator kind=Kind::Loading text=words::dry_run_underway() /> }
                        .into()
                }
                Some(Check::Ended(told)) => {
                    let verdict = words::dry_run(&told);
                    let kind = tone::kind(verdict.tone);
                    let detail = (!verdict.detail.is_empty())
                        .then(|| el("p").child(clamped(&verdict.detail, words::show_all())));
                    (
                        view! { <StatusIndicator kind text=verdict.title /> },
                        detail,
                    )
                        .into()
                }
            }
        };
        when(
            move || console.has_dry_run(),
            move || el("div").attr("role", "status").child(live(said)),
        )
    }
}
