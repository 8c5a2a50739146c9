//! A run as it is stored: its head, which lists need, and its facts, a line each.

use formsmith_api::json;
use formsmith_run::{Fact, Head, read_entry};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub head: Head,
    /// The facts, as entries.
    pub lines: Vec<String>,
    /// The number of the next fact, which is higher than their count where one could not be stored.
    pub next: u64,
}

impl Record {
    /// A run whose facts were all stored.
    pub fn of_lines(head: Head, lines: Vec<String>) -> Self {
        let next = lines.len() as u64;
        Self { head, lines, next }
    }

    pub fn facts(&self) -> Vec<Fact> {
        self.lines
            .iter()
            .filter_map(|line| read_entry(line))
            .collect()
    }

    /// The input, as it was written.
    pub fn input(&self) -> Option<Value> {
        match self.facts().into_iter().next()? {
            Fact::Begun { input, .. } => Some(input),
            _ => None,
        }
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        let lines = self.lines.iter().map(String::len);
        lines.sum::<usize>() + json::compact(&self.head.to_json()).len()
    }
}

/// A head, and what all of its run takes up in bytes.
pub fn read_head(text: &str) -> Option<(Head, usize)> {
    let value = json::parse(text.as_bytes()).ok()?;
    let size = value["size"].as_u64().unwrap_or_default();
    Some((Head::from_json(&value)?, size as usize))
}

/// The head as it is stored.
pub fn head_text(head: &Head, size: usize) -> String {
    let mut value = head.to_json();
    value["size"] = size.into();
    json::compact(&value)
}
