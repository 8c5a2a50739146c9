use leptos::prelude::*;

use super::text_input::{masking, typing};
use super::{FieldAria, Markup, el};

/// Several lines of text, exactly as typed.
#[component]
pub fn TextArea(
    aria: FieldAria,
    value: Signal<String>,
    #[prop(into)] on_input: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional_no_strip)] masked: Option<Signal<bool>>,
    #[prop(default = "4")] rows: &'static str,
) -> Markup {
    let area = el("textarea")
        .class("input textarea mono")
        .attr("rows", rows);
    let area = masking(typing(area, value, on_input), masked);
    aria.on(area, false, on_blur).into()
}
