//! A disk that fills up, breaks and stalls when the test wants it to.

use formsmith_proxy::audit::{Audit, Storage, Tail, Unusable};
use serde_json::Value;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

#[derive(Clone, Default)]
pub struct Disk(Arc<(Mutex<State>, Condvar)>);

#[derive(Default)]
pub struct State {
    bytes: Vec<u8>,
    /// How much of it survives a loss of power.
    synced: usize,
    pub syncs: usize,
    /// Bytes that fit.
    pub room: Option<usize>,
    pub cannot_sync: bool,
    pub stalls: bool,
}

impl Disk {
    pub fn audit(&self, patience: Duration) -> Audit {
        Audit::kept(self.clone(), patience).unwrap()
    }

    pub fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.0.1.notify_all();
    }

    pub fn syncs(&self) -> usize {
        self.state().syncs
    }

    /// The lines that survive a loss of power.
    pub fn lines(&self) -> Vec<Value> {
        let state = self.state();
        let text = std::str::from_utf8(&state.bytes[..state.synced]).unwrap();
        let lines = text.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// All lines of this kind, once there are so many; of a request, not of its review.
    pub fn wait_for(&self, kind: &str, count: usize) -> Vec<Value> {
        let is_of_review = |line: &Value| {
            ["proposed", "confirmed"]
                .iter()
                .any(|it| line["outcome"] == *it)
        };
        self.wait(count, |line| line["kind"] == kind && !is_of_review(line))
    }

    /// All lines of this kind, once there are so many.
    pub fn wait_for_all(&self, kind: &str, count: usize) -> Vec<Value> {
        self.wait(count, |line| line["kind"] == kind)
    }

    fn wait(&self, count: usize, is_wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
        let started = Instant::now();
        loop {
            let state = self.state();
            let text = String::from_utf8(state.bytes.clone()).unwrap();
            drop(state);
            let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
            let found: Vec<Value> = lines.filter(|line| is_wanted(line)).collect();
            if found.len() >= count {
                return found;
            }
            assert!(started.elapsed() < Duration::from_secs(10), "{text}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The log as a file.
    pub fn file(&self, name: &str) -> PathBuf {
        let file = super::file(name);
        std::fs::write(&file, &self.state().bytes).unwrap();
        file
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap()
    }
}

impl Storage for Disk {
    fn open(&mut self) -> Result<Tail, Unusable> {
        Ok(Tail::read(&self.state().bytes).unwrap())
    }

    fn has_moved(&self) -> bool {
        false
    }

    fn is_lost(&self) -> bool {
        false
    }

    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let room = state.room.unwrap_or(usize::MAX);
        if state.bytes.len() + lines.len() > room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        state.bytes.extend(lines);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let state = self.state();
        let mut state = self.0.1.wait_while(state, |state| state.stalls).unwrap();
        state.syncs += 1;
        if state.cannot_sync {
            let synced = state.synced;
            state.bytes.truncate(synced);
            return Err(io::Error::other("input/output error"));
        }
        state.synced = state.bytes.len();
        Ok(())
    }
}
