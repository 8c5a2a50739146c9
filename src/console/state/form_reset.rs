//! Emptying a form or filling it from elsewhere, and taking that back.

use super::form_notice::{Notice, Replacement};
use super::{Form, NOTICE_ID, SEND_ID};
use crate::browser::{focus, random};
use formsmith_api::draft::{Draft, Edit, NodeId};
use formsmith_api::json;
use formsmith_api::model::{Example, Model, Operation};
use formsmith_run::Undoes;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

#[derive(Clone, Copy)]
pub(super) struct FormReset {
    /// How often another draft has replaced the whole draft.
    count: RwSignal<u32>,
    /// The run that the filled form would undo.
    undoes: StoredValue<Option<Undoes>>,
}

/// A draft to begin with: with tokens, and the page's language where a service speaks it too.
pub(super) fn blank(model: &Model, operation: &Operation) -> Option<Draft> {
    let mut draft = Draft::new(model, operation, &mut random::uuid)?;
    if let Some(tag) = words::tag() {
        draft.propose_language(model, tag);
    }
    Some(draft)
}

impl FormReset {
    pub fn new() -> Self {
        Self {
            count: RwSignal::new(0),
            undoes: StoredValue::new(None),
        }
    }

    pub fn undoes(self) -> Option<Undoes> {
        self.undoes.get_value()
    }

    pub fn clear_undoes(self) {
        self.undoes.set_value(None);
    }
}

impl Form {
    /// Empties the form; [`Form::undo`] brings back what was there.
    pub fn clear(self) {
        let blank = blank(self.model, self.operation);
        if let Some(blank) = blank {
            self.replace(blank, Replacement::Blank, None);
            self.add_to_replaced(self.forget_result());
        }
    }

    /// Hides the result, and gives the run that it was of. A request on its way stays awaited: what
    /// it did is still to be told.
    pub(super) fn forget_result(self) -> Option<String> {
        // Nothing is on its way yet.
        self.press.stop();
        if untrack(move || self.is_sending()) {
            return None;
        }
        let cleared = self.hide_run();
        if cleared.is_some() {
            self.forget_last();
        }
        cleared
    }

    pub fn load_example(self, example: &Example) {
        let by = Replacement::Example(example.title.clone());
        self.load_input(&example.input, by, None);
    }

    /// An input takes the place of what is there; what the model doesn't take as one stands in
    /// the JSON view, with its mistake. `region` is the one there was, if it may be another now.
    pub(super) fn load_input(self, input: &Value, by: Replacement, region: Option<String>) {
        let text = json::compact(input);
        let draft = Draft::from_saved(self.model, self.operation, &text);
        match draft {
            Some(Ok(draft)) => {
                self.replace(draft, by, region);
                self.fill_tokens();
                self.show_wrong_values();
            }
            Some(Err(_)) => {
                let blank = blank(self.model, self.operation);
                if let Some(blank) = blank {
                    self.replace(blank, by, region);
                    self.restore_json(json::indented(input));
                }
            }
            None => {}
        }
    }

    /// Empties these members; [`Form::undo`] brings back what they had.
    pub fn remove_members(self, members: &[NodeId]) {
        let mut draft = self.draft.get_untracked();
        for &member in members {
            draft.apply(self.model, Edit::Omit(member));
        }
        self.replace(draft, Replacement::Settings, None);
    }

    /// Gives up JSON that is no input, for the last that was one; [`Form::undo`] brings it back.
    pub fn give_up_json(self) {
        self.replace(self.draft.get_untracked(), Replacement::Json, None);
        // The button goes with its press.
        focus::soon(NOTICE_ID);
    }

    /// Fills the form with the input that undoes a run.
    pub(super) fn load_inverse(
        self,
        input: &Value,
        by: Replacement,
        region: String,
        undoes: Undoes,
    ) {
        self.load_input(input, by, Some(region));
        self.reset.undoes.set_value(Some(undoes));
    }

    pub(super) fn replace(self, draft: Draft, by: Replacement, region: Option<String>) {
        let before = untrack(move || self.stored_draft());
        let language = words::tag().unwrap_or_default();
        let was_blank = before.json.is_none() && before.draft.is_as_proposed(self.model, language);
        // Blank over blank replaces nothing: what was there before can still be brought back.
        let earlier = match untrack(move || self.notice()) {
            Some(Notice::Replaced {
                before,
                region,
                result,
                ..
            }) if was_blank && by != Replacement::Undone => Some((before, region, result)),
            _ => None,
        };
        let has_earlier = earlier.is_some();
        let now = self.console.region.get_untracked();
        let (before, region, result) =
            earlier.unwrap_or_else(|| (Box::new(before), region.filter(|it| *it != now), None));
        self.draft.set(draft);
        self.unfold();
        self.reset.clear_undoes();
        self.reset.count.update(|count| *count += 1);
        self.discard_json();
        self.forget_violations();
        // What comes from elsewhere is told even where nothing was lost.
        let is_told = !was_blank
            || has_earlier
            || !matches!(
                by,
                Replacement::Blank
                    | Replacement::Settings
                    | Replacement::Example(_)
                    | Replacement::Undone
            );
        self.set_notice(is_told.then(|| Notice::Replaced {
            before,
            by,
            region,
            result,
        }));
    }

    /// Changes when another draft has taken the place of the one that was: its nodes may have
    /// the numbers of the old ones, and yet are none of them.
    pub fn redrawn(self) -> u32 {
        self.reset.count.get()
    }

    /// Brings back what the last replacement took away. What was written since can be brought
    /// back in turn.
    pub fn undo(self) {
        let notice = untrack(move || self.notice());
        if let Some(Notice::Replaced {
            before,
            region,
            result,
            ..
        }) = notice
        {
            let now = region.as_ref().map(|_| self.console.region.get_untracked());
            if let Some(region) = region {
                self.console.choose_region(region);
            }
            self.replace(before.draft, Replacement::Undone, now);
            if let Some(text) = before.json {
                self.restore_json(text);
            }
            self.tokens.spend(before.sent);
            if let Some(result) = result {
                self.restore_result(result);
            }
            // The button goes with its press.
            focus::soon_selected(format!("#{NOTICE_ID}"), SEND_ID.to_owned());
        }
    }

    /// What has been sent since stays.
    fn restore_result(self, cleared: String) {
        if !self.shows_any_run() {
            self.show_again(cleared);
        }
    }
}
