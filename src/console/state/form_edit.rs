//! What the fields of a form change in its draft.

use super::{Form, Notice};
use formsmith_api::draft::{Edit, NodeId};
use formsmith_words as words;

impl Form {
    /// One more item or entry; returns its node.
    pub fn add(self, list: NodeId) -> Option<NodeId> {
        self.change(Edit::Add(list))
    }

    pub fn apply(self, edit: Edit) {
        self.change(edit);
    }

    /// The only way fields change the draft. Returns the node that was added, if one was.
    fn change(self, edit: Edit) -> Option<NodeId> {
        let node = match &edit {
            Edit::SetText(id, _)
            | Edit::Add(id)
            | Edit::Include(id)
            | Edit::Omit(id)
            | Edit::TakeLiterally(id)
            | Edit::Choose(id, _) => Some(*id),
            Edit::Remove(id) => self.draft.with_untracked(|draft| draft.node(*id)?.parent),
        };
        let is_text = matches!(edit, Edit::SetText(..));
        let model = self.model;
        let added = self.draft.apply(model, edit);
        self.discard_json();
        if let Some(node) = node {
            self.violations.mark_edited(node);
            self.forget_row_outcome(node);
            // Changing the number of rows is a decision; text is still being typed.
            if !is_text {
                self.violations.show(node);
            }
        }
        self.hide_corrected();
        self.renew_spent_tokens();
        added
    }

    /// Text pasted into a field of a list; true if rows were made of it, or refused.
    pub fn paste(self, field: NodeId, list: NodeId, text: &str) -> bool {
        let model = self.model;
        let mut draft = self.draft.get_untracked();
        match draft.paste(model, list, text) {
            None => return false,
            Some(Err(refused)) => {
                self.console.announce(words::paste_refused(&refused));
                self.violations.refuse_paste(field, refused);
            }
            Some(Ok((_, rows))) => {
                self.draft.set(draft);
                self.row_outcomes.forget();
                self.discard_json();
                self.hide_corrected();
                self.renew_spent_tokens();
                self.set_notice(Some(Notice::Pasted { rows }));
            }
        }
        true
    }
}
