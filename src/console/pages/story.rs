//! The story of the scenario that plays in a form: what will be seen, and what to press next.

use crate::form::verb;
use crate::lazy::lazy;
use crate::state::{Form, Notice, Replacement, Stage};
use crate::ui::{Button, Container, Markup, Variant, description_of, el, expandable, live};
use formsmith_words as words;
use leptos::prelude::*;

lazy! { pub fn story(form: Form) -> Markup = told(form); }

fn told(form: Form) -> Markup {
    // Beside a result it is one line, which opens.
    let has_result = Memo::new(move |_| form.result_key().is_some());
    live(move || {
        let (id, is_switched) = form.scenario()?;
        let (title, _) = words::scenario_card(&id)?;
        let (story, after) = words::scenario_story(&id)?;
        let story = el("p").child(story);
        if has_result.get() {
            let next = next(form, &id, after, "span");
            let details = expandable(words::scenario(title).into(), next, story.into());
            let line = el("div").class("story-line").child(details);
            let story = el("section")
                .class("story")
                .attr("aria-label", &words::scenario(title));
            return Some(story.child(line.child(ways(form, &id))));
        }
        let switched = is_switched.then(|| description_of(words::scenario_switched()));
        let told = view! {
            <Container title=words::scenario(title)>
                {Markup::from(story)}
                {Markup::from(switched.flatten())}
                {next(form, &id, after, "p")}
                {ways(form, &id)}
            </Container>
        };
        Some(el("div").class("story").child(told))
    })
}

fn next(form: Form, id: &str, after: &'static str, tag: &'static str) -> Markup {
    let done = words::scenario_done(id);
    let text = live(move || match form.stage() {
        Stage::Filled => words::scenario_press(&verb(form.operation)),
        Stage::Waiting => words::scenario_waiting().to_owned(),
        Stage::Answered => after.to_owned(),
        Stage::Done => done.unwrap_or(after).to_owned(),
    });
    el(tag).class("story-next").child(text).into()
}

fn ways(form: Form, id: &str) -> Markup {
    let console = form.console;
    let at = words::SCENARIOS.iter().position(|it| *it == id);
    let following = at.and_then(|at| words::SCENARIOS.get(at + 1).copied());
    let following = following.map(|id| {
        let (title, _) = words::scenario_card(id).unwrap_or_default();
        let press = move |()| console.begin(id);
        view! { <Button on_click=press>{words::scenario_next(title)}</Button> }
    });
    // What was in the form before can be brought back until another notice takes that one's place.
    let undo = live(move || {
        let by_scenario = |notice: &Notice| {
            matches!(
                notice,
                Notice::Replaced {
                    by: Replacement::Scenario,
                    ..
                }
            )
        };
        form.notice().filter(by_scenario).map(|_| {
            view! { <Button variant=Variant::Link on_click=move |()| form.undo()>{words::restore_form()}</Button> }
        })
    });
    let end = move |()| console.end_scenario();
    let end = view! { <Button variant=Variant::Link on_click=end>{words::scenario_end()}</Button> };
    let actions = el("div").class("actions");
    actions.child(following).child(undo).child(end).into()
}
