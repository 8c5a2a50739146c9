//! All runs, as a list shows them.

use super::record::read_head;
use super::store;
use crate::browser::clock;
use formsmith_run::{Head, StoreFailure};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// The newest first.
#[derive(Debug, Clone)]
pub struct List {
    pub runs: Arc<Vec<ListedRun>>,
    /// What is shown and searched of each.
    pub texts: Arc<Vec<Vec<String>>>,
    /// Whose words say what became of them.
    pub operations: BTreeSet<(String, String)>,
    /// Tell whether a run is as it was: comparing thousands themselves would be felt.
    prints: Vec<u64>,
}

/// A run of a list. It stays text until its row is drawn: freeing thousands of parsed runs takes
/// long.
#[derive(Debug)]
pub struct ListedRun {
    pub id: String,
    /// Does it stay when all others are deleted?
    pub stays: bool,
    head: String,
    parsed: OnceLock<Option<Head>>,
}

impl ListedRun {
    /// The run without its facts.
    pub fn head(&self) -> Option<&Head> {
        let parse = || read_head(&self.head).map(|(head, _)| head);
        self.parsed.get_or_init(parse).as_ref()
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.prints == other.prints
    }
}

/// Reads and prepares it run by run, so that the page goes on meanwhile.
/// `row` makes the texts of a run of its head and its facts.
pub async fn read(row: fn(&Head, &str) -> Vec<String>) -> Result<List, StoreFailure> {
    let (mut runs, mut order) = (Vec::new(), Vec::new());
    let mut operations = BTreeSet::new();
    store::each(|text, facts, is_open| {
        let Some((head, _)) = read_head(&text) else {
            return;
        };
        let mut print = DefaultHasher::new();
        (&text, facts, is_open).hash(&mut print);
        let texts = row(&head, facts);
        order.push((head.started_ms, runs.len()));
        operations.insert((head.service, head.operation));
        let run = ListedRun {
            id: head.id,
            stays: head.is_pinned || is_open,
            head: text,
            parsed: OnceLock::new(),
        };
        runs.push(Some((run, texts, print.finish())));
    })
    .await?;
    // Whoever draws the list does so in a task of its own.
    clock::pause(1.0).await;
    order.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut list = (Vec::new(), Vec::new(), Vec::new());
    for (_, at) in order {
        if let Some((run, texts, print)) = runs[at].take() {
            list.0.push(run);
            list.1.push(texts);
            list.2.push(print);
        }
    }
    Ok(List {
        runs: Arc::new(list.0),
        texts: Arc::new(list.1),
        operations,
        prints: list.2,
    })
}
