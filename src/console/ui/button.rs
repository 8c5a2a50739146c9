use leptos::ev::MouseEvent;
use leptos::{html, prelude::*};

use super::{Glyph, Icon, Spinner};

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
    const fn class(self) -> &'static str {
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
    #[prop(optional, into)] on_click: Option<Callback<MouseEvent>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] loading: Signal<bool>,
    #[prop(optional, into)] label: Signal<String>,
    #[prop(optional)] icon: Option<Glyph>,
    #[prop(optional)] submit: bool,
    #[prop(optional)] node_ref: NodeRef<html::Button>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let inert = move || disabled.get() || loading.get();
    let press = move |event: MouseEvent| {
        if disabled.get_untracked() || loading.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=variant.class()
            node_ref=node_ref
            aria-disabled=move || inert().then_some("true")
            aria-label=move || Some(label.get()).filter(|text| !text.is_empty())
            on:click=press
        >
            {move || loading.get().then(|| view! { <Spinner /> })}
            {icon.map(|glyph| view! { <Icon glyph=glyph /> })}
            {children.map(|children| view! { <span class="button-text">{children()}</span> })}
        </button>
    }
}
