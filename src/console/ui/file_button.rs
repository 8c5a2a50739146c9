use leptos::prelude::*;
use web_sys::Event;

use super::{Markup, el};
use crate::browser::file::Chosen;

/// A button that lets the person choose a file, or several; the same can be chosen twice.
#[component]
pub fn FileButton(
    label: &'static str,
    #[prop(into)] on_choose: Callback<Vec<Chosen>>,
    #[prop(optional)] several: bool,
    /// What files are offered.
    #[prop(default = "application/json,.json")]
    accept: &'static str,
) -> Markup {
    let choose = move |event: Event| {
        if let Some(chosen) = Chosen::from_event(&event) {
            on_choose.run(chosen);
        }
    };
    let input = el("input")
        .attr("type", "file")
        .class("visually-hidden")
        .attr("accept", accept)
        .attr_if("multiple", several.then_some(""))
        .on("change", choose);
    el("label")
        .class("button button-normal file-button")
        .child(label)
        .child(input)
        .into()
}
