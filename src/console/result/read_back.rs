//! What a look at the resources showed, where no answer told.

use crate::state::{ReadBack, Run};
use crate::text;
use crate::ui::{CodeBlock, Container, Kind, Markup, StatusIndicator};
use formsmith_api::read_back::Found;
use leptos::prelude::*;

pub fn view(run: &Run) -> Option<Markup> {
    let told = text::read_back_told(&run.read_back)?;
    let kind = match &run.read_back {
        ReadBack::Underway => Kind::Loading,
        ReadBack::Failed(_) => Kind::Warning,
        ReadBack::Done { found, .. } => {
            let all_done = found.iter().flatten().all(|one| *one == Found::Done);
            match all_done && found.iter().any(Option::is_some) {
                true => Kind::Success,
                false => Kind::Info,
            }
        }
        ReadBack::None => return None,
    };
    let listed = match &run.read_back {
        ReadBack::Done { items, .. } if !items.is_empty() => {
            let text = serde_json::to_string_pretty(items).unwrap_or_default();
            Some(view! { <CodeBlock label=text::READ_BACK text /> })
        }
        _ => None,
    };
    let view = view! {
        <Container title=text::READ_BACK>
            <StatusIndicator kind text=told />
            {Markup::from(listed)}
        </Container>
    };
    Some(view.into())
}
