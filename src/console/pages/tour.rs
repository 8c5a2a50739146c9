//! A tour of what the console does, in four steps.

use crate::lazy::lazy;
use crate::lazy_view::lazy_dialog;
use crate::state::Console;
use crate::ui::{Button, Dialog, Markup, MarkupFn, Variant, el, live, when};
use formsmith_words as words;
use leptos::prelude::*;

/// Where the focus is on each step, so that the step is read out.
const STEP_ID: &str = "tour-step";

/// The button that offers it.
pub fn tour_button(console: Console) -> Markup {
    let open = move |()| console.open_tour();
    view! { <Button variant=Variant::Link on_click=open>{words::take_tour()}</Button> }.into()
}

#[component]
pub fn TourDialog(console: Console) -> Markup {
    lazy_dialog(
        console,
        move || console.is_on_tour(),
        move || dialog(console),
    )
}

lazy! { fn dialog(console: Console) -> Markup = tour(console); }

fn tour(console: Console) -> Markup {
    let steps = [
        (words::tour_find_title(), words::tour_find()),
        (words::tour_fill_title(), words::tour_fill()),
        (words::tour_send_title(), words::tour_send()),
        (words::tour_read_title(), words::tour_read()),
    ];
    let last = steps.len() - 1;
    let at = RwSignal::new(0);
    let close = move |()| {
        console.close_tour();
        at.set(0);
    };
    let go = move |to: usize| {
        at.set(to);
        crate::browser::focus::soon(STEP_ID);
    };
    let footer = MarkupFn::new(move || {
        let back = when(
            move || at.get() > 0,
            move || {
                let press = move |()| go(at.get_untracked() - 1);
                view! { <Button on_click=press>{words::back()}</Button> }
            },
        );
        let on = live(move || {
            let is_last = at.get() == last;
            let press = move |()| match is_last {
                true => close(()),
                false => go(at.get_untracked() + 1),
            };
            let text = if is_last {
                words::done_with_tour()
            } else {
                words::next()
            };
            view! { <Button variant=Variant::Primary on_click=press>{text}</Button> }
        });
        let leave =
            view! { <Button variant=Variant::Link on_click=close>{words::leave_tour()}</Button> };
        (Markup::from(leave), back, on)
    });
    let step = move || {
        let step = live(move || {
            let (title, text) = steps[at.get()];
            let place = words::tour_step(&(at.get() + 1).to_string(), &steps.len().to_string());
            (
                el("p").class("description").child(place),
                el("h3").child(title),
                el("p").child(text),
            )
        });
        let place = el("div")
            .class("stack")
            .attr("id", STEP_ID)
            .attr("tabindex", "-1");
        place.child(step)
    };
    view! {
        <Dialog
            open=Signal::derive(move || console.is_on_tour())
            on_close=close
            title=words::tour()
            close_label=words::close()
            focus=STEP_ID
            footer
        >
            {Markup::from(step())}
        </Dialog>
    }
    .into()
}
