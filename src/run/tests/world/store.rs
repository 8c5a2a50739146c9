//! What tabs have stored, and what a run is that begins with it.

use super::{World, model};
use formsmith_run::{Entry, Event, Fact, OperationRef, Run, read_entry, unstash};

#[derive(Default)]
pub struct Stored {
    pub lines: Vec<String>,
    /// The number of the next fact.
    pub next: u64,
    pub head: Option<formsmith_run::Head>,
    /// A fact that came later than one that could not be stored does not tell the whole.
    pub has_gap: bool,
    /// Nor is there anything to add a later one to.
    pub has_not_begun: bool,
}

impl World<'_> {
    pub fn write_up_to(&mut self, tab: usize, run: &str, seq: u64) {
        let writes = std::mem::take(&mut self.tabs[tab].writes);
        for write in writes {
            match write.run == run && write.seq <= seq {
                true => self.write(tab, write),
                false => self.tabs[tab].writes.push(write),
            }
        }
    }

    pub fn write(&mut self, tab: usize, write: Entry) {
        let stored = match self.deleted.get_mut(&write.run) {
            None => self.store.entry(write.run).or_default(),
            // What was deleted comes back with what the tab that deleted it knows of it.
            Some((stored, by)) if *by == Some(tab) => stored,
            Some((stored, _)) => {
                stored.has_gap = true;
                return;
            }
        };
        assert!(write.seq >= stored.next, "a fact is overwritten");
        stored.next = write.seq + 1;
        stored.lines.push(write.line);
        stored.head = Some(write.head);
    }

    /// Stores what a tab has left that is not stored.
    pub fn take_stash(&mut self, tab: usize, stashed: &str) {
        for entry in unstash(stashed) {
            let stored = self.store.get(&entry.run);
            let is_new = |it: &Stored| !it.lines.is_empty() && it.next <= entry.seq;
            if stored.is_some_and(is_new) {
                self.write(tab, entry);
            }
        }
    }

    /// A tab reads a run again, once what it has itself asked to be stored of it is stored.
    pub fn take_up(&mut self, tab: usize, id: &str, leads: bool) {
        self.write_up_to(tab, id, u64::MAX);
        if let Some(run) = self.restored(id) {
            let run = Box::new(run);
            self.happen(tab, Event::Restored { run, leads });
        }
    }

    pub fn restored(&self, id: &str) -> Option<Run> {
        let facts: Vec<Fact> = self.facts(id);
        let Some(Fact::Begun {
            service, operation, ..
        }) = facts.first()
        else {
            return None;
        };
        let op = OperationRef::find(model(), service, operation)?;
        Run::restore(id, op, &facts, self.store[id].next)
    }

    pub fn facts(&self, id: &str) -> Vec<Fact> {
        let lines = self.store.get(id).into_iter().flat_map(|it| &it.lines);
        lines
            .map(|line| read_entry(line).expect("an entry"))
            .collect()
    }
}
