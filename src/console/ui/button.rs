use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Glyph, Icon, Markup, Spinner, el, when};

/// How much weight a button has on its page; one primary per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    Primary,
    #[default]
    Normal,
    Link,
    Icon,
}

impl Variant {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Normal => "button button-normal",
            Self::Link => "button button-link",
            Self::Icon => "button button-icon",
        }
    }
}

/// A button. While disabled or loading it stays focusable, says so through
/// `aria-disabled` and swallows the press. `label` names it where the text does not.
#[component]
pub fn Button(
    #[prop(optional)] variant: Variant,
    #[prop(optional, into)] id: String,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    #[prop(optional, into)] disabled: Option<Signal<bool>>,
    #[prop(optional, into)] loading: Option<Signal<bool>>,
    #[prop(optional, into)] label: Option<Signal<String>>,
    #[prop(optional, into)] described_by: Option<Signal<Option<String>>>,
    /// Is what it opens open?
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] submit: bool,
    #[prop(optional)] children: Option<Markup>,
) -> Markup {
    let inert = move || {
        let holds = |signal: Option<Signal<bool>>| signal.is_some_and(|signal| signal.get());
        holds(disabled) || holds(loading)
    };
    let press = move |event: MouseEvent| {
        if untrack(inert) {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    let mut button = el("button")
        .attr("type", if submit { "submit" } else { "button" })
        .class(variant.class())
        .attr_if("id", Some(id.as_str()).filter(|id| !id.is_empty()))
        .on("click", press);
    if disabled.is_some() || loading.is_some() {
        button = button.attr_while("aria-disabled", "true", inert);
    }
    if let Some(label) = label {
        button = button.attr_live("aria-label", move || Some(label.get()));
    }
    if let Some(described_by) = described_by {
        button = button.attr_live("aria-describedby", move || described_by.get());
    }
    if let Some(expanded) = expanded {
        let is_open = move || Some(expanded.get().to_string());
        button = button.attr_live("aria-expanded", is_open);
    }
    if let Some(loading) = loading {
        button = button.child(when(move || loading.get(), || view! { <Spinner /> }));
    }
    if let Some(glyph) = icon {
        button = button.child(view! { <Icon glyph /> });
    }
    if let Some(children) = children {
        button = button.child(el("span").class("button-text").child(children));
    }
    button.into()
}
