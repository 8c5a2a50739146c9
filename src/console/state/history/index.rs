//! What a page reads when it starts, before anybody turns to a run.

use super::overview::open_runs;
use super::store::{Done, LAST, begin, failure, head_of, undone_of};
use crate::browser::database::{Transaction, Trouble};
use formsmith_api::json;
use formsmith_run::Head;
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// So many runs are listed beneath the one that a form shows.
pub const EARLIER: usize = 5;

/// The run that a form shows, or none, and then others of that form, the newest first.
type LastRuns = Vec<Option<String>>;

fn read_last(last: &str) -> LastRuns {
    let id = |value: &Value| value.as_str().map(str::to_owned);
    match json::parse(last.as_bytes()) {
        Ok(Value::Array(runs)) => runs.iter().map(id).collect(),
        // There was only the one that is shown.
        Ok(run) => vec![id(&run)],
        Err(_) => Vec::new(),
    }
}

/// From now on the form of an operation, `service/Operation`, shows this run, or none.
pub(super) async fn put_last(
    transaction: &Transaction,
    of: &str,
    shown: Option<&str>,
) -> Result<(), Trouble> {
    let key = format!("{LAST}{of}");
    let before = transaction.get(&key).await?.unwrap_or_default();
    let earlier = read_last(&before).into_iter().flatten();
    let last = [shown.into()].into_iter();
    let last: Vec<Value> = last
        .chain(earlier.take(EARLIER).map(Value::String))
        .collect();
    transaction.put(&key, &json::compact(&last.into()));
    Ok(())
}

/// What a page reads when it starts.
#[derive(Debug, Default)]
pub struct Index {
    /// Runs that are still under way.
    pub open: HashSet<String>,
    /// By `service/Operation`.
    pub last: BTreeMap<String, LastRuns>,
}

pub async fn index() -> Done<Index> {
    let transaction = begin(false).await?;
    let open = open_runs(&transaction).await.map_err(failure)?;
    let mut last = BTreeMap::new();
    let take = |of: &str, runs: &str| drop(last.insert(of.to_owned(), read_last(runs)));
    transaction.each(LAST, take).await.map_err(failure)?;
    Ok(Index { open, last })
}

/// What lists show of these runs, as far as they are here.
pub async fn heads_of(ids: &[String]) -> Done<Vec<Head>> {
    let transaction = begin(false).await?;
    let mut heads = Vec::new();
    for id in ids {
        let head = head_of(&transaction, id).await.map_err(failure)?;
        if let Some((mut head, _)) = head {
            let undone = undone_of(&transaction, id).await.map_err(failure)?;
            head.may_undo = head.may_undo_after(&undone);
            heads.push(head);
        }
    }
    Ok(heads)
}

/// The last runs of each form, so many, the newest first; none where they can't be read.
pub async fn latest_runs(of_each: usize) -> Vec<Head> {
    let last = index().await.unwrap_or_default().last.into_values();
    let mut ids: Vec<String> = last.flatten().flatten().collect();
    // The run that a form shows is one of the others, too.
    ids.sort_unstable();
    ids.dedup();
    let mut heads = heads_of(&ids).await.unwrap_or_default();
    heads.sort_by(|one, other| other.started_ms.total_cmp(&one.started_ms));
    // The last one may have been deleted.
    let mut counts = BTreeMap::new();
    heads.retain(|head| {
        let of = (head.service.clone(), head.operation.clone());
        let count: &mut usize = counts.entry(of).or_default();
        *count += 1;
        *count <= of_each
    });
    heads
}

/// The form of an operation shows this run, or none.
pub async fn show_last(service: &str, operation: &str, shown: Option<&str>) -> Done<()> {
    let transaction = begin(true).await?;
    let of = format!("{service}/{operation}");
    let put = put_last(&transaction, &of, shown);
    put.await.map_err(failure)?;
    transaction.end().await.map_err(failure)
}
