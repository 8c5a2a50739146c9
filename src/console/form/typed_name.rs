//! What can't be undone in production, or says who may do what there, asks for the place's name: the
//! hand that is quicker than the eye has to stop and read it.

use crate::browser::focus;
use crate::state::Console;
use crate::ui::{FieldAria, FieldControl, FieldShell, Markup, TextInput, live};
use crate::watch::watch;
use formsmith_words as words;
use leptos::prelude::*;

const ID: &str = "typed-name";

#[derive(Clone, Copy)]
pub struct TypedName {
    console: Console,
    typed: RwSignal<String>,
    /// Was the button pressed before the name was right?
    is_missed: RwSignal<bool>,
}

impl TypedName {
    pub fn new(console: Console) -> Self {
        let (typed, is_missed) = (RwSignal::new(String::new()), RwSignal::new(false));
        // Each review asks for it anew.
        watch(move || {
            if !console.is_reviewed() {
                typed.set(String::new());
                is_missed.set(false);
            }
        });
        Self {
            console,
            typed,
            is_missed,
        }
    }

    /// Is no name asked for, or is it there? If it isn't, that is said at the field.
    pub fn is_right(self) -> bool {
        let needed = untrack(move || self.console.name_to_type());
        let is_right = needed.is_none_or(|name| self.typed.get_untracked().trim() == name);
        if !is_right {
            self.is_missed.set(true);
            focus::soon(ID);
        }
        is_right
    }

    /// The field, where a name is asked for.
    pub fn field(self) -> Markup {
        let name = Memo::new(move |_| self.console.name_to_type());
        live(move || {
            let name = name.get()?;
            let label = words::type_name_label(&name);
            let error = Signal::derive(move || {
                let is_wrong = self.typed.with(|typed| typed.trim() != name);
                (self.is_missed.get() && is_wrong).then(|| words::type_name_missing(&name))
            });
            let on_input = Callback::new(move |text| self.typed.set(text));
            let value = self.typed.into();
            let control = FieldControl::new(move |aria: FieldAria| {
                view! { <TextInput aria value on_input /> }
            });
            Some(view! { <FieldShell id=ID label hint=words::type_name_hint() error control /> })
        })
    }
}
