//! The two ways to write an input, and the JSON of it.

use super::Form;
use formsmith_api::draft::{Draft, JsonMistake};
use leptos::prelude::*;

/// The two ways to write an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormView {
    Fields,
    Json,
}

/// What the JSON view holds when it differs from what the draft would be written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonText {
    pub text: String,
    /// Why it isn't an input; the draft then is the last one that was.
    pub mistake: Option<JsonMistake>,
}

impl Form {
    /// Text written in the JSON view.
    pub fn write_json(self, text: String) {
        let model = self.model;
        let mistake = match Draft::from_text(model, self.operation, &text) {
            Some(Ok(draft)) => {
                self.draft.set(draft);
                self.forget_violations();
                None
            }
            Some(Err(mistake)) => Some(mistake),
            None => None,
        };
        self.json.set(Some(JsonText { text, mistake }));
    }

    /// Gives up JSON that isn't an input; the form goes on with the last that was.
    pub fn discard_json(self) {
        self.json.set(None);
    }

    pub fn json_text(self) -> String {
        match self.json.get() {
            Some(json) => json.text,
            None => {
                let model = self.model;
                self.draft.with(|draft| draft.to_text(model, draft.root()))
            }
        }
    }

    pub fn json_mistake(self) -> Option<JsonMistake> {
        self.json.get().and_then(|json| json.mistake)
    }

    pub fn view(self) -> FormView {
        self.view.get()
    }

    pub fn show_view(self, view: FormView) {
        self.view.set(view);
    }
}
