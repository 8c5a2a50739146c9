//! The two ways to write an input, and the JSON of it.

use super::Form;
use formsmith_api::draft::{Draft, JsonMistake};
use formsmith_api::model::{Model, Operation};
use leptos::prelude::*;

/// The two ways to write an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormView {
    Fields,
    Json,
}

/// What the JSON view holds when it differs from what the draft would be written as.
#[derive(Debug, Clone, PartialEq, Eq)]
struct JsonText {
    text: String,
    /// Why it isn't an input; the draft then is the last one that was.
    mistake: Option<JsonMistake>,
}

#[derive(Clone, Copy)]
pub(super) struct FormViews {
    shown: RwSignal<FormView>,
    json: RwSignal<Option<JsonText>>,
}

impl FormViews {
    /// A form with stored JSON that is not an input yet opens in the JSON view.
    pub fn new(model: &Model, operation: &Operation, json: Option<String>) -> Self {
        let json = json.map(|text| JsonText {
            mistake: Draft::from_text(model, operation, &text).and_then(Result::err),
            text,
        });
        Self {
            shown: RwSignal::new(match &json {
                Some(_) => FormView::Json,
                None => FormView::Fields,
            }),
            json: RwSignal::new(json),
        }
    }

    /// Follows what is written in the JSON view.
    pub fn track_json(self) {
        self.json.track();
    }
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
        self.views.json.set(Some(JsonText { text, mistake }));
    }

    /// Gives up JSON that isn't an input; the form goes on with the last that was.
    pub(super) fn discard_json(self) {
        self.views.json.set(None);
    }

    pub fn json_text(self) -> String {
        match self.views.json.get() {
            Some(json) => json.text,
            None => {
                let model = self.model;
                self.draft.with(|draft| draft.to_text(model, draft.root()))
            }
        }
    }

    /// Has a secret been typed that is held?
    pub fn has_secret(self) -> bool {
        let model = self.model;
        self.draft.with(|draft| draft.has_secret(model))
    }

    pub fn json_mistake(self) -> Option<JsonMistake> {
        self.views.json.get().and_then(|json| json.mistake)
    }

    /// Text that isn't an input.
    pub(super) fn mistaken_json(self) -> Option<String> {
        let json = self.views.json.get();
        json.filter(|json| json.mistake.is_some())
            .map(|json| json.text)
    }

    /// Shows JSON that was there before, in the JSON view.
    pub(super) fn restore_json(self, text: String) {
        self.write_json(text);
        self.show_view(FormView::Json);
    }

    pub fn view(self) -> FormView {
        self.views.shown.get()
    }

    pub fn show_view(self, view: FormView) {
        self.views.shown.set(view);
    }
}
