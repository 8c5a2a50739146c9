//! Many runs added or deleted at once, while the page goes on.

use super::import::Arriving;
use super::overview::{BY_TIME, Known, OVERVIEW, Overview, moment, open_runs};
use super::room;
use super::store::{Done, HEAD, LAST, LOG, OPEN, REST, UNDO, add_whole, begin, failure, remove};
use crate::state::{own_models, presets};
use std::collections::HashSet;

/// So many runs are written, or deleted, before the page goes on.
const SOME: usize = 50;

/// Those that are neither pinned nor under way, and were begun before, in epoch milliseconds;
/// which.
pub async fn delete_older(before_ms: f64) -> Done<Vec<String>> {
    let transaction = begin(true).await?;
    let mut overview = Overview::read(&transaction).await.map_err(failure)?;
    let open = open_runs(&transaction).await.map_err(failure)?;
    let mut going = Vec::new();
    let may_go = |run: &Known| !run.is_pinned && !open.contains(&run.id);
    let take = |key: &str, text: &str| going.extend(Known::read(key, text).filter(may_go));
    let before = moment(before_ms);
    let older = transaction.each_after(BY_TIME, &before, take);
    older.await.map_err(failure)?;
    for (at, run) in going.iter().enumerate() {
        // What has gone wrong shows when the transaction ends.
        if at % SOME == SOME - 1 && transaction.catch_up().await.is_err() {
            break;
        }
        remove(&transaction, &mut overview, run);
    }
    overview.store(&transaction);
    transaction.end().await.map_err(failure)?;
    Ok(going.into_iter().map(|run| run.id).collect())
}

/// Deletes everything, including what can't be read.
pub async fn delete_all() -> Done<()> {
    let transaction = begin(true).await?;
    let runs = [HEAD, LOG, OPEN, LAST, UNDO, REST, BY_TIME, OVERVIEW];
    let others = own_models::KEYS.into_iter().chain([presets::KEY]);
    for prefix in runs.into_iter().chain(others) {
        transaction.delete_each(prefix);
    }
    transaction.end().await.map_err(failure)
}

/// What became of runs that were to be added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    pub added: usize,
    /// They were here before, and are as they were.
    pub known: usize,
    /// There was no room.
    pub left_out: usize,
}

/// Adds runs, the newest first, as long as they fit; those that are here stay. All of it happens,
/// or nothing, and meanwhile the page goes on.
pub async fn add_all(mut runs: Vec<Arriving>) -> Done<Added> {
    runs.sort_by(|one, other| other.started_ms.total_cmp(&one.started_ms));
    let transaction = begin(true).await?;
    let mut overview = Overview::read(&transaction).await.map_err(failure)?;
    let mut ids = HashSet::new();
    let take = |key: &str, text: &str| ids.extend(Known::read(key, text).map(|run| run.id));
    transaction.each(BY_TIME, take).await.map_err(failure)?;
    let mut done = Added::default();
    for (at, run) in runs.into_iter().enumerate() {
        // What has gone wrong shows when the transaction ends.
        if at % SOME == SOME - 1 && transaction.catch_up().await.is_err() {
            break;
        }
        if ids.contains(&run.id) {
            done.known += 1;
            continue;
        }
        let size = run.size;
        if overview.bytes + size > room::LIMIT {
            done.left_out += 1;
            continue;
        }
        // No file may leave what is sent from now on without room.
        let stays = run.is_pinned && overview.pinned_bytes + size <= room::LIMIT / 2;
        done.added += 1;
        if let Some(mut record) = run.record() {
            record.head.is_pinned = stays;
            add_whole(&transaction, &mut overview, &record);
        }
        ids.insert(run.id);
    }
    overview.store(&transaction);
    transaction.end().await.map_err(failure)?;
    Ok(done)
}
