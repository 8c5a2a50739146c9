//! What of a draft is secret.

use super::{Content, Draft, NodeId};
use crate::json;
use crate::model::Model;
use crate::secret::{Secret, is_secret, may_hold_secret, replaced, withheld_part};
use std::borrow::Cow;

impl Draft {
    /// Is what is written here secret, or what it is a part of?
    pub fn is_secret(&self, model: &Model, id: NodeId) -> bool {
        let mut now = Some(id);
        while let Some(id) = now {
            if self.place(model, id).is_some_and(|it| is_secret(model, it)) {
                return true;
            }
            now = self.node(id).and_then(|node| node.parent);
        }
        false
    }

    /// Is what is written here as JSON secret, at least in part?
    pub fn holds_secret(&self, model: &Model, id: NodeId) -> bool {
        let place = self.place(model, id);
        self.is_secret(model, id) || place.is_some_and(|place| may_hold_secret(model, place))
    }

    /// The same draft as it may be stored.
    pub fn without_secrets(&self, model: &Model) -> Cow<'_, Self> {
        let place = self.place(model, self.root);
        if !place.is_some_and(|place| may_hold_secret(model, place)) {
            return Cow::Borrowed(self);
        }
        let mut draft = self.clone();
        draft.leave_out_secrets(model, self.root);
        Cow::Owned(draft)
    }

    fn leave_out_secrets(&mut self, model: &Model, id: NodeId) {
        let Some(place) = self.place(model, id) else {
            return;
        };
        let is_root = id == self.root;
        if !is_root && is_secret(model, place) {
            return self.forget(id);
        }
        if let Content::Json(text) = self.content(id) {
            if !may_hold_secret(model, place) {
                return;
            }
            // What can't be read can't be told apart.
            let Ok(value) = json::parse(text.as_bytes()) else {
                return self.forget(id);
            };
            let put = &mut |part| withheld_part(part);
            let value = replaced(model, Some(place), &value, Secret::ByModel, put);
            return self.set_content(id, Content::Json(json::compact(&value)));
        }
        let is_whole = is_secret(model, place);
        for child in self.children(id) {
            match is_whole {
                true => self.forget(child),
                false => self.leave_out_secrets(model, child),
            }
        }
    }

    fn forget(&mut self, id: NodeId) {
        if self.is_blank(id) || matches!(self.content(id), Content::NotKept(_)) {
            return;
        }
        for child in self.children(id) {
            self.discard(child);
        }
        self.set_content(id, Content::NotKept(String::new()));
    }
}
