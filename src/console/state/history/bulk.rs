//! Many runs added or deleted at once, while the page goes on.

use super::import::Arriving;
use super::room;
use super::store::{Done, HEAD, LAST, LOG, OPEN, REST, UNDO, begin, failure, heads, put, remove};
use crate::state::own_models;
use formsmith_run::Head;
use std::collections::HashSet;

/// So many runs are written, or deleted, before the page goes on.
const SOME: usize = 50;

/// Those that are neither pinned nor under way, and were begun before, in epoch milliseconds;
/// which.
pub async fn delete_older(before_ms: f64) -> Done<Vec<String>> {
    delete_where(|head| room::may_go(head) && head.started_ms < before_ms).await
}

async fn delete_where(goes: impl Fn(&Head) -> bool) -> Done<Vec<String>> {
    let transaction = begin(true).await?;
    let heads = heads(&transaction).await.map_err(failure)?;
    let going = heads.iter().filter(|(head, _)| goes(head));
    let going: Vec<&str> = going.map(|(head, _)| head.id.as_str()).collect();
    for (at, id) in going.iter().enumerate() {
        // What has gone wrong shows when the transaction ends.
        if at % SOME == SOME - 1 && transaction.catch_up().await.is_err() {
            break;
        }
        remove(&transaction, id);
    }
    transaction.end().await.map_err(failure)?;
    Ok(going.into_iter().map(str::to_owned).collect())
}

/// Deletes everything, including what can't be read.
pub async fn delete_all() -> Done<()> {
    let transaction = begin(true).await?;
    let runs = [HEAD, LOG, OPEN, LAST, UNDO, REST];
    for prefix in runs.into_iter().chain(own_models::KEYS) {
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
    let heads = heads(&transaction).await.map_err(failure)?;
    let mut ids: HashSet<String> = heads.iter().map(|(head, _)| head.id.clone()).collect();
    let mut taken: usize = heads.iter().map(|(_, size)| size).sum();
    let pinned = heads.iter().filter(|(head, _)| head.is_pinned);
    let mut pinned: usize = pinned.map(|(_, size)| size).sum();
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
        if taken + size > room::LIMIT {
            done.left_out += 1;
            continue;
        }
        // No file may leave what is sent from now on without room.
        let stays = run.is_pinned && pinned + size <= room::LIMIT / 2;
        pinned += if stays { size } else { 0 };
        taken += size;
        done.added += 1;
        if let Some(mut record) = run.record() {
            record.head.is_pinned = stays;
            put(&transaction, &record);
        }
        ids.insert(run.id);
    }
    transaction.end().await.map_err(failure)?;
    Ok(done)
}
