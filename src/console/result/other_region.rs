//! Another region than the request went to, where the service says that it belongs there.

use crate::state::ShownRun;
use crate::ui::{Button, Markup, el};
use formsmith_api::endpoint::is_region;
use formsmith_words as words;
use leptos::prelude::*;

/// Offers to choose it. Nothing goes there by itself: what was reviewed was meant for the first.
pub fn view(shown: ShownRun, region: &str) -> Option<Markup> {
    let run = untrack(move || shown.run())?;
    let form = shown.form?;
    if !is_region(region) || region == run.place.region {
        return None;
    }
    let told = words::in_other_region(region);
    let label = words::choose_region(region);
    let region = region.to_owned();
    let press = move |()| form.turn_to_region(region.clone());
    let button = view! { <Button on_click=press>{label}</Button> };
    let button = el("div").class("actions").child(button);
    Some((el("p").child(told), button).into())
}
