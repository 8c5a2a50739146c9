//! Stories to play, and what becomes of the sandbox's state.

use crate::browser::file::Chosen;
use crate::browser::task;
use crate::lazy::lazy;
use crate::lazy_view::{lazy_dialog, lazy_view};
use crate::state::{Console, Offer};
use crate::ui::{
    Button, Confirm, Container, ExpandableSection, FileButton, Flash, Kind, Markup, description_of,
    el, live, text_link, when,
};
use crate::ui_words;
use formsmith_run::Failure;
use formsmith_words as words;
use leptos::prelude::*;

/// There only where a sandbox answers.
#[component]
pub fn Scenarios(console: Console) -> Markup {
    let is_sandbox = move || console.target().is_sandbox();
    when(is_sandbox, move || {
        let told = RwSignal::new(None);
        // The page's sandbox is loaded when somebody wants to see what it offers.
        let ask = move || {
            task::spawn(async move {
                told.try_set(Some(console.sandbox_offer().await));
            });
        };
        let list = live(move || told.get().map(|told| list(console, told)));
        view! {
            <Container title=words::try_scenario() description=words::try_scenario_hint()>
                <ExpandableSection
                    summary=words::scenarios()
                    caption=words::scenarios_hint()
                    on_open=Callback::new(move |()| ask())
                >
                    {list}
                </ExpandableSection>
                {state_of_sandbox(console)}
            </Container>
        }
    })
}

fn list(console: Console, told: Result<Offer, Failure>) -> Markup {
    let offer = match told {
        Ok(offer) => offer,
        Err(failure) => return lazy_view(console, move || failed(failure.clone())),
    };
    let mut list = el("ul").class("examples").attr("role", "list");
    for scenario in offer.scenarios {
        let (title, story) = (scenario.title.clone(), scenario.story.clone());
        let press = Callback::new(move |()| console.begin(scenario.clone()));
        let entry = el("li")
            .child(text_link(&title, press))
            .child(description_of(&story));
        list = list.child(entry);
    }
    let faults = offer.faults.iter();
    let faults: Vec<_> = faults
        .map(|(name, what)| words::fault(&format!("fault-{name}"), what))
        .collect();
    (
        list,
        description_of(&words::faults(&words::paragraph(&faults))),
    )
        .into()
}

lazy! {
    fn failed(failure: Failure) -> Markup = view! {
        <Flash kind=Kind::Error title=words::failure_title(&failure) />
    }
    .into();
}

fn state_of_sandbox(console: Console) -> Markup {
    let load = move |files: Vec<Chosen>| {
        files
            .into_iter()
            .for_each(|file| console.load_sandbox(file))
    };
    let load = view! {
        <FileButton label=words::load_sandbox() on_choose=load />
    };
    let is_asked = RwSignal::new(false);
    let question = lazy_dialog(
        console,
        move || is_asked.get(),
        move || reset_question(console, is_asked),
    );
    let actions = el("div")
        .class("actions")
        .child(view! { <Button on_click=move |()| is_asked.set(true)>{words::reset_sandbox()}</Button> })
        .child(view! { <Button on_click=move |()| console.save_sandbox()>{words::save_sandbox()}</Button> })
        .child(load);
    (actions, question).into()
}

lazy! {
    fn reset_question(console: Console, is_asked: RwSignal<bool>) -> Markup =
        ask_to_reset(console, is_asked);
}

/// What was done in the sandbox can't be brought back, unless its state was saved.
fn ask_to_reset(console: Console, is_asked: RwSignal<bool>) -> Markup {
    view! {
        <Confirm
            is_asked
            on_yes=move |()| console.reset_sandbox()
            title=words::reset_sandbox()
            yes=words::reset()
            words=ui_words::confirm()
            question=words::reset_question()
        />
    }
    .into()
}
