//! Emptying a form or filling it with an example, and taking that back.

use super::form::FormView;
use super::notice::{Notice, Replacement};
use super::{Form, Life, kept};
use crate::browser::random;
use formsmith_api::draft::Draft;
use formsmith_api::model::Example;
use leptos::prelude::*;

impl Form {
    /// Empties the form; [`Form::undo`] brings back what was there.
    pub fn clear(self) {
        let blank = Draft::new(self.console.model, self.operation, &mut random::uuid);
        if let Some(blank) = blank {
            self.replace(blank, Replacement::Blank);
            self.life.set(Life::Idle);
            kept::remove(self.service, self.operation);
        }
    }

    pub fn load_example(self, example: &Example) {
        let text = example.input.to_string();
        let draft = Draft::from_text(self.console.model, self.operation, &text);
        if let Some(Ok(draft)) = draft {
            self.replace(draft, Replacement::Example(example.title.clone()));
            self.fill_tokens();
        }
    }

    fn replace(self, draft: Draft, by: Replacement) {
        let before = untrack(move || self.kept());
        let was_blank = before.json.is_none() && {
            let tokens = before.draft.tokens(self.console.model);
            let nodes = before.draft.children(before.draft.root()).into_iter();
            nodes
                .filter(|node| !tokens.contains(node))
                .all(|node| before.draft.is_blank(node))
        };
        self.draft.set(draft);
        self.json.set(None);
        self.forget_violations();
        self.notice.set((!was_blank).then(|| Notice::Replaced {
            before: Box::new(before),
            by,
        }));
    }

    /// Brings back what the last replacement took away.
    pub fn undo(self) {
        if let Some(Notice::Replaced { before, .. }) = self.notice.get_untracked() {
            self.draft.set(before.draft);
            self.forget_violations();
            if let Some(text) = before.json {
                self.write_json(text);
                self.view.set(FormView::Json);
            } else {
                self.json.set(None);
            }
            self.notice.set(None);
        }
    }
}
