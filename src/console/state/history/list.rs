//! All runs, as a list shows them.

use super::{HistoryTrouble, KeptRun, store};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// The newest first.
#[derive(Debug, Clone)]
pub struct List {
    /// Without their input and answer.
    pub runs: Arc<Vec<KeptRun>>,
    /// What is shown and searched of each.
    pub texts: Arc<Vec<Vec<String>>>,
    /// Tell whether a run is as it was: comparing thousands themselves would be felt.
    prints: Vec<u64>,
}

impl PartialEq for List {
    fn eq(&self, other: &Self) -> bool {
        self.prints == other.prints
    }
}

/// Reads and prepares it run by run, so that the page goes on meanwhile.
pub async fn read(row: fn(&KeptRun, &str) -> Vec<String>) -> Result<List, HistoryTrouble> {
    let (mut runs, mut order) = (Vec::new(), Vec::new());
    store::each(|run, rest| {
        let mut print = DefaultHasher::new();
        run.0.to_string().hash(&mut print);
        rest.hash(&mut print);
        let texts = row(&run, rest);
        order.push((run.started_ms(), runs.len()));
        runs.push(Some((run, texts, print.finish())));
    })
    .await?;
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
