//! What the header says of the place where requests go.

use super::Console;
use formsmith_run::Colour;
use formsmith_words as words;
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceLabel {
    /// What the place is for, in a word; empty if nobody has said it.
    pub mark: &'static str,
    /// The place's colour, as the style sheet knows it; empty for none.
    pub tone: &'static str,
    pub name: String,
    /// The account, or why it isn't known.
    pub detail: String,
    /// Who signs, as an ARN.
    pub signer: Option<String>,
}

/// That of AWS, once the later part has made it.
#[derive(Clone, Copy)]
pub(super) struct ShownLabel(pub RwSignal<Option<PlaceLabel>>);

impl ShownLabel {
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }
}

impl Console {
    /// Of the place where requests go now.
    pub fn place_label(self) -> PlaceLabel {
        let choice = self.target_choice();
        let target = choice.target;
        if target.is_sandbox() {
            let (name, detail) = words::sandbox_label(target);
            return PlaceLabel {
                mark: words::place_sandbox(),
                tone: Colour::Green.key(),
                name: name.into(),
                detail: detail.into(),
                signer: None,
            };
        }
        self.place_label.0.get().unwrap_or_else(|| PlaceLabel {
            mark: "",
            tone: "",
            name: words::target(target).into(),
            detail: String::new(),
            signer: None,
        })
    }
}
