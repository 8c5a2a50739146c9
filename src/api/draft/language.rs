//! The language that a service is asked to speak.

use super::{Content, Draft, NodeId};
use crate::model::Model;

impl Draft {
    /// Asks the service to speak a language, by its tag, where the input has a member for that.
    pub fn propose_language(&mut self, model: &Model, tag: &str) {
        for id in self.children(self.root) {
            if let Some(value) = self.language(model, id, tag) {
                self.set_content(id, Content::Text(value.to_owned()));
            }
        }
    }

    /// What a node would say to have a language of the service.
    fn language<'a>(&self, model: &'a Model, id: NodeId, tag: &str) -> Option<&'a str> {
        let values = &model.shape(&self.node(id)?.shape)?.traits.languages;
        let spoken = tag.split('-').next()?;
        let value = values.iter().find(|(subtag, _)| subtag == spoken)?;
        Some(&value.1)
    }

    /// Has nothing been written into the input but its tokens, and what was proposed for a language?
    pub fn is_as_proposed(&self, model: &Model, tag: &str) -> bool {
        let tokens = self.tokens(model);
        self.children(self.root).into_iter().all(|id| {
            let is_proposed = self.language(model, id, tag) == Some(self.text(id));
            tokens.contains(&id) || is_proposed || self.is_blank(id)
        })
    }
}
