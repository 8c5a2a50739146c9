//! A tab of a browser: a machine, and what is on its way to it.

use formsmith_run::{Entry, Event, Machine, OperationRef, Target, Undoes};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub struct Tab {
    pub machine: Machine,
    pub target: Target,
    /// When it is due, and what it is. It may come later, and in any order.
    pub coming: Vec<(f64, Event)>,
    /// What is asked to be stored and is not yet.
    pub writes: Vec<Entry>,
    /// Answers that came.
    pub delivered: Vec<Event>,
    /// The form as an undo has filled it.
    pub filled: Option<(OperationRef, Value, Option<Undoes>)>,
    /// The person has asked for something new.
    pub may_send_new: bool,
    /// The person has asked for a further attempt of these.
    pub may_send: BTreeSet<String>,
    /// The person wants nothing more of these to be sent.
    pub stopped: BTreeSet<String>,
    /// It has heard that these are deleted.
    pub deleted: BTreeSet<String>,
    /// The person sends what can't be stored.
    pub goes_without: bool,
    /// The version of each run, with the facts stored and to be stored, when it was last checked.
    pub checked: BTreeMap<String, (u64, usize, usize)>,
}

impl Default for Tab {
    fn default() -> Self {
        Self {
            machine: Machine::default(),
            target: Target::ProxySandbox,
            coming: Vec::new(),
            writes: Vec::new(),
            delivered: Vec::new(),
            filled: None,
            may_send_new: false,
            may_send: BTreeSet::new(),
            stopped: BTreeSet::new(),
            deleted: BTreeSet::new(),
            goes_without: false,
            checked: BTreeMap::new(),
        }
    }
}
