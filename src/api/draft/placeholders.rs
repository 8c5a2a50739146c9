//! Placeholders in a draft: where they stand, and values in their place.

use super::{Content, Draft, Edit, NodeId};
use crate::json;
use crate::model::Model;
use crate::placeholder;
use crate::validate::Violation;
use std::collections::{HashMap, HashSet};

/// A placeholder that waits for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlaceholder {
    pub name: String,
    /// Where it stands, in the order of the form.
    pub nodes: Vec<NodeId>,
}

impl Draft {
    /// The placeholders, in the order of the form. What is meant as it is, is none.
    pub fn placeholders(&self) -> Vec<OpenPlaceholder> {
        let mut open: Vec<OpenPlaceholder> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for node in self.in_order() {
            for name in self.names_at(node) {
                match known.get(&name) {
                    Some(&at) => open[at].nodes.push(node),
                    None => {
                        known.insert(name.clone(), open.len());
                        open.push(OpenPlaceholder {
                            name,
                            nodes: vec![node],
                        });
                    }
                }
            }
        }
        open
    }

    /// The names that stand as what they are, though they read like placeholders.
    pub fn literal_names(&self) -> Vec<String> {
        let is_literal = |id: &NodeId| self.node(*id).is_some_and(|node| node.is_literal);
        let nodes = self.in_order().into_iter().filter(is_literal);
        nodes.flat_map(|id| self.names_written(id)).collect()
    }

    /// The nodes of what is given, parents before their children.
    pub fn in_order(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        let mut pending = vec![self.root()];
        while let Some(id) = pending.pop() {
            nodes.push(id);
            pending.extend(self.children(id).into_iter().rev());
        }
        nodes
    }

    /// Does a placeholder wait for its value there?
    pub fn has_placeholder(&self, id: NodeId) -> bool {
        !self.names_at(id).is_empty()
    }

    fn names_at(&self, id: NodeId) -> Vec<String> {
        match self.node(id) {
            Some(node) if !node.is_literal => self.names_written(id),
            _ => Vec::new(),
        }
    }

    fn names_written(&self, id: NodeId) -> Vec<String> {
        match self.content(id) {
            Content::Text(text) => placeholder::name(text)
                .map(str::to_owned)
                .into_iter()
                .collect(),
            Content::Json(text) => placeholder::names_in_json(text),
            _ => Vec::new(),
        }
    }

    /// Puts a text in the place of a placeholder, wherever it stands.
    pub fn fill_placeholder(&mut self, model: &Model, open: &OpenPlaceholder, with: &str) {
        for &node in &open.nodes {
            let text = match self.content(node) {
                Content::Json(text) => match json::parse(text.as_bytes()) {
                    Ok(value) => json::compact(&placeholder::filled(&value, &open.name, with)),
                    Err(_) => continue,
                },
                _ => with.to_owned(),
            };
            self.apply(model, Edit::SetText(node, text));
        }
    }

    /// Takes as they are what reads like placeholders, but for these names. A node of JSON is taken
    /// as a whole: where one of these names stands in it, it is asked for all names in it.
    pub fn take_literally(&mut self, placeholders: &[String]) {
        let placeholders: HashSet<&String> = placeholders.iter().collect();
        for node in self.in_order() {
            let names = self.names_at(node);
            if !names.is_empty() && !names.iter().any(|name| placeholders.contains(name)) {
                self.set_literal(node, true);
            }
        }
    }

    pub(super) fn set_literal(&mut self, id: NodeId, is_literal: bool) {
        if let Some(Some(node)) = self.nodes.get_mut(id.index()) {
            node.is_literal = is_literal;
        }
    }

    /// What would be wrong with a text in the place of a placeholder.
    pub fn check_in_place(&self, model: &Model, id: NodeId, text: &str) -> Vec<Violation> {
        match (self.content(id), self.place(model, id)) {
            (Content::Text(_), Some(_)) if placeholder::name(text).is_some() => {
                vec![Violation::Placeholder]
            }
            (Content::Text(_), Some(place)) => self.check_text(place, text),
            _ => Vec::new(),
        }
    }
}
