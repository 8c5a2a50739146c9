//! What tabs have stored, and what a run is that begins with it.

use super::{World, model, tab::Write};
use formsmith_run::{Fact, OperationRef, Run, read_entry};

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
                true => self.write(write),
                false => self.tabs[tab].writes.push(write),
            }
        }
    }

    pub fn write(&mut self, write: Write) {
        let stored = self.store.entry(write.run).or_default();
        assert!(write.seq >= stored.next, "a fact is overwritten");
        stored.next = write.seq + 1;
        stored.lines.push(write.line);
        stored.head = Some(write.head);
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
