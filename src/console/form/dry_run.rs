//! *Check permission first*: what the service says to a dry run of what is under review.

use crate::state::{Check, Console};
use crate::tone;
use crate::ui::{Button, Kind, Markup, StatusIndicator, clamped, el, live, when};
use formsmith_words as words;
use leptos::prelude::*;

/// Nothing where the operation has none. The answer stands beside the button, and is read out.
pub fn dry_run(console: Console) -> Markup {
    when(move || console.has_dry_run(), move || view(console))
}

fn view(console: Console) -> Markup {
    let check = Memo::new(move |_| console.dry_run());
    let is_underway = Signal::derive(move || check.get() == Some(Check::Underway));
    let said = live(move || -> Markup {
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
    });
    let said = el("div").attr("role", "status").child(said);
    let press = move |()| console.check_permission();
    let button = view! {
        <Button loading=is_underway on_click=press>{words::check_permission()}</Button>
    };
    // As wide as its text.
    let button = el("div").child(button);
    el("div").class("stack").child((button, said)).into()
}
