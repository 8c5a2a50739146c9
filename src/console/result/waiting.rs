//! Waiting until something is so: what is asked and how often, what the answers showed, and the last of
//! them. It comes with the code that judges answers.

use super::timeline::{is_here, notify_button, seen_at};
use crate::answer;
use crate::browser::task;
use crate::lazy::lazy;
use crate::lazy_view::lazy_view;
use crate::state::{Offer, ShownRun, WAITING_ID};
use crate::ui::{Button, Container, Markup, Variant, el, expandable_container, live, when};
use crate::wait_offers::wait_offers;
use formsmith_api::secret::Secret;
use formsmith_run::{Run, SeenValues, Wait, WaitStep};
use formsmith_words as words;
use leptos::prelude::*;

/// An answer that shows nothing new leaves the page as it is, with the focus and what is searched.
pub fn view(shown: ShownRun) -> Markup {
    lazy_view(shown.console, move || waiting(shown))
}

lazy! { in query: fn waiting(shown: ShownRun) -> Markup = content(shown); }

fn content(shown: ShownRun) -> Markup {
    let Some(what) = untrack(move || shown.run()).and_then(|run| Some(run.wait.clone()?.what))
    else {
        return Markup::default();
    };
    // Of an imported run nothing is asked here.
    let step = shown.part(|run| of(run, |it| it.step.clone()).filter(|_| !run.is_imported));
    let seen = shown.part(|run| of(run, |it| it.seen.clone()));
    let output = shown.part(|run| of(run, |it| it.output.clone()));
    let progress = live(move || {
        let run = shown.run()?;
        let wait = run.wait.as_ref()?;
        let text = match wait.step.is_underway() && !is_here(shown, &run.place) {
            true => words::other_place(&run.place),
            false => words::wait_progress(&run, wait, shown.next_question()),
        };
        Some(el("p").child(text))
    });
    let seen = live(move || Some(statuses(&seen.get()??)));
    let actions = live(move || Some(actions(shown, &step.get()??)));
    let actions = el("span")
        .class("actions")
        .attr("id", WAITING_ID)
        .attr("tabindex", "-1")
        .child(actions);
    let now = live(move || {
        let output = output.get()???;
        let operation = shown.op.operation;
        Some(lazy_view(shown.console, move || {
            answer::output(shown, operation, output.clone(), Secret::Parts)
        }))
    });
    let plan = words::wait_plan(shown.op.operation.name(), &what);
    let parts = view! {
        <Container
            title=words::wait_until(&what.waiter)
            description=plan
            actions=Markup::from(actions)
        >
            {progress}
            {seen}
        </Container>
    };
    (parts, now).into()
}

fn of<T>(run: &Run, read: fn(&Wait) -> T) -> Option<T> {
    run.wait.as_ref().map(read)
}

fn statuses(all: &[SeenValues]) -> Markup {
    let mut list = el("ol").class("timeline").attr("role", "list");
    for seen in all {
        let entry = el("li")
            .child(el("code").child(words::listed(&seen.values)))
            .child(seen_at(seen.at_ms));
        list = list.child(entry);
    }
    list.into()
}

fn actions(shown: ShownRun, step: &WaitStep) -> Markup {
    let button = |variant, label: &'static str, press: Callback<()>| {
        view! { <Button variant on_click=press>{label}</Button> }
    };
    if step.may_resume() {
        let resume = Callback::new(move |()| shown.resume_wait());
        return button(Variant::Normal, words::wait_again(), resume).into();
    }
    if !step.is_underway() {
        return Markup::default();
    }
    let stop = Callback::new(move |()| shown.stop_wait());
    let stop = button(Variant::Normal, words::stop_waiting(), stop);
    (notify_button(shown), stop).into()
}

/// What can be waited for after a change; nothing as long as that isn't known.
pub fn after(shown: ShownRun) -> Markup {
    let found = RwSignal::new(Vec::<Offer>::new());
    let offers = shown.waits_after();
    task::spawn(async move {
        // The result may be gone by then.
        found.try_set(offers.await);
    });
    when(
        move || found.with(|found| !found.is_empty()),
        move || {
            let offers = found.get_untracked();
            let press = Callback::new(move |offer| shown.wait_for(offer));
            expandable_container(words::wait_for(), "", wait_offers(offers, press))
        },
    )
}
