//! What was sent, stored in this browser: written before the send and after the answer, so that a
//! tab that is killed in between leaves an unknown, and never nothing.

pub mod bulk;
mod compare;
mod import;
pub mod index;
mod list;
mod overview;
mod record;
mod room;
pub mod store;
mod taken_apart;

pub use compare::{Entries, Pair, compared};
pub use index::{EARLIER, latest_runs};
use list::Row;
pub use list::{List, ListedRun};
pub use record::Record;
use taken_apart::NoHistory;

use super::{Console, Form, FromLink, Notice, Replacement, Route};
use crate::browser::{file, task};
use crate::watch::{listen, watch};
use formsmith_api::draft::{Tokens, prune_unknown};
use formsmith_run::{Entry, Event as RunEvent, StoreFailure};
use formsmith_words as words;
use js_sys::Reflect;
use leptos::prelude::*;
use std::cell::Cell;
use std::pin::Pin;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, Event};

/// The name of the file that a history is saved to.
const FILE: &str = "formsmith-history.json";

thread_local! {
    /// Not in [`Console`], which exists before the later part has come.
    static HISTORY: Cell<Option<History>> = const { Cell::new(None) };
}

/// What this page knows of the history besides what is stored.
#[derive(Clone, Copy)]
pub(super) struct History {
    /// Counts changes, of this page and of others.
    changes: RwSignal<u32>,
    others: StoredValue<Option<BroadcastChannel>, LocalStorage>,
    /// What was deleted last.
    deleted: RwSignal<Option<Record>>,
}

impl History {
    fn new(console: Console) -> Self {
        let changes = RwSignal::new(0);
        // Without one the lists of other pages are as they were when they were opened.
        let others = BroadcastChannel::new("formsmith.history").ok();
        if let Some(others) = &others {
            listen(others, "message", move |message: Event| {
                let deleted = Reflect::get(&message, &"data".into()).unwrap_or_default();
                let deleted = deleted.as_string().unwrap_or_default();
                console.drop_runs(|id| deleted.contains(id));
                changes.update(|count| *count += 1);
            });
        }
        Self {
            changes,
            others: StoredValue::new_local(others),
            deleted: RwSignal::new(None),
        }
    }

    /// What was deleted last comes back with what has become known of it since.
    pub(super) fn complete_deleted(self, entry: &Entry) {
        // What is shown of it stays as it is.
        self.deleted.update_untracked(|deleted| {
            if let Some(record) = deleted.as_mut().filter(|it| it.head.id == entry.run) {
                let is_pinned = record.head.is_pinned;
                record.head = entry.head.clone();
                record.head.is_pinned = is_pinned;
                record.lines.push(entry.line.clone());
            }
        });
    }

    pub(super) fn track_changes(self) {
        self.changes.track();
    }

    pub(super) fn changed(self) {
        self.tell_changed(&JsValue::NULL);
    }

    /// Other pages hear the identifiers of runs that were deleted, as one text.
    fn tell_changed(self, deleted: &JsValue) {
        self.changes.update(|count| *count += 1);
        self.others.with_value(|others| {
            if let Some(others) = others {
                let _ = others.post_message(deleted);
            }
        });
    }
}

/// What was read of the history; nothing until it has been.
pub type Query<T> = ReadSignal<Option<Result<Vec<T>, StoreFailure>>>;

pub(super) type QueryFuture<T> = Pin<Box<dyn Future<Output = Result<Vec<T>, StoreFailure>>>>;

impl Console {
    pub(super) fn history(self) -> History {
        HISTORY.with(Cell::get).unwrap_or_else(|| {
            let history = self.permanent(|| History::new(self));
            HISTORY.with(|cell| cell.set(Some(history)));
            self.delete_old_runs();
            self.follow_recent();
            history
        })
    }

    /// Runs, the newest first, with the texts that `row` makes of the head and the facts of each;
    /// one list, always as it is. All of them once `is_whole`, which is not followed; before that,
    /// the newest.
    pub fn listed_runs(self, row: Row, is_whole: impl Fn() -> bool + 'static) -> Query<List> {
        self.query(move || {
            let is_whole = untrack(&is_whole);
            Box::pin(async move {
                let list = list::read(row, is_whole).await?;
                Ok(vec![list])
            })
        })
    }

    /// Hands all runs over, as a list has them, once they are read.
    pub fn read_whole_list(self, row: Row, take: impl FnOnce(List) + 'static) {
        task::spawn(async move {
            match list::read(row, true).await {
                Ok(list) => take(list),
                Err(why) => self.tell(Err(in_words(why))),
            }
        });
    }

    /// Has lists of runs read as they are now.
    pub fn read_history_again(self) {
        self.history().changes.update(|count| *count += 1);
    }

    /// Whole runs, as far as they exist; always as they are.
    pub fn records_of(self, ids: Vec<String>) -> Query<Record> {
        self.query(move || {
            let ids = ids.clone();
            Box::pin(async move { store::get_all(&ids).await })
        })
    }

    pub(super) fn query<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn() -> QueryFuture<T> + 'static,
    ) -> Query<T> {
        let query = RwSignal::new(None);
        watch(move || {
            self.history().changes.track();
            let runs = read();
            task::spawn(async move {
                let runs = Some(runs.await);
                // What has not changed is not drawn anew. The page may be gone.
                if query.try_with_untracked(|before| *before != runs) == Some(true) {
                    query.try_set(runs);
                }
            });
        });
        query.read_only()
    }

    pub fn pin_run(self, id: String, is_pinned: bool) {
        task::spawn(async move {
            let done = store::pin(&id, is_pinned).await;
            self.tell_change(done.map(|()| words::pin_told(is_pinned).into()));
        });
    }

    /// It can be brought back with [`Console::restore_run`].
    pub fn delete_run(self, id: String) {
        task::spawn(async move {
            let done = store::delete(&id).await;
            // A second press finds nothing to delete, and takes no Undo away.
            if let Ok(Some(run)) = &done {
                self.history().deleted.set(Some(run.clone()));
                self.forget_runs(vec![id]);
                self.go_to(Route::HISTORY);
            }
            match done {
                // The notice with Undo shows it.
                Ok(_) => self.announce(words::run_deleted()),
                Err(why) => self.tell(Err(in_words(why))),
            }
        });
    }

    pub fn deleted_run(self) -> Option<Record> {
        self.history().deleted.get()
    }

    pub fn forget_deleted_run(self) {
        self.history().deleted.set(None);
    }

    pub fn restore_run(self) {
        let deleted = self.history().deleted;
        let Some(mut run) = deleted.get_untracked() else {
            return;
        };
        task::spawn(async move {
            let done = loop {
                let done = store::restore(&run).await;
                match deleted.get_untracked() {
                    Some(now) if done.is_ok() && now.head.id == run.head.id => {
                        if now == run {
                            deleted.set(None);
                            break done;
                        }
                        // More has become known of it meanwhile.
                        run = now;
                    }
                    // Another was deleted meanwhile.
                    _ => break done,
                }
            };
            self.tell_change(done.map(|()| words::run_restored().into()));
        });
    }

    pub fn delete_unpinned_runs(self) {
        task::spawn(async move {
            let done = bulk::delete_older(f64::INFINITY).await;
            self.tell(done.map_err(in_words).map(|deleted| {
                let count = deleted.len();
                self.forget_runs(deleted);
                words::runs_deleted(count)
            }));
        });
    }

    /// These are no longer stored: nothing more is sent for them, here and in other pages.
    pub(super) fn forget_runs(self, ids: Vec<String>) {
        if !ids.is_empty() {
            let ids = ids.join(" ");
            self.drop_runs(|id| ids.contains(id));
            self.history().tell_changed(&ids.into());
        }
    }

    fn drop_runs(self, is_deleted: impl Fn(&str) -> bool) {
        self.runs().drop_earlier(&is_deleted);
        for run in untrack(|| self.runs().all())
            .iter()
            .filter(|run| is_deleted(&run.id))
        {
            let run = run.id.clone();
            self.happen(RunEvent::Deleted { run });
        }
    }

    /// Hands the runs of these ids to the browser to save.
    pub fn export_runs(self, ids: Vec<String>) {
        task::spawn(async move {
            let runs = store::get_all(&ids).await.map_err(in_words);
            self.tell(runs.and_then(|runs| {
                let count = runs.len();
                match file::save(FILE, &import::exported(&runs), "application/json") {
                    true => Ok(words::runs_exported(count)),
                    false => Err(words::file_not_saved().into()),
                }
            }));
        });
    }

    pub fn import_runs(self, chosen: file::Chosen) {
        self.announce(words::importing());
        task::spawn(async move {
            let Ok(found) = read_file(&chosen).await else {
                return self.tell(Err(words::no_history_in_file().into()));
            };
            let refused = found.refused;
            let done = bulk::add_all(found.runs).await;
            match done {
                Ok(added) => {
                    self.history().changed();
                    let said =
                        words::runs_imported(added.added, added.known, added.left_out, refused);
                    self.tell_import(said, added.left_out == 0 && refused == 0);
                }
                Err(why) => self.tell(Err(in_words(why))),
            }
        });
    }

    fn tell_change(self, done: Result<String, StoreFailure>) {
        if done.is_ok() {
            self.history().changed();
        }
        self.tell(done.map_err(in_words));
    }
}

/// How many bytes of a file are read in one task.
const SOME: f64 = 32_768.0;

async fn read_file(chosen: &file::Chosen) -> Result<import::Found, NoHistory> {
    let size = chosen.size();
    if size > import::MAX_FILE as f64 {
        return Err(NoHistory);
    }
    let mut reader = import::Reader::default();
    let mut from = 0.0;
    while from < size {
        let bytes = chosen.bytes(from, from + SOME).await.ok_or(NoHistory)?;
        reader.feed(&bytes)?;
        from += SOME;
    }
    reader.end()
}

fn in_words(why: StoreFailure) -> String {
    words::history_trouble(why).into()
}

impl Form {
    /// Fills the form with the input of a run.
    pub fn open_run(self, id: String) {
        task::spawn(async move {
            let record = store::get(&id).await;
            // Who has gone elsewhere meanwhile wants it no more.
            if !self.is_open() {
                return;
            }
            let is_its = |record: &Record| {
                record.head.service == self.service.name
                    && record.head.operation == self.operation.name()
            };
            match record.map(|record| record.filter(is_its)) {
                Ok(Some(record)) => {
                    let console = self.console;
                    let before = console.region.get_untracked();
                    let region = console.take_region(Some(record.head.place.region.clone()));
                    let input = record.input().unwrap_or_default();
                    let (input, left_out) =
                        prune_unknown(self.model, self.operation, &input, Tokens::LeaveOut);
                    let by = Replacement::Run(FromLink {
                        left_out,
                        taken: None,
                        region,
                    });
                    self.load_input(&input, by, Some(before));
                }
                Ok(None) => self.set_notice(Some(Notice::NoRun(None))),
                Err(why) => self.set_notice(Some(Notice::NoRun(Some(why)))),
            }
        });
    }
}
