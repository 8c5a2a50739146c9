//! The audit log: a thread writes what waits in one go, has it on disk, and then wakes those who
//! wait for that.
//!
//! What can't be written is refused if its sender waits for it, and kept otherwise until writing
//! works again.

use super::chain::{Chain, Members};
use super::file::{Storage, Unusable};
use super::queue::{IDLE, Queue};
use super::time;
use crate::limits;
use std::mem;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// How often writing is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How often a line that found no room looks for some.
const LOOK: Duration = Duration::from_millis(5);

pub struct Log {
    queue: Arc<Queue<Entry>>,
    trouble: Arc<Trouble>,
    /// How long anything waits to be on disk.
    patience: Duration,
}

/// Why nothing can be written now, if that is so.
#[derive(Default)]
struct Trouble(Mutex<Option<Arc<str>>>);

impl Trouble {
    fn get(&self) -> Option<Arc<str>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, why: Option<Arc<str>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }
}

enum Entry {
    /// Of a request that has ended.
    Outcome {
        members: Members,
        /// Did a line of intent go before? Then this one is never left out.
        is_awaited: bool,
    },
    /// Of a request that is sent only when this is on disk.
    Intent {
        members: Members,
        done: oneshot::Sender<Result<(), Arc<str>>>,
    },
    Reopen,
    End(SyncSender<()>),
}

impl Log {
    pub fn start(mut storage: Box<dyn Storage>, patience: Duration) -> Result<Self, Unusable> {
        storage.open()?;
        let log = Self {
            queue: Arc::default(),
            trouble: Arc::default(),
            patience,
        };
        let mut writer = Writer {
            storage,
            is_open: false,
            has_begun: false,
            chain: Chain::default(),
            kept: Vec::new(),
            left_out: 0,
            trouble: log.trouble.clone(),
        };
        // That nothing can be written to it keeps nobody from reading.
        writer.commit(Vec::new());
        let queue = log.queue.clone();
        thread::spawn(move || writer.run(&queue));
        Ok(log)
    }

    /// Returns when a line of intent is on disk, or says why it is not.
    pub async fn intend(&self, members: Members) -> Result<(), Arc<str>> {
        let written = async {
            while !self.queue.has_room() {
                sleep(LOOK).await;
            }
            let (done, written) = oneshot::channel();
            self.queue.hurry(Entry::Intent { members, done });
            let ended = |_| Err("its writer has ended".into());
            written.await.unwrap_or_else(ended)
        };
        timeout(self.patience, written).await.unwrap_or_else(|_| {
            let seconds = self.patience.as_secs_f32();
            let why: Arc<str> = format!("the disk took more than {seconds} seconds").into();
            self.trouble.set(Some(why.clone()));
            Err(why)
        })
    }

    pub fn outcome(&self, members: Members, is_awaited: bool) {
        let entry = Entry::Outcome {
            members,
            is_awaited,
        };
        match is_awaited {
            true => self.queue.add(entry),
            false => self.queue.offer(entry),
        }
    }

    /// Goes on in the file that has the log's name now.
    pub fn reopen(&self) {
        self.queue.hurry(Entry::Reopen);
    }

    pub fn trouble(&self) -> Option<Arc<str>> {
        self.trouble.get()
    }

    /// Notes the end, and waits until all is written, though not for ever.
    pub fn finish(&self) {
        let (done, written) = sync_channel(1);
        self.queue.hurry(Entry::End(done));
        let _ = written.recv_timeout(self.patience);
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// A line to be written, and who waits for it.
struct Line {
    members: Members,
    done: Option<oneshot::Sender<Result<(), Arc<str>>>>,
    is_awaited: bool,
}

struct Writer {
    storage: Box<dyn Storage>,
    is_open: bool,
    /// Has this process written anything?
    has_begun: bool,
    chain: Chain,
    /// What could not be written so far.
    kept: Vec<Line>,
    left_out: u64,
    trouble: Arc<Trouble>,
}

impl Writer {
    fn run(mut self, queue: &Queue<Entry>) {
        let mut entries = Vec::new();
        loop {
            let patience = match self.trouble.get() {
                Some(_) => AGAIN,
                None => IDLE,
            };
            let taken = queue.take(&mut entries, patience);
            self.left_out += taken.left_out;
            let (mut lines, mut is_moved, mut ends) = (Vec::new(), false, Vec::new());
            for entry in entries.drain(..) {
                match entry {
                    // Who gave up waiting has sent nothing.
                    Entry::Intent { done, .. } if done.is_closed() => {}
                    Entry::Intent { members, done } => lines.push(Line {
                        members,
                        done: Some(done),
                        is_awaited: true,
                    }),
                    Entry::Outcome {
                        members,
                        is_awaited,
                    } => lines.push(Line {
                        members,
                        done: None,
                        is_awaited,
                    }),
                    Entry::Reopen => is_moved = true,
                    Entry::End(done) => ends.push(done),
                }
            }
            if !ends.is_empty() {
                lines.push(note("ended"));
            }
            let is_idle = lines.is_empty() && self.kept.is_empty() && self.left_out == 0;
            if !is_idle || !self.is_open {
                self.commit(lines);
            }
            if is_moved && self.is_open && self.storage.has_moved() {
                self.is_open = false;
                self.commit(Vec::new());
            }
            for done in ends {
                let _ = done.try_send(());
            }
            if taken.is_closed {
                return;
            }
        }
    }

    /// Writes these lines after those that were kept, and answers who waits.
    fn commit(&mut self, lines: Vec<Line>) {
        self.kept.extend(lines);
        match self.write() {
            Ok(()) => {
                self.trouble.set(None);
                self.left_out = 0;
                for done in self.kept.drain(..).filter_map(|line| line.done) {
                    let _ = done.send(Ok(()));
                }
            }
            Err(why) => {
                self.is_open = false;
                let why: Arc<str> = why.0.into();
                self.trouble.set(Some(why.clone()));
                self.keep(&why);
            }
        }
    }

    fn write(&mut self) -> Result<(), Unusable> {
        let mut lines = String::new();
        let is_opened = !self.is_open || self.storage.is_lost();
        let opened = match is_opened {
            true => Some(self.open(&mut lines)?),
            false => None,
        };
        let mut chain = self.chain.clone();
        if let Some(opened) = opened {
            chain.add(&opened, &mut lines);
        }
        if self.left_out > 0 {
            let mut left_out = note("left-out");
            left_out.members.number("lines", self.left_out);
            chain.add(&left_out.members, &mut lines);
        }
        for line in &self.kept {
            chain.add(&line.members, &mut lines);
        }
        self.storage.append(lines.as_bytes())?;
        // Reads are not waited for, and in no hurry.
        if is_opened || self.kept.iter().any(|line| line.is_awaited) {
            self.storage.sync()?;
        }
        self.chain = chain;
        self.is_open = true;
        self.has_begun = true;
        Ok(())
    }

    /// Opens the log, and makes the note of that and of what was found torn.
    fn open(&mut self, lines: &mut String) -> Result<Members, Unusable> {
        let tail = self.storage.open()?;
        let is_new = tail.last.is_none();
        // A file that lacks lines goes on after those it lacks, so that this shows.
        if let Some(last) = tail.last
            && last.sequence >= self.chain.sequence
        {
            self.chain = last;
        }
        if tail.is_open {
            lines.push('\n');
        }
        let mut opened = note(match (is_new, self.has_begun) {
            (true, _) if self.chain.sequence == 0 => "started",
            (true, _) => "continued",
            (false, false) => "restarted",
            (false, true) => "reopened",
        });
        if let Some(torn) = tail.torn {
            torn.note(&mut opened.members);
        }
        Ok(opened.members)
    }

    /// Refuses who waits; of the rest, leaves out what is too much.
    fn keep(&mut self, why: &Arc<str>) {
        for line in mem::take(&mut self.kept) {
            match line.done {
                Some(done) => drop(done.send(Err(why.clone()))),
                None if line.is_awaited || self.kept.len() < limits::AUDIT_LINES_WAITING => {
                    self.kept.push(line)
                }
                None => self.left_out += 1,
            }
        }
    }
}

/// A line of the log's own.
fn note(what: &str) -> Line {
    let mut members = Members::default();
    members.text("time", &time());
    members.text("kind", "note");
    members.text("outcome", what);
    Line {
        members,
        done: None,
        is_awaited: true,
    }
}
