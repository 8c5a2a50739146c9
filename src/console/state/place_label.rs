//! What the header says of the place where requests go.

use super::Console;
use crate::watch::watch;
use formsmith_run::{Colour, Identity};
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
pub(super) struct ShownLabel(RwSignal<Option<PlaceLabel>>);

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

    /// Has the header say what is known of the place, from now on. This is in the later part.
    pub(super) fn follow_place(self) {
        if self.place_label.0.with_untracked(Option::is_some) {
            return;
        }
        let label = move || {
            let place = self.place();
            let marked = self.mark_of(&place);
            let identity = self.identity();
            let account = match &identity {
                None => words::asking_identity().into(),
                Some(Identity::Known { account, .. }) => words::account_number(account),
                Some(unknown) => words::identity_in_short(unknown),
            };
            let named = marked.as_ref().map(|it| it.name.as_str());
            let named = named.filter(|name| !name.is_empty());
            let name = named.or(place.profile.as_deref());
            let endpoint = place.endpoint.as_deref();
            PlaceLabel {
                mark: marked
                    .as_ref()
                    .and_then(|it| it.mark)
                    .map_or("", words::place_mark),
                tone: marked.as_ref().map_or("", |it| it.colour.key()),
                name: words::place_called(name.or(endpoint)),
                detail: match endpoint.filter(|_| name.is_some()) {
                    Some(endpoint) => words::list_comma(&account, endpoint),
                    None => account,
                },
                signer: match identity {
                    Some(Identity::Known { arn, .. }) => Some(arn),
                    _ => None,
                },
            }
        };
        let shown = self.place_label.0;
        self.permanent(|| watch(move || shown.set(Some(label()))));
    }
}
