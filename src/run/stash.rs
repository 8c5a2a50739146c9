//! Facts that are not yet stored, as one text: a page that is about to end can write one at once
//! where it can't wait for a database.

use crate::json::optional_text;
use crate::{Fact, Head, VERSION, read_entry};
use formsmith_api::json as text;
use serde_json::{Value, json};

/// A fact on its way to the store, with the head that then holds.
#[derive(Debug, Clone)]
pub struct Entry {
    pub run: String,
    pub seq: u64,
    /// The fact, as it is stored.
    pub line: String,
    pub head: Head,
}

/// What is in the place already, with these added, in at most so many bytes: what came last
/// goes before what came first. What begins a run or an attempt is left out. Nothing is sent
/// before that is stored, and a run that was deleted must not begin again.
#[must_use]
pub fn stash(before: &str, entries: Vec<Entry>, max: usize) -> String {
    let is_new = |entry: &Entry| {
        let is_it = |it: &Entry| it.run == entry.run && it.seq == entry.seq;
        !entries.iter().any(is_it)
    };
    let mut all: Vec<Entry> = unstash(before).into_iter().filter(is_new).collect();
    all.extend(entries.into_iter().filter(Entry::tells));
    let frame = |entries: &str| format!(r#"{{"version":{VERSION},"entries":[{entries}]}}"#);
    let mut room = max.saturating_sub(frame("").len());
    let mut fitting = Vec::new();
    for entry in all.iter().rev() {
        let entry = text::compact(&entry.to_json());
        let needed = entry.len() + usize::from(!fitting.is_empty());
        if needed <= room {
            room -= needed;
            fitting.push(entry);
        }
    }
    fitting.reverse();
    frame(&fitting.join(","))
}

/// What a text of [`stash`] holds, in the order in which it came; nothing if it is another text,
/// or of another version.
#[must_use]
pub fn unstash(stashed: &str) -> Vec<Entry> {
    let value = text::parse(stashed.as_bytes()).unwrap_or_default();
    let entries = value["entries"].as_array();
    let entries = entries.filter(|_| value["version"] == VERSION);
    let entries = entries.into_iter().flatten();
    entries.filter_map(Entry::from_json).collect()
}

impl Entry {
    /// Does it tell what has become of something that was sent?
    fn tells(&self) -> bool {
        let fact = read_entry(&self.line);
        fact.is_some_and(|fact| !matches!(fact, Fact::Begun { .. } | Fact::Sending { .. }))
    }

    fn to_json(&self) -> Value {
        json!({
            "run": self.run, "seq": self.seq, "line": self.line, "head": self.head.to_json(),
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            run: optional_text(value, "run")?,
            seq: value["seq"].as_u64()?,
            line: optional_text(value, "line")?,
            head: Head::from_json(&value["head"])?,
        })
    }
}
