//! Runs in the browser's database, each in two texts: see [`KeptRun`].

use super::import::Arriving;
use super::{HistoryTrouble, KeptRun, room};
use crate::browser::database::{Transaction, Trouble};
use std::collections::HashSet;

const HEAD: &str = "head/";
const REST: &str = "rest/";

/// Held free when a run begins, so that there is room for how it ends.
const SPARE: usize = 4000;

type Done<T> = Result<T, HistoryTrouble>;

impl From<Trouble> for HistoryTrouble {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Forbidden => Self::Forbidden,
            Trouble::Full => Self::Full,
            Trouble::Failed => Self::Failed,
        }
    }
}

async fn heads(transaction: &Transaction) -> Result<Vec<KeptRun>, Trouble> {
    let mut heads = Vec::new();
    let take = |head: &str| heads.extend(KeptRun::from_head(head));
    transaction.each(HEAD, take).await?;
    Ok(heads)
}

fn put(transaction: &Transaction, id: &str, [head, rest]: &[String; 2]) {
    transaction.put(&format!("{HEAD}{id}"), head);
    transaction.put(&format!("{REST}{id}"), rest);
}

fn remove(transaction: &Transaction, id: &str) {
    transaction.delete(&format!("{HEAD}{id}"));
    transaction.delete(&format!("{REST}{id}"));
}

/// Calls `take` with the head and the rest of each run, in no particular order.
pub async fn each(mut take: impl FnMut(String, &str)) -> Done<()> {
    let transaction = Transaction::begin(false).await?;
    // Both come in the order of their keys, and are written together.
    let mut heads = Vec::new();
    let read = |head: &str| heads.push(head.to_owned());
    transaction.each(HEAD, read).await?;
    let mut heads = heads.into_iter();
    let read = |rest: &str| {
        if let Some(head) = heads.next() {
            take(head, rest);
        }
    };
    Ok(transaction.each(REST, read).await?)
}

async fn whole(transaction: &Transaction, id: &str) -> Result<Option<KeptRun>, Trouble> {
    let head = transaction.get(&format!("{HEAD}{id}")).await?;
    let rest = transaction.get(&format!("{REST}{id}")).await?;
    let head = head.and_then(|head| KeptRun::from_head(&head));
    Ok(head.and_then(|head| head.with_rest(&rest?)))
}

pub async fn get(id: &str) -> Done<Option<KeptRun>> {
    let transaction = Transaction::begin(false).await?;
    Ok(whole(&transaction, id).await?)
}

pub async fn get_all(ids: &[String]) -> Done<Vec<KeptRun>> {
    let transaction = Transaction::begin(false).await?;
    let mut runs = Vec::new();
    for id in ids {
        runs.extend(whole(&transaction, id).await?);
    }
    Ok(runs)
}

/// What a run is written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Whatever there is.
    Anything,
    /// Only itself: what was deleted does not come back.
    Itself,
    /// Only itself with as many attempts.
    SameAttempts,
}

/// Writes a run, new or as it is now. The oldest that are not pinned make room.
pub async fn write(run: &KeptRun) -> Done<()> {
    write_over(run, Over::Anything).await.map(|_| ())
}

/// Writes how a run has ended, where it is still kept.
pub async fn write_ended(run: &KeptRun) -> Done<()> {
    write_over(run, Over::Itself).await.map(|_| ())
}

/// Writes how the last attempt ended after all, where the run is still kept. False, with
/// nothing written, if another attempt has followed.
pub async fn write_late(run: &KeptRun) -> Done<bool> {
    write_over(run, Over::SameAttempts).await
}

async fn write_over(run: &KeptRun, over: Over) -> Done<bool> {
    match write_within(run, false, over).await {
        // The browser has less room than the history may take.
        Err(HistoryTrouble::Full) => write_within(run, true, over).await,
        done => done,
    }
}

async fn write_within(run: &KeptRun, is_tight: bool, over: Over) -> Done<bool> {
    let transaction = Transaction::begin(true).await?;
    let heads = heads(&transaction).await?;
    let mut run = run.clone();
    let id = run.id().to_owned();
    let is_it = |other: &&KeptRun| other.id() == id;
    // It may have been pinned since it was begun, or deleted and imported.
    let before = heads.iter().find(is_it);
    let pinned = before.is_some_and(KeptRun::is_pinned);
    if before.is_some_and(KeptRun::is_imported) {
        run.mark_imported();
    }
    match before {
        None if over != Over::Anything => return Ok(true),
        Some(before)
            if over == Over::SameAttempts && before.attempts().len() != run.attempts().len() =>
        {
            return Ok(false);
        }
        _ => {}
    }
    let others: Vec<&KeptRun> = heads.iter().filter(|other| !is_it(other)).collect();
    run.0["pinned"] = (pinned || run.is_pinned()).into();
    let texts = run.to_texts();
    let spare = if run.is_ended() { 0 } else { SPARE };
    let size = texts[0].len() + texts[1].len() + spare;
    let (limit, trouble) = match is_tight {
        true => (room::tight(&others, size), HistoryTrouble::Full),
        false => (room::LIMIT, HistoryTrouble::OnlyPinned),
    };
    for other in room::dropped(&others, size, limit).ok_or(trouble)? {
        remove(&transaction, other.id());
    }
    put(&transaction, run.id(), &texts);
    transaction.end().await?;
    Ok(true)
}

pub async fn pin(id: &str, is_pinned: bool) -> Done<()> {
    let transaction = Transaction::begin(true).await?;
    if let Some(mut run) = whole(&transaction, id).await? {
        run.0["pinned"] = is_pinned.into();
        put(&transaction, id, &run.to_texts());
    }
    Ok(transaction.end().await?)
}

/// The run that was there.
pub async fn delete(id: &str) -> Done<Option<KeptRun>> {
    let transaction = Transaction::begin(true).await?;
    let run = whole(&transaction, id).await?;
    remove(&transaction, id);
    transaction.end().await?;
    Ok(run)
}

/// All but the pinned; how many.
pub async fn delete_unpinned() -> Done<usize> {
    let transaction = Transaction::begin(true).await?;
    let mut heads = heads(&transaction).await?;
    heads.retain(|run| !run.is_pinned());
    for (at, run) in heads.iter().enumerate() {
        // What has gone wrong shows when the transaction ends.
        if at % SOME == SOME - 1 && transaction.catch_up().await.is_err() {
            break;
        }
        remove(&transaction, run.id());
    }
    transaction.end().await?;
    Ok(heads.len())
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

/// So many runs are written, or deleted, before the page goes on.
const SOME: usize = 50;

/// Adds runs, the newest first, as long as they fit; those that are here stay. All of it happens,
/// or nothing, and meanwhile the page goes on.
pub async fn add_all(mut runs: Vec<Arriving>) -> Done<Added> {
    runs.sort_by(|one, other| other.started_ms.total_cmp(&one.started_ms));
    let transaction = Transaction::begin(true).await?;
    let heads = heads(&transaction).await?;
    let mut ids: HashSet<String> = heads.iter().map(|run| run.id().to_owned()).collect();
    let mut taken: usize = heads.iter().map(KeptRun::size).sum();
    let pinned = heads.iter().filter(|run| run.is_pinned());
    let mut pinned: usize = pinned.map(KeptRun::size).sum();
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
        let size = run.size();
        if taken + size > room::LIMIT {
            done.left_out += 1;
            continue;
        }
        // No file may leave what is sent from now on without room.
        let stays = run.is_pinned && pinned + size <= room::LIMIT / 2;
        pinned += if stays { size } else { 0 };
        taken += size;
        done.added += 1;
        match run.is_pinned && !stays {
            true => put(&transaction, &run.id, &run.unpinned()),
            false => put(&transaction, &run.id, &run.texts),
        }
        ids.insert(run.id);
    }
    transaction.end().await?;
    Ok(done)
}
