//! The life of what was started: its statuses, the last one first known, and what it is now.

use crate::answer;
use crate::browser::{clock, notification, task};
use crate::lazy_view::lazy_view;
use crate::state::{FOLLOWING_ID, ShownRun};
use crate::tone;
use crate::ui::{
    Button, Container, El, Markup, StatusIndicator, Variant, description_of, el, live, when,
};
use formsmith_api::model::Shape;
use formsmith_api::outcome;
use formsmith_api::secret::Secret;
use formsmith_run::{Follow, FollowStep, Place, Run, Seen};
use formsmith_words as words;
use leptos::prelude::*;

/// A poll that shows nothing new leaves the page as it is, with the focus and what is searched.
#[component]
pub fn Timeline(shown: ShownRun) -> Markup {
    let follow = move || untrack(move || shown.run()).and_then(|run| run.follow.clone());
    let step = shown.part(|run| of(run, |it| it.step.clone()));
    let seen = shown.part(|run| of(run, |it| it.seen.clone()));
    let output = shown.part(|run| of(run, |it| it.output.clone()));
    let statuses = move || {
        let seen = seen.get()??;
        Some(statuses(shown, &follow()?, &seen))
    };
    let head = live(move || {
        let step = step.get()??;
        let text = match &step {
            FollowStep::Stopped(Some(why)) => words::following_failed(&words::read_failure(why)),
            FollowStep::Stopped(None) => words::following_stopped().into(),
            FollowStep::Underway => match untrack(move || shown.run()) {
                Some(run) if !is_here(shown, &run.place) => words::other_place(&run.place),
                _ => words::following().into(),
            },
            FollowStep::Over => String::new(),
        };
        let actions = el("span")
            .class("actions")
            .attr("id", FOLLOWING_ID)
            .child(actions(shown, &step));
        Some(view! {
            <Container title=words::timeline() description=text actions=Markup::from(actions)>
                {live(statuses)}
            </Container>
        })
    });
    let now = live(move || {
        let output = output.get()??;
        let operation = follow()?.op.operation;
        Some(lazy_view(shown.console, move || {
            answer::output(shown, operation, output.clone(), Secret::Parts)
        }))
    });
    (head, now).into()
}

/// Would what is chosen now answer for the same resources?
pub fn is_here(shown: ShownRun, place: &Place) -> bool {
    let account = shown.console.account();
    place.target == shown.console.target() && (place.account.is_none() || place.account == account)
}

/// To be told the end while the page is out of sight; nothing where the browser has been asked.
pub fn notify_button(shown: ShownRun) -> Markup {
    let is_answered = RwSignal::new(false);
    let may_ask = move || !is_answered.get() && notification::may_ask();
    when(may_ask, move || {
        let ask = Callback::new(move |()| {
            task::spawn(async move {
                shown.console.ask_to_notify().await;
                // The button may be gone by now.
                is_answered.try_set(true);
            });
        });
        view! { <Button variant=Variant::Link on_click=ask>{words::notify_me()}</Button> }
    })
}

fn of<T>(run: &Run, read: fn(&Follow) -> T) -> Option<T> {
    run.follow.as_ref().map(read)
}

fn actions(shown: ShownRun, step: &FollowStep) -> Markup {
    let button = |variant, label: &'static str, press: Callback<()>| {
        view! { <Button variant on_click=press>{label}</Button> }
    };
    match step {
        FollowStep::Over => Markup::default(),
        FollowStep::Stopped(_) => {
            let go_on = Callback::new(move |()| shown.resume_follow());
            button(Variant::Normal, words::follow_again(), go_on).into()
        }
        FollowStep::Underway => {
            let stop = Callback::new(move |()| shown.stop_follow());
            let stop = button(Variant::Normal, words::stop_following(), stop);
            (notify_button(shown), stop).into()
        }
    }
}

/// When something was seen.
pub fn seen_at(ms: f64) -> El {
    let time = clock::moment(ms / 1000.0).map(|moment| {
        el("time")
            .attr("datetime", &moment.utc)
            .attr("title", &moment.utc)
            .child(moment.local)
    });
    el("span").class("timeline-time").child(time)
}

fn statuses(shown: ShownRun, follow: &Follow, all: &[Seen]) -> Markup {
    let shapes = follow.op.operation.output.as_ref();
    let shape = shapes.and_then(|id| shown.op.model.shape(id));
    let mut list = el("ol").class("timeline").attr("role", "list");
    let last = all.len().saturating_sub(1);
    for (at, seen) in all.iter().enumerate() {
        let known = shape.and_then(|shape| status(shown, shape, &seen.value, MAX_DEPTH));
        let (title, kind, meaning) = match known {
            Some(known) => {
                // Only the last status can still be going on.
                let kind = match at == last {
                    true => tone::of_state(known.state),
                    false => tone::PAST,
                };
                (known.title, kind, known.meaning.unwrap_or_default())
            }
            None => (seen.value.clone(), tone::PAST, String::new()),
        };
        let entry = el("li")
            .child(view! { <StatusIndicator kind text=title /> })
            .child(seen_at(seen.at_ms))
            .child(description_of(&meaning));
        list = list.child(entry);
    }
    list.into()
}

/// Shapes may contain themselves.
const MAX_DEPTH: u32 = 4;

/// What the model says about a status, wherever in the output it is.
fn status(shown: ShownRun, shape: &Shape, value: &str, depth: u32) -> Option<outcome::Progress> {
    let depth = depth.checked_sub(1)?;
    shape.members().iter().find_map(|member| {
        let target = shown.op.model.shape(&member.target)?;
        outcome::of_value(target, value).or_else(|| status(shown, target, value, depth))
    })
}
