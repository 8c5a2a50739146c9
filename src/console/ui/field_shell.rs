use leptos::prelude::*;

use super::{ApiName, Glyph, Icon, Info, Markup, MarkupFn, el, suffix, when};

/// What a control needs to belong to its field.
#[derive(Clone, Debug)]
pub struct FieldAria {
    pub id: String,
    pub described_by: Signal<Option<String>>,
    pub invalid: Signal<bool>,
}

/// One line of help or one message, with its icon when it is a message.
pub fn field_line(part: &'static str, id: String, text: Signal<Option<String>>) -> Markup {
    let glyph = match part {
        "error" => Some(Glyph::Error),
        "warning" => Some(Glyph::Warning),
        _ => None,
    };
    let words = Signal::derive(move || text.get().unwrap_or_default());
    when(
        move || text.with(Option::is_some),
        move || {
            el("div")
                .class("field-line")
                .attr("data-part", part)
                .attr("id", &id)
                .child(glyph.map(|glyph| view! { <Icon glyph /> }))
                .child(el("span").child(words))
        },
    )
}

/// The control of a field, made once its ids are known.
pub struct FieldControl(Box<dyn FnOnce(FieldAria) -> Markup>);

impl FieldControl {
    pub fn new<M: Into<Markup>>(control: impl FnOnce(FieldAria) -> M + 'static) -> Self {
        Self(Box::new(move |aria| control(aria).into()))
    }
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
    #[prop(into)] hint: String,
    #[prop(optional, into)] constraint: Option<Signal<Option<String>>>,
    error: Signal<Option<String>>,
    #[prop(optional, into)] warning: Option<Signal<Option<String>>>,
    #[prop(optional)] info_label: &'static str,
    #[prop(optional_no_strip)] info: Option<MarkupFn>,
    /// A choice that mends the value, such as taking the id out of a pasted ARN.
    #[prop(optional)]
    remedy: Option<Markup>,
    control: FieldControl,
) -> Markup {
    let none = Signal::stored(None);
    let parts = [
        ("error", error),
        ("warning", warning.unwrap_or(none)),
        (
            "hint",
            Signal::stored(Some(hint).filter(|hint| !hint.is_empty())),
        ),
        ("constraint", constraint.unwrap_or(none)),
    ]
    .map(|(part, text)| (part, format!("{id}-{part}"), text));
    let ids = parts.clone();
    let described_by = Signal::derive(move || {
        let mut joined = String::new();
        for (_, id, _) in ids.iter().filter(|(.., text)| text.with(Option::is_some)) {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(id);
        }
        Some(joined).filter(|joined| !joined.is_empty())
    });
    let aria = FieldAria {
        id: id.clone(),
        described_by,
        invalid: Signal::derive(move || error.with(Option::is_some)),
    };
    let [error, warning, hint, constraint] =
        parts.map(|(part, id, text)| field_line(part, id, text));
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
        .child(error)
        .child(warning)
        .child(remedy.map(|remedy| el("div").class("field-remedy").child(remedy)))
        .child(constraint)
        .into()
}
