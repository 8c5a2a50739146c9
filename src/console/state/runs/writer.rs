//! Facts are written one after the other, in the order in which the machine asked for it.

use crate::browser::{clock, task};
use crate::state::Console;
use crate::state::history::{Entry, store};
use formsmith_run::{Event, Fact, Head, StoreFailure};
use leptos::prelude::*;
use std::collections::VecDeque;

#[derive(Clone, Copy)]
pub struct Writer {
    queue: StoredValue<VecDeque<Write>>,
    is_writing: StoredValue<bool>,
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

/// Of an answer for which there is no room.
const BRIEF: usize = 2000;

/// Between one look at the queue and the next.
const SOON_MS: f64 = 20.0;

impl Writer {
    pub fn new() -> Self {
        Self {
            queue: StoredValue::new(VecDeque::new()),
            is_writing: StoredValue::new(false),
        }
    }

    /// Waits until all is written that was to be.
    pub async fn idle(self) {
        while self.is_writing.get_value() {
            clock::pause(SOON_MS).await;
        }
    }

    fn next(self) -> Option<Write> {
        self.queue.try_update_value(VecDeque::pop_front).flatten()
    }
}

impl Console {
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
                self.history().changed();
            }
            writer.is_writing.set_value(false);
        });
    }

    async fn write_one(self, run: String, seq: u64, fact: Fact, head: Head) {
        let mut entry = Entry::new(&run, seq, formsmith_run::entry(&fact), &head);
        let mut done = store::append(&entry).await;
        if let (Err(_), Fact::Ended { attempt, .. }) = (&done, &fact)
            && let Some(brief) = self.brief(&run, *attempt)
        {
            entry.line = formsmith_run::entry(&brief);
            done = store::append(&entry).await;
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

    /// How an attempt ended, with little of its answer.
    fn brief(self, run: &str, attempt: usize) -> Option<Fact> {
        let machine = self.runs().machine;
        machine.with_value(|machine| machine.run(run)?.ended(attempt, BRIEF))
    }
}
