//! Emptying a form or filling it from elsewhere, and taking that back.

use super::Form;
use super::form::FormView;
use super::notice::{Notice, Replacement};
use crate::browser::random;
use formsmith_api::draft::Draft;
use formsmith_api::json;
use formsmith_api::model::Example;
use leptos::prelude::*;
use serde_json::Value;

impl Form {
    /// Empties the form; [`Form::undo`] brings back what was there.
    pub fn clear(self) {
        let blank = Draft::new(self.model, self.operation, &mut random::uuid);
        if let Some(blank) = blank {
            self.replace(blank, Replacement::Blank);
            self.forget_result();
        }
    }

    /// A request on its way stays awaited: what it did is still to be told.
    pub(super) fn forget_result(self) {
        if !untrack(move || self.is_sending()) {
            self.run.set(None);
            self.forget_following();
        }
    }

    pub fn load_example(self, example: &Example) {
        self.load_input(&example.input, Replacement::Example(example.title.clone()));
    }

    /// An input takes the place of what is there; what the model doesn't take as one stands in
    /// the JSON view, with its mistake.
    pub(super) fn load_input(self, input: &Value, by: Replacement) {
        let text = json::compact(input);
        let draft = Draft::from_text(self.model, self.operation, &text);
        match draft {
            Some(Ok(draft)) => {
                self.replace(draft, by);
                self.fill_tokens();
            }
            Some(Err(_)) => {
                let blank = Draft::new(self.model, self.operation, &mut random::uuid);
                if let Some(blank) = blank {
                    self.replace(blank, by);
                    self.write_json(json::indented(input));
                    self.view.set(FormView::Json);
                }
            }
            None => {}
        }
    }

    pub(super) fn replace(self, draft: Draft, by: Replacement) {
        let before = untrack(move || self.kept());
        let was_blank = before.json.is_none() && {
            let tokens = before.draft.tokens(self.model);
            let nodes = before.draft.children(before.draft.root()).into_iter();
            nodes
                .filter(|node| !tokens.contains(node))
                .all(|node| before.draft.is_blank(node))
        };
        self.draft.set(draft);
        self.redrawn.update(|count| *count += 1);
        self.json.set(None);
        self.forget_violations();
        // What comes from elsewhere is told even where nothing was lost.
        let is_told = !was_blank
            || !matches!(
                by,
                Replacement::Blank | Replacement::Example(_) | Replacement::Undone
            );
        self.notice.set(is_told.then(|| Notice::Replaced {
            before: Box::new(before),
            by,
        }));
    }

    /// Changes when another draft has taken the place of the one that was: its nodes may have
    /// the numbers of the old ones, and yet are none of them.
    pub fn redrawn(self) -> u32 {
        self.redrawn.get()
    }

    /// Brings back what the last replacement took away. What was written since can be brought
    /// back in turn.
    pub fn undo(self) {
        if let Some(Notice::Replaced { before, by }) = self.notice.get_untracked() {
            if let Replacement::Command { region, .. } = by {
                self.console.choose_region(region);
            }
            self.replace(before.draft, Replacement::Undone);
            if let Some(text) = before.json {
                self.write_json(text);
                self.view.set(FormView::Json);
            }
        }
    }
}
