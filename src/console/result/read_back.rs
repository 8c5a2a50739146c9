//! What reading the resources showed, where no answer said it.

use crate::state::ShownRun;
use crate::ui::{CodeBlock, Container, Kind, Markup, StatusIndicator, live};
use formsmith_api::json;
use formsmith_api::read_back::Found;
use formsmith_run::{ReadBackState, Run};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

pub fn view(shown: ShownRun) -> Markup {
    let text = shown.part(|run| words::read_back_text(run).map(|text| (kind(run), text)));
    live(move || {
        let (kind, text) = text.get()??;
        let items = untrack(move || shown.run()).and_then(|run| {
            let read = run.reads.last().filter(|_| !run.is_reading_back())?;
            (!read.items.is_empty()).then(|| Value::from(read.items.clone()))
        });
        let listed = items.map(|items| {
            let text = json::indented(&items);
            view! { <CodeBlock label=words::resource_check() text /> }
        });
        Some(view! {
            <Container title=words::resource_check()>
                <StatusIndicator kind text=text />
                {Markup::from(listed)}
            </Container>
        })
    })
}

fn kind(run: &Run) -> Kind {
    match &run.read_back {
        Some(ReadBackState::Underway(_)) => Kind::Loading,
        Some(ReadBackState::Failed { .. }) => Kind::Warning,
        None => {
            let found = run.found();
            let mut found = found.iter().flatten().peekable();
            match found.peek().is_some() && found.all(|one| *one == Found::Done) {
                true => Kind::Success,
                false => Kind::Info,
            }
        }
    }
}
