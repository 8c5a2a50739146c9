use leptos::prelude::*;

use super::{ApiName, Glyph, Icon, Info};

/// What a control needs to belong to its field.
#[derive(Clone, Debug)]
pub struct FieldAria {
    pub id: String,
    pub described_by: Signal<Option<String>>,
    pub invalid: Signal<bool>,
}

/// One line of help or one message, with its icon when it is a message.
fn field_line(
    part: &'static str,
    id: String,
    text: Signal<Option<String>>,
) -> impl Fn() -> Option<AnyView> {
    let glyph = match part {
        "error" => Some(Glyph::Error),
        "warning" => Some(Glyph::Warning),
        _ => None,
    };
    move || {
        let text = text.get()?;
        let icon = glyph.map(|glyph| view! { <Icon glyph=glyph /> });
        let line = view! {
            <div class="field-line" data-part=part id=id.clone()>
                {icon}
                <span>{text}</span>
            </div>
        };
        Some(line.into_any())
    }
}

/// The control of a field, made once its ids are known. Boxed, so that the field around it is
/// compiled once and not for each control.
pub struct FieldControl(Box<dyn FnOnce(FieldAria) -> AnyView>);

impl FieldControl {
    pub fn new<V: IntoView + 'static>(control: impl FnOnce(FieldAria) -> V + 'static) -> Self {
        Self(Box::new(move |aria| control(aria).into_any()))
    }
}

/// Label, help and messages around one control, which `control` makes:
/// `<FieldShell id="x" label="Name" control=FieldControl::new(|aria| …) />`.
#[component]
pub fn FieldShell(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    /// What follows the label of a member that may be left out: "- optional".
    #[prop(optional, into)]
    suffix: String,
    #[prop(optional, into)] api_name: String,
    #[prop(optional, into)] hint: Signal<Option<String>>,
    #[prop(optional, into)] constraint: Signal<Option<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] warning: Signal<Option<String>>,
    #[prop(optional, into)] info_label: String,
    #[prop(optional_no_strip)] info: Option<ViewFn>,
    /// A choice that mends the value, such as taking the id out of a pasted ARN.
    #[prop(optional, into)]
    remedy: Option<ViewFn>,
    control: FieldControl,
) -> impl IntoView {
    let parts = [
        ("error", error),
        ("warning", warning),
        ("hint", hint),
        ("constraint", constraint),
    ];
    let part_id = |part: &str| format!("{id}-{part}");
    let ids = parts.map(|(part, text)| (part_id(part), text));
    let described_by = Signal::derive(move || {
        let present = ids.iter().filter(|(_, text)| text.with(Option::is_some));
        let joined = present
            .map(|(id, _)| id.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Some(joined).filter(|joined| !joined.is_empty())
    });
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let aria = FieldAria {
        id: id.clone(),
        described_by,
        invalid,
    };
    let line = |part: &'static str, text| field_line(part, part_id(part), text);
    let topic = label.clone();
    view! {
        <div class="field">
            <div class="field-label">
                <label for=id.clone()>
                    {label}
                    {(!suffix.is_empty())
                        .then(|| view! { <span class="field-suffix">" " {suffix}</span> })}
                </label>
                {info.map(|info| view! { <Info label=info_label topic=topic content=info /> })}
            </div>
            {(!api_name.is_empty()).then(|| view! { <ApiName name=api_name /> })}
            {line("hint", hint)}
            <div class="field-control">{(control.0)(aria)}</div>
            {line("error", error)}
            {line("warning", warning)}
            {remedy.map(|remedy| view! { <div class="field-remedy">{move || remedy.run()}</div> })}
            {line("constraint", constraint)}
        </div>
    }
}
