//! A draft, written as JSON.

use super::{Content, Draft, NodeId, Role, Union};
use crate::json;
use crate::model::{Model, ShapeKind};
use crate::secret;
use crate::validate;
use serde_json::Value;

impl Draft {
    /// The input this draft stands for. A number that isn't one yet stays a text, and of map
    /// entries with equal keys the last remains: neither can be sent.
    pub fn to_json(&self, model: &Model, id: NodeId) -> Value {
        serde_json::from_str(&self.to_text(model, id)).unwrap_or_default()
    }

    /// The same as text, indented, with every map entry: what the JSON view shows.
    pub fn to_text(&self, model: &Model, id: NodeId) -> String {
        let mut text = String::new();
        self.write(model, id, 0, &mut text);
        text
    }

    fn write(&self, model: &Model, id: NodeId, depth: usize, out: &mut String) {
        match self.content(id) {
            Content::Absent => out.push_str("null"),
            Content::NotKept(hash) => out.push_str(&json::compact(&secret::hole(hash))),
            Content::Text(text) => out.push_str(&self.scalar(model, id, text)),
            Content::Json(text) => match serde_json::from_str::<Value>(text) {
                Ok(value) => out.push_str(&json::compact(&value)),
                Err(_) => out.push_str(&json::quoted(text)),
            },
            Content::Structure(members) | Content::Union(Union { given: members, .. }) => {
                let present = members
                    .iter()
                    .filter(|&&member| *self.content(member) != Content::Absent);
                let pairs = present.filter_map(|&member| match &self.node(member)?.role {
                    Role::Member(name) => Some((Some(json::quoted(name)), member)),
                    _ => None,
                });
                self.write_all(model, ('{', '}'), &pairs.collect::<Vec<_>>(), depth, out);
            }
            Content::List(items) => {
                let items: Vec<_> = items.iter().map(|&item| (None, item)).collect();
                self.write_all(model, ('[', ']'), &items, depth, out);
            }
            Content::Map(entries) => {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|entry| (Some(json::quoted(self.text(entry.key))), entry.value))
                    .collect();
                self.write_all(model, ('{', '}'), &entries, depth, out);
            }
        }
    }

    fn write_all(
        &self,
        model: &Model,
        (open, close): (char, char),
        children: &[(Option<String>, NodeId)],
        depth: usize,
        out: &mut String,
    ) {
        out.push(open);
        for (at, (name, child)) in children.iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            out.push_str(&"  ".repeat(depth + 1));
            if let Some(name) = name {
                out.push_str(name);
                out.push_str(": ");
            }
            self.write(model, *child, depth + 1, out);
        }
        if !children.is_empty() {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
        out.push(close);
    }

    fn scalar(&self, model: &Model, id: NodeId, text: &str) -> String {
        let kind = self.place(model, id).map(|place| &place.shape.kind);
        let bare = match kind {
            Some(ShapeKind::Boolean) => matches!(text, "true" | "false"),
            Some(kind) if kind.is_number() => validate::is_number(text),
            _ => false,
        };
        if bare {
            text.trim().to_owned()
        } else {
            json::quoted(text)
        }
    }
}
