use leptos::prelude::*;

use super::{ApiName, El, Glyph, Icon, Info, Markup, MarkupFn, el, live, suffix};

/// What a control needs to belong to its field.
#[derive(Clone, Debug)]
pub struct FieldAria {
    pub id: String,
    /// What the control is called where its label may not be drawn.
    pub label: Option<String>,
    pub described_by: Signal<Option<String>>,
    pub invalid: Signal<bool>,
}

/// One line of help or one message, with its icon when it is a message.
pub fn field_line(part: &'static str, id: String, text: Signal<Option<String>>) -> Markup {
    let text = Memo::new(move |_| text.get().unwrap_or_default());
    live(move || text.with(|text| (!text.is_empty()).then(|| line(part, &id, text))))
}

fn line(part: &'static str, id: &str, text: &str) -> El {
    let glyph = match part {
        "error" => Some(Glyph::Error),
        "warning" => Some(Glyph::Warning),
        _ => None,
    };
    el("div")
        .class("field-line")
        .attr("data-part", part)
        .attr("id", id)
        .child(glyph.map(|glyph| view! { <Icon glyph /> }))
        .child(el("span").child(text))
}

/// The control of a field, made once its ids are known.
pub struct FieldControl(Box<dyn FnOnce(FieldAria) -> Markup>);

impl FieldControl {
    pub fn new<M: Into<Markup>>(control: impl FnOnce(FieldAria) -> M + 'static) -> Self {
        Self(Box::new(move |aria| control(aria).into()))
    }
}

/// What can be told below a control, in this order.
const PARTS: [&str; 3] = ["error", "warning", "constraint"];

/// Ends each but the last of these in one text, which is compared as a whole.
const END: &str = "\0";

fn parts(told: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let parts = PARTS.into_iter().zip(told.split(END));
    parts.filter(|(_, text)| !text.is_empty())
}

/// Label, help and messages around one control, which `control` makes:
/// `<FieldShell id="x" label="Name" control=FieldControl::new(|aria| …) />`.
#[component]
pub fn FieldShell(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// What follows the label of a member that may be left out: "- optional".
    #[prop(optional)]
    suffix: &'static str,
    #[prop(optional, into)] api_name: String,
    /// A column's head may say what the label does, and is drawn in its place.
    #[prop(optional)]
    has_head: bool,
    #[prop(into)] hint: String,
    #[prop(optional, into)] constraint: Option<Signal<Option<String>>>,
    error: Signal<Option<String>>,
    #[prop(optional, into)] warning: Option<Signal<Option<String>>>,
    #[prop(optional)] info_label: &'static str,
    #[prop(optional_no_strip)] info: Option<MarkupFn>,
    /// A choice that mends the value, such as taking the id out of a pasted ARN.
    #[prop(optional)]
    remedy: Option<MarkupFn>,
    control: FieldControl,
) -> Markup {
    let told = Memo::new(move |_| {
        let optional = |text: Option<Signal<Option<String>>>| text.and_then(|text| text.get());
        let texts = [error.get(), optional(warning), optional(constraint)];
        texts.map(Option::unwrap_or_default).join(END)
    });
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let described_by = {
        let (id, hint_id) = (id.clone(), hint_id.clone());
        Signal::derive(move || {
            let mut ids: Vec<String> = told.with(|told| {
                let parts = parts(told).map(|(part, _)| format!("{id}-{part}"));
                parts.collect()
            });
            ids.extend(hint_id.clone());
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let aria = FieldAria {
        id: id.clone(),
        label: has_head.then(|| format!("{label} {suffix}").trim_end().to_owned()),
        described_by,
        invalid: Signal::derive(move || told.with(|told| !told.starts_with(END))),
    };
    let hint = hint_id.map(|hint_id| line("hint", &hint_id, &hint));
    let messages = {
        let id = id.clone();
        live(move || {
            let lines = told.with(|told| {
                let lines =
                    parts(told).map(|(part, text)| line(part, &format!("{id}-{part}"), text));
                lines.map(Markup::from).collect::<Vec<_>>()
            });
            (!lines.is_empty()).then_some(lines)
        })
    };
    // Apart from what is told: a press on it may be what changes that.
    let remedy = remedy.map(|remedy| {
        live(move || {
            let remedy = Some(remedy.run()).filter(|remedy| !remedy.is_nothing());
            remedy.map(|remedy| el("div").class("field-remedy").child(remedy))
        })
    });
    let title = el("label")
        .attr("for", &id)
        .child(label.as_str())
        .child(self::suffix(suffix));
    let info = info.map(|content| view! { <Info label=info_label topic=label content /> });
    el("div")
        .class("field")
        .child(el("div").class("field-label").child(title).child(info))
        .child(view! { <ApiName name=api_name /> })
        .child(hint)
        .child(el("div").class("field-control").child((control.0)(aria)))
        .child(messages)
        .child(remedy)
        .into()
}
