//! All runs, as a list shows them.

use super::{HistoryTrouble, KeptRun, store};
use crate::browser::clock;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// The newest first.
#[derive(Debug, Clone)]
pub struct List {
    pub runs: Arc<Vec<ListedRun>>,
    /// What is shown and searched of each.
    pub texts: Arc<Vec<Vec<String>>>,
    /// Tell whether a run is as it was: comparing thousands themselves would be felt.
    prints: Vec<u64>,
}

/// A run of a list. It stays text until its row is drawn: freeing thousands of parsed runs takes
/// long.
#[derive(Debug)]
pub struct ListedRun {
    pub id: String,
    pub is_pinned: bool,
    head: String,
    parsed: OnceLock<Option<KeptRun>>,
}

impl ListedRun {
    /// The run without its input and answer.
    pub fn run(&self) -> Option<&KeptRun> {
        let parsed = self.parsed.get_or_init(|| KeptRun::from_head(&self.head));
        parsed.as_ref()
    }
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.prints == other.prints
    }
}

/// Reads and prepares it run by run, so that the page goes on meanwhile.
pub async fn read(row: fn(&KeptRun, &str) -> Vec<String>) -> Result<List, HistoryTrouble> {
    let (mut runs, mut order) = (Vec::new(), Vec::new());
    store::each(|head, rest| {
        let Some(run) = KeptRun::from_head(&head) else {
            return;
        };
        let mut print = DefaultHasher::new();
        (&head, rest).hash(&mut print);
        let texts = row(&run, rest);
        order.push((run.started_ms(), runs.len()));
        let run = ListedRun {
            id: run.id().to_owned(),
            is_pinned: run.is_pinned(),
            head,
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
        prints: list.2,
    })
}
