//! Facts are written one after the other, in the order in which the machine asked for it.

use crate::browser::{storage, task};
use crate::state::Console;
use crate::state::history::store;
use crate::watch::listen;
use formsmith_run::{Entry, Event, Fact, Head, StoreFailure, stash};
use leptos::prelude::*;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};
use web_sys::Event as BrowserEvent;

#[derive(Clone, Copy)]
pub struct Writer {
    queue: StoredValue<VecDeque<Write>>,
    is_writing: StoredValue<bool>,
    /// Who waits until nothing is to be written.
    waiting: StoredValue<Vec<Waker>>,
    /// Was anything of the queue left for the page after this one?
    is_stashed: StoredValue<bool>,
}

#[derive(Clone)]
enum Write {
    Fact {
        run: String,
        seq: u64,
        fact: Box<Fact>,
        head: Box<Head>,
    },
    Forget(String),
}

/// So many bytes of an answer's body, where there is no room for the whole.
const BRIEF: usize = 2000;

/// What is left for the page after this one, in bytes: browsers give local storage 5 MB.
const MAX_STASH: usize = 2_000_000;

impl Writer {
    pub fn new() -> Self {
        Self {
            queue: StoredValue::new(VecDeque::new()),
            is_writing: StoredValue::new(false),
            waiting: StoredValue::new(Vec::new()),
            is_stashed: StoredValue::new(false),
        }
    }

    /// Waits until all is written that was to be.
    pub async fn idle(self) {
        poll_fn(|context| {
            if !self.is_writing.get_value() {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            self.waiting.update_value(|waiting| waiting.push(waker));
            Poll::Pending
        })
        .await;
    }

    fn end(self) {
        self.is_writing.set_value(false);
        let waiting = self.waiting.try_update_value(std::mem::take);
        waiting.into_iter().flatten().for_each(Waker::wake);
    }

    /// What is to be written now. It stays in the queue until it is written.
    fn next(self) -> Option<Write> {
        self.queue.with_value(|queue| queue.front().cloned())
    }
}

impl Console {
    /// Waits until all that was to be stored is stored.
    pub(in crate::state) async fn written(self) {
        self.runs().writer.idle().await;
    }

    pub(super) fn write_fact(self, run: String, seq: u64, fact: Fact, head: Head) {
        let (fact, head) = (Box::new(fact), Box::new(head));
        self.write(Write::Fact {
            run,
            seq,
            fact,
            head,
        });
    }

    pub(super) fn write_nothing_of(self, run: String) {
        self.write(Write::Forget(run));
    }

    fn write(self, write: Write) {
        let writer = self.runs().writer;
        writer.queue.update_value(|queue| queue.push_back(write));
        if writer.is_writing.get_value() {
            return;
        }
        writer.is_writing.set_value(true);
        task::spawn(async move {
            while let Some(write) = writer.next() {
                match write {
                    Write::Fact {
                        run,
                        seq,
                        fact,
                        head,
                    } => self.write_one(run, seq, *fact, *head).await,
                    Write::Forget(run) => {
                        // What can't be deleted says that nothing is known of it, which is so.
                        let _ = store::delete(&run).await;
                    }
                }
                writer.queue.update_value(|queue| drop(queue.pop_front()));
                self.history().changed();
            }
            writer.end();
            if writer.is_stashed.try_update_value(std::mem::take) == Some(true) {
                // The page goes on, and all of it is stored.
                let _ = store::take_stash().await;
            }
        });
    }

    /// What is not yet written is left for the page after this one when the page may end.
    pub(super) fn stash_at_end(self) {
        listen(&window(), "pagehide", move |_: BrowserEvent| self.stash());
        listen(&document(), "visibilitychange", move |_: BrowserEvent| {
            if document().hidden() {
                self.stash();
            }
        });
    }

    fn stash(self) {
        let writer = self.runs().writer;
        let entry = |write: &Write| match write {
            Write::Fact {
                run,
                seq,
                fact,
                head,
            } => {
                let mut line = formsmith_run::entry(fact);
                if line.len() > MAX_STASH / 4
                    && let Some(brief) = self.brief(run, fact)
                {
                    line = brief;
                }
                Some(Entry {
                    run: run.clone(),
                    seq: *seq,
                    line,
                    head: (**head).clone(),
                })
            }
            Write::Forget(_) => None,
        };
        let entries = writer
            .queue
            .with_value(|queue| queue.iter().filter_map(entry).collect());
        let entries: Vec<Entry> = entries;
        if !entries.is_empty() {
            let before = storage::read(store::STASH).unwrap_or_default();
            storage::write(store::STASH, &stash(&before, entries, MAX_STASH));
            writer.is_stashed.set_value(true);
        }
    }

    async fn write_one(self, run: String, seq: u64, fact: Fact, head: Head) {
        let mut entry = Entry {
            run: run.clone(),
            seq,
            line: formsmith_run::entry(&fact),
            head,
        };
        let mut done = store::append(&entry).await;
        if done.is_err()
            && let Some(brief) = self.brief(&run, &fact)
        {
            entry.line = brief;
            done = store::append(&entry).await;
        }
        if seq == 0 && done.is_ok() {
            self.keep_shown(&run).await;
        }
        match &mut done {
            Ok(Some(dropped)) => self.forget_runs(std::mem::take(dropped)),
            Ok(None) => self.history().complete_deleted(&entry),
            Err(_) => {}
        }
        self.happen(match done {
            // The run was deleted, here or in another tab. Nothing is sent that the history lacks.
            Ok(None) if matches!(fact, Fact::Sending { .. }) => Event::StoreFailed {
                run,
                seq,
                why: StoreFailure::Failed,
            },
            Ok(_) => Event::Stored { run, seq },
            Err(why) => Event::StoreFailed { run, seq, why },
        });
    }

    /// How an attempt ended, with little of its answer, as it is stored; none for other facts.
    fn brief(self, run: &str, fact: &Fact) -> Option<String> {
        let Fact::Ended { attempt, .. } = fact else {
            return None;
        };
        let machine = self.runs().machine;
        let ended = machine.with_value(|machine| machine.run(run)?.ended(*attempt, BRIEF));
        Some(formsmith_run::entry(&ended?))
    }
}
