use leptos::ev::ClipboardEvent;
use leptos::prelude::*;
use web_sys::Event;

use super::{El, FieldAria, Markup, el};

/// One line of text, exactly as typed.
#[component]
pub fn TextInput(
    aria: FieldAria,
    value: Signal<String>,
    on_input: Callback<String>,
    #[prop(optional, into)] on_blur: Option<Callback<()>>,
    #[prop(optional, into)] on_paste: Option<Callback<ClipboardEvent>>,
    /// The on-screen keyboard: "numeric", "decimal", "url".
    #[prop(optional_no_strip)]
    mode: Option<&'static str>,
    /// What a browser may offer to fill in: "one-time-code".
    #[prop(optional_no_strip)]
    autocomplete: Option<&'static str>,
    /// The id of a datalist.
    #[prop(optional, into)]
    list: Option<String>,
    #[prop(optional)] mono: bool,
    /// While it holds, nobody who looks over a shoulder reads what is typed.
    #[prop(optional_no_strip)]
    masked: Option<Signal<bool>>,
    #[prop(optional)] required: bool,
) -> Markup {
    let mut input = el("input")
        .class(if mono { "input mono" } else { "input" })
        .attr("type", "text")
        .attr_if("inputmode", mode)
        .attr_if("list", list.as_deref());
    if let Some(on_paste) = on_paste {
        input = input.on("paste", move |event: ClipboardEvent| on_paste.run(event));
    }
    let input = typing(input, value, on_input).attr_if("autocomplete", autocomplete);
    let input = masking(input, masked);
    aria.on(input, required, on_blur).into()
}

/// What a control that is typed into does; nothing in it corrects what was typed.
pub(super) fn typing(control: El, value: Signal<String>, on_input: Callback<String>) -> El {
    control
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .value(value)
        .on("input", move |event: Event| {
            on_input.run(event_target_value(&event))
        })
}

/// A secret is masked by style: what is typed into a field for passwords, browsers offer to keep.
pub(super) fn masking(control: El, masked: Option<Signal<bool>>) -> El {
    match masked {
        Some(masked) => control.attr_while("data-masked", "", move || masked.get()),
        None => control,
    }
}

impl FieldAria {
    /// Makes a control its field's.
    pub(super) fn on(self, control: El, required: bool, on_blur: Option<Callback<()>>) -> El {
        let control = control
            .attr("id", &self.id)
            .attr_if("aria-label", self.label.as_deref())
            .attr_if("aria-required", required.then_some("true"))
            .attr_while("aria-invalid", "true", move || self.invalid.get())
            .attr_live("aria-describedby", move || self.described_by.get());
        match on_blur {
            Some(on_blur) => control.on("blur", move |_: Event| on_blur.run(())),
            None => control,
        }
    }
}
