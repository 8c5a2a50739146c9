//! Runs in the browser's database: a head each, and their facts, which are only ever added to.
//!
//! Keys: `head/{run}`, `log/{run}/{number}`, and what leads to them: `open/{run}` while a run is
//! under way, `last/{service}/{operation}` with the run that its form shows, or null, and others
//! of that form, `undo/{run}/{by}` with the rows of a run that another has taken back, and those of
//! the overview. Version 1 had `head/{run}` and `rest/{run}`.

use super::index::put_last;
use super::overview::{Known, Overview};
use super::record::{Record, head_text, read_head};
use super::room;
use crate::browser::database::{Transaction, Trouble};
use crate::browser::storage;
use formsmith_api::json;
use formsmith_run::{Entry, Head, StoreFailure, Undone, entry, unstash, upgrade};
use std::cell::Cell;
use std::collections::HashSet;

pub(super) const HEAD: &str = "head/";
pub(super) const LOG: &str = "log/";
pub(super) const OPEN: &str = "open/";
/// What is there: the key says it all.
const OPENED: &str = "true";
pub(super) const LAST: &str = "last/";
pub(super) const UNDO: &str = "undo/";
/// Of version 1.
pub(super) const REST: &str = "rest/";

/// Where a page that ends leaves facts that are not here yet.
pub const STASH: &str = "formsmith.stash";

/// Held free when a run begins, so that there is room for how it ends.
const SPARE: usize = 4000;

pub(super) type Done<T> = Result<T, StoreFailure>;

pub(in crate::state) fn failure(trouble: Trouble) -> StoreFailure {
    match trouble {
        Trouble::Forbidden => StoreFailure::Forbidden,
        Trouble::Full => StoreFailure::Full,
        Trouble::Failed => StoreFailure::Failed,
    }
}

fn log_key(run: &str, seq: u64) -> String {
    // In the order of the numbers, also as text.
    format!("{LOG}{run}/{seq:08}")
}

pub(super) async fn begin(writes: bool) -> Done<Transaction> {
    thread_local! {
        static IS_UPGRADED: Cell<bool> = const { Cell::new(false) };
    }
    if !IS_UPGRADED.get() {
        upgrade_all().await.map_err(failure)?;
        // What can't be taken in is taken in the next time.
        let _ = take_stash().await;
        IS_UPGRADED.set(true);
    }
    Transaction::begin(writes).await.map_err(failure)
}

/// Stores the facts that a page left when it ended. Those that are here already, because the page
/// went on after all, change nothing.
pub async fn take_stash() -> Result<(), Trouble> {
    let Some(stashed) = storage::read(STASH) else {
        return Ok(());
    };
    let transaction = Transaction::begin(true).await?;
    for entry in unstash(&stashed) {
        // What there is no room for is not stored.
        let _ = add(&transaction, &entry, false).await;
    }
    transaction.end().await?;
    // Another page may have left more meanwhile.
    if storage::read(STASH) == Some(stashed) {
        storage::remove(STASH);
    }
    Ok(())
}

/// Records of version 1 become heads and facts. All of them do, or none.
async fn upgrade_all() -> Result<(), Trouble> {
    let transaction = Transaction::begin(true).await?;
    let mut rests = Vec::new();
    let take = |id: &str, rest: &str| rests.push((id.to_owned(), rest.to_owned()));
    transaction.each(REST, take).await?;
    let has_overview = rests.is_empty() && !Overview::is_missing(&transaction).await?;
    for (id, rest) in rests {
        let Some(head) = transaction.get(&format!("{HEAD}{id}")).await? else {
            continue;
        };
        let whole = || {
            let mut run = json::parse(head.as_bytes()).ok()?;
            let rest = json::parse(rest.as_bytes()).ok()?;
            for name in ["input", "answer"] {
                run[name] = rest[name].clone();
            }
            let (head, facts) = upgrade(&run)?;
            let lines = facts.iter().map(entry).collect();
            Some(Record::of_lines(head, lines))
        };
        if let Some(record) = whole() {
            put(&transaction, &record);
            transaction.delete(&format!("{REST}{id}"));
        }
    }
    if !has_overview {
        Overview::make(&transaction).await?;
    }
    transaction.end().await
}

/// Writes a run that is in no overview yet.
fn put(transaction: &Transaction, record: &Record) {
    let id = &record.head.id;
    for (seq, line) in record.lines.iter().enumerate() {
        transaction.put(&log_key(id, seq as u64), line);
    }
    let head = head_text(&record.head, record.size());
    transaction.put(&format!("{HEAD}{id}"), &head);
    if record.head.is_open {
        transaction.put(&format!("{OPEN}{id}"), OPENED);
    }
}

/// Adds a run that is not here.
pub(super) fn add_whole(transaction: &Transaction, overview: &mut Overview, record: &Record) {
    put(transaction, record);
    let run = (record.head.clone(), record.size());
    overview.add(transaction, &Known::of(&run));
}

pub(super) fn remove(transaction: &Transaction, overview: &mut Overview, run: &Known) {
    let id = &run.id;
    transaction.delete(&format!("{HEAD}{id}"));
    transaction.delete(&format!("{OPEN}{id}"));
    transaction.delete_each(&format!("{LOG}{id}/"));
    overview.remove(transaction, run);
}

/// A head with what its run takes up, in bytes.
pub(super) type Sized = (Head, usize);

pub(super) async fn head_of(transaction: &Transaction, id: &str) -> Result<Option<Sized>, Trouble> {
    let head = transaction.get(&format!("{HEAD}{id}")).await?;
    Ok(head.and_then(|head| read_head(&head)))
}

/// Calls `take` with the head of each run as text, all its facts as one, and whether it is one of
/// the open ones; in no particular order.
pub(super) async fn each(
    transaction: &Transaction,
    open: &HashSet<String>,
    mut take: impl FnMut(String, &str, bool),
) -> Done<()> {
    // Both come in the order of the runs' names.
    let mut heads = Vec::new();
    let read = |id: &str, head: &str| heads.push((id.to_owned(), head.to_owned()));
    transaction.each(HEAD, read).await.map_err(failure)?;
    let mut heads = heads.into_iter().peekable();
    let mut log = String::new();
    let read = |key: &str, line: &str| {
        let id = key.split('/').next().unwrap_or_default();
        while heads.peek().is_some_and(|(head, _)| head.as_str() < id) {
            if let Some((id, head)) = heads.next() {
                take(head, &log, open.contains(&id));
            }
            log.clear();
        }
        log.push_str(line);
        log.push('\n');
    };
    transaction.each(LOG, read).await.map_err(failure)?;
    for (id, head) in heads {
        take(head, &log, open.contains(&id));
        log.clear();
    }
    Ok(())
}

async fn whole(transaction: &Transaction, id: &str) -> Result<Option<Record>, Trouble> {
    let Some(head) = transaction.get(&format!("{HEAD}{id}")).await? else {
        return Ok(None);
    };
    let mut lines = Vec::new();
    let mut next = 0;
    let take = |seq: &str, line: &str| {
        next = seq.parse::<u64>().map_or(next, |seq| seq + 1);
        lines.push(line.to_owned());
    };
    transaction.each(&format!("{LOG}{id}/"), take).await?;
    Ok(read_head(&head).map(|(head, _)| Record { head, lines, next }))
}

pub async fn get(id: &str) -> Done<Option<Record>> {
    let transaction = begin(false).await?;
    whole(&transaction, id).await.map_err(failure)
}

pub async fn get_all(ids: &[String]) -> Done<Vec<Record>> {
    let transaction = begin(false).await?;
    let mut runs = Vec::new();
    for id in ids {
        runs.extend(whole(&transaction, id).await.map_err(failure)?);
    }
    Ok(runs)
}

/// Adds a fact to a run, whose first it may be. The oldest runs that may go make room: which.
/// None, with nothing written, if the run was deleted.
pub async fn append(entry: &Entry) -> Done<Option<Vec<String>>> {
    match append_within(entry, false).await {
        // The browser has less room than the history may take.
        Err(StoreFailure::Full) => append_within(entry, true).await,
        done => done,
    }
}

async fn append_within(entry: &Entry, is_tight: bool) -> Done<Option<Vec<String>>> {
    let transaction = begin(true).await?;
    let done = add(&transaction, entry, is_tight).await?;
    transaction.end().await.map_err(failure)?;
    Ok(done)
}

async fn add(
    transaction: &Transaction,
    entry: &Entry,
    is_tight: bool,
) -> Done<Option<Vec<String>>> {
    let before = head_of(transaction, &entry.run).await.map_err(failure)?;
    if before.is_none() && entry.seq > 0 {
        return Ok(None);
    }
    let log = log_key(&entry.run, entry.seq);
    if transaction.get(&log).await.map_err(failure)?.is_some() {
        return Ok(Some(Vec::new()));
    }
    let mut overview = Overview::read(transaction).await.map_err(failure)?;
    let mut head = entry.head.clone();
    let mut taken = 0;
    if let Some(before) = &before {
        // It may have been pinned since it was begun, or deleted and imported.
        head.is_pinned |= before.0.is_pinned;
        head.is_imported |= before.0.is_imported;
        taken = before.1;
    }
    let spare = if head.is_open { SPARE } else { 0 };
    let size = taken + entry.line.len() + spare;
    let before = before.as_ref().map(Known::of);
    let dropped = room::make(transaction, &mut overview, before.as_ref(), size, is_tight).await?;
    // Not before there is room: what has been written so far is kept whatever comes of the rest.
    if let Some(before) = &before {
        overview.remove(transaction, before);
    }
    if entry.seq == 0 {
        // First, because it reads: nothing can be read after a write that found no room.
        let of = format!("{}/{}", head.service, head.operation);
        let put = put_last(transaction, &of, Some(&entry.run));
        put.await.map_err(failure)?;
    }
    transaction.put(&log, &entry.line);
    let size = taken + entry.line.len();
    transaction.put(&format!("{HEAD}{}", entry.run), &head_text(&head, size));
    let open = format!("{OPEN}{}", entry.run);
    match head.is_open {
        true => transaction.put(&open, OPENED),
        false => transaction.delete(&open),
    }
    if let Some((run, undone)) = head.undone() {
        let rows = json::compact(&undone.rows.into());
        transaction.put(&format!("{UNDO}{run}/{}", undone.by), &rows);
    }
    overview.add(transaction, &Known::of(&(head, size)));
    overview.store(transaction);
    Ok(Some(dropped))
}

/// What others have taken back of a run.
pub async fn undone(id: &str) -> Done<Vec<Undone>> {
    let transaction = begin(false).await?;
    undone_of(&transaction, id).await.map_err(failure)
}

pub(super) async fn undone_of(transaction: &Transaction, id: &str) -> Result<Vec<Undone>, Trouble> {
    let mut undone = Vec::new();
    let take = |by: &str, rows: &str| {
        let rows = json::parse(rows.as_bytes()).unwrap_or_default();
        let rows = rows.as_array().into_iter().flatten();
        let rows = rows.filter_map(|at| at.as_u64()?.try_into().ok());
        undone.push(Undone {
            by: by.to_owned(),
            rows: rows.collect(),
        });
    };
    let prefix = format!("{UNDO}{id}/");
    transaction.each(&prefix, take).await?;
    Ok(undone)
}

/// The run is no longer under way.
pub async fn close(id: &str) -> Done<()> {
    let transaction = begin(true).await?;
    transaction.delete(&format!("{OPEN}{id}"));
    transaction.end().await.map_err(failure)
}

/// Writes a whole run, as it was before it was deleted.
pub async fn restore(record: &Record) -> Done<()> {
    let transaction = begin(true).await?;
    let mut overview = Overview::read(&transaction).await.map_err(failure)?;
    // It may have come back meanwhile, from a file.
    let there = head_of(&transaction, &record.head.id).await;
    if let Some(there) = there.map_err(failure)? {
        overview.remove(&transaction, &Known::of(&there));
    }
    add_whole(&transaction, &mut overview, record);
    overview.store(&transaction);
    transaction.end().await.map_err(failure)
}

pub async fn pin(id: &str, is_pinned: bool) -> Done<()> {
    let transaction = begin(true).await?;
    let before = head_of(&transaction, id).await.map_err(failure)?;
    if let Some(before) = before {
        let mut overview = Overview::read(&transaction).await.map_err(failure)?;
        overview.remove(&transaction, &Known::of(&before));
        let (mut head, size) = before;
        head.is_pinned = is_pinned;
        transaction.put(&format!("{HEAD}{id}"), &head_text(&head, size));
        overview.add(&transaction, &Known::of(&(head, size)));
        overview.store(&transaction);
    }
    transaction.end().await.map_err(failure)
}

/// The run that was there.
pub async fn delete(id: &str) -> Done<Option<Record>> {
    let transaction = begin(true).await?;
    let run = whole(&transaction, id).await.map_err(failure)?;
    if let Some(there) = head_of(&transaction, id).await.map_err(failure)? {
        let mut overview = Overview::read(&transaction).await.map_err(failure)?;
        remove(&transaction, &mut overview, &Known::of(&there));
        overview.store(&transaction);
    }
    transaction.end().await.map_err(failure)?;
    Ok(run)
}
