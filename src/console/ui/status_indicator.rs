use leptos::prelude::*;

use super::{Glyph, Icon, Markup, Spinner, el};

/// What a result, a record or a notice is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    Success,
    Warning,
    Error,
    #[default]
    Info,
    Pending,
    /// Nobody can say whether it is good.
    Unknown,
    /// It is at rest, which is neither good nor bad.
    Stopped,
    Loading,
}

impl Kind {
    /// The word the style sheets know this kind by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Info => "info",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Stopped => "stopped",
            Self::Loading => "loading",
        }
    }

    /// The drawing that stands for this kind.
    pub fn mark(self) -> Markup {
        let glyph = match self {
            Self::Success => Glyph::Success,
            Self::Warning => Glyph::Warning,
            Self::Error => Glyph::Error,
            Self::Info => Glyph::Info,
            Self::Pending => Glyph::Pending,
            Self::Unknown => Glyph::Unknown,
            Self::Stopped => Glyph::Stopped,
            Self::Loading => return view! { <Spinner /> }.into(),
        };
        view! { <Icon glyph /> }.into()
    }
}

/// A word with its icon; the colour only repeats what both say.
#[component]
pub fn StatusIndicator(kind: Kind, #[prop(into)] text: String) -> Markup {
    el("span")
        .class("status")
        .attr("data-kind", kind.word())
        .child(kind.mark())
        .child(el("span").class("status-text").child(text))
        .into()
}
