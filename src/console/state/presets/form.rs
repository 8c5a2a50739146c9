//! A form saved as a preset, filled from one, and its placeholders filled in.

use super::store;
use super::{Change, not_kept};
use crate::browser::{focus, task};
use crate::lazy::lazy;
use crate::state::{Form, FormView, Notice, Replacement, field_labels};
use formsmith_api::draft::{Draft, NodeId, OpenPlaceholder, Tokens, prune_unknown};
use formsmith_api::json;
use formsmith_api::preset::{Label, NotMade, Preset};
use formsmith_api::validate::Violation;
use formsmith_words as words;
use leptos::prelude::*;

/// The dialogs of a form that are about presets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PresetDialog {
    Save,
    /// Asks for values in the place of placeholders.
    Fill,
}

#[derive(Clone, Copy)]
pub(in crate::state) struct FormPresets {
    open: RwSignal<Option<PresetDialog>>,
    /// What the preset is called that the form was last filled from, or saved as.
    label: StoredValue<Option<Label>>,
}

impl FormPresets {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(None),
            label: StoredValue::new(None),
        }
    }
}

impl Form {
    pub fn preset_dialog(self) -> Option<PresetDialog> {
        self.presets.open.get()
    }

    pub fn open_preset_dialog(self, dialog: PresetDialog) {
        self.presets.open.set(Some(dialog));
    }

    pub fn close_preset_dialog(self) {
        self.presets.open.set(None);
    }

    /// What the dialog to save begins with.
    pub fn preset_label(self) -> Label {
        self.presets.label.get_value().unwrap_or_default()
    }

    /// Does a placeholder wait for its value?
    pub fn has_placeholders(self) -> bool {
        self.violations.has(&Violation::Placeholder)
    }

    pub fn open_placeholders(self) -> Vec<OpenPlaceholder> {
        self.peek(Draft::placeholders)
    }

    /// What would be wrong with this text in the place of a placeholder, at the first place where
    /// something would be.
    pub fn check_filling(self, open: &OpenPlaceholder, text: &str) -> Option<(NodeId, Violation)> {
        open.nodes.iter().find_map(|&node| {
            let found = self.peek(|draft| draft.check_in_place(self.model, node, text));
            // What the model doesn't know is said in the form.
            let mut found = found.into_iter().filter(|it| !it.is_warning());
            Some((node, found.next()?))
        })
    }

    /// Puts values in the place of placeholders. What is left shows as wrong.
    pub fn fill_placeholders(self, values: &[(OpenPlaceholder, String)]) {
        let mut draft = self.draft.get_untracked();
        for (open, text) in values {
            draft.fill_placeholder(self.model, open, text);
        }
        self.draft.set(draft);
        self.discard_json();
        self.hide_corrected();
        self.renew_spent_tokens();
        self.show_placeholders();
        self.close_preset_dialog();
    }

    /// Marks the fields that still have placeholders, and returns how many placeholders there are.
    fn show_placeholders(self) -> usize {
        let open = self.open_placeholders();
        for node in open.iter().flat_map(|it| &it.nodes) {
            self.violations.show(*node);
        }
        open.len()
    }

    /// Moves to the first field that has a placeholder.
    pub fn go_to_placeholder(self) {
        let node = self.open_placeholders().into_iter();
        let node = node.flat_map(|it| it.nodes).next();
        if let Some(node) = node {
            self.go_to(field_labels::way_to(self, node));
        }
    }

    /// What is in the form as a preset, with placeholders in the place of what these nodes hold.
    pub fn as_preset(self, label: Label, asked: &[NodeId]) -> Result<Preset, NotMade> {
        let (model, operation) = (self.model, self.operation);
        self.peek(|draft| Preset::of(model, &self.service.name, operation, draft, asked, label))
    }

    /// Keeps a preset of this form.
    pub async fn save_preset(self, preset: &Preset, replaces: bool) -> Result<Change, String> {
        let done = self.console.keep_preset(preset, replaces).await;
        let done = done.map_err(not_kept)?;
        if done == Change::Done {
            self.presets.label.set_value(Some(preset.label()));
            self.close_preset_dialog();
            self.console.tell(Ok(words::preset_saved(&preset.path())));
        }
        Ok(done)
    }

    /// Fills the form with a preset, by its path.
    pub fn open_preset(self, path: String) {
        task::spawn(async move {
            if take(self, path).await.is_err() {
                self.tell_not_loaded();
            }
        });
    }

    fn take_preset(self, path: String) {
        task::spawn(async move {
            let found = store::get(&path).await;
            // Who has gone elsewhere meanwhile wants it no more.
            if !self.is_open() {
                return;
            }
            let is_its = |it: &Preset| {
                it.service == self.service.name && it.operation == self.operation.name()
            };
            match found.map(|found| found.filter(is_its)) {
                Ok(Some(preset)) => self.load_preset(&preset),
                Ok(None) => self.set_notice(Some(Notice::NoPreset { path, why: None })),
                Err(why) => {
                    let why = Some(why.into());
                    self.set_notice(Some(Notice::NoPreset { path, why }));
                }
            }
        });
    }

    fn load_preset(self, preset: &Preset) {
        self.console.close_review();
        let (model, operation) = (self.model, self.operation);
        let (input, left_out) = prune_unknown(model, operation, &preset.input, Tokens::LeaveOut);
        let by = Replacement::Preset {
            path: preset.path(),
            left_out,
        };
        match Draft::from_saved(model, operation, &json::compact(&input)) {
            Some(Ok(mut draft)) => {
                draft.take_literally(&preset.placeholders);
                self.replace(draft, by, None);
                self.fill_tokens();
                self.show_view(FormView::Fields);
                self.show_wrong_values();
                if self.show_placeholders() > 0 {
                    self.open_preset_dialog(PresetDialog::Fill);
                }
            }
            _ => self.load_input(&input, by, None),
        }
        self.presets.label.set_value(Some(preset.label()));
        focus::soon_on_heading();
    }
}

lazy! { in presets: fn take(form: Form, path: String) = form.take_preset(path); }
