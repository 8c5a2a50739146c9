//! Runs are deleted, by either tab and whatever goes on with them, and brought back.

use super::World;
use formsmith_run::{Event, Fact, StoreFailure, read_entry};

impl World<'_> {
    /// The person deletes so many of the runs that the history shows.
    pub fn delete(&mut self, tab: usize, count: usize) {
        let all: Vec<String> = self.store.keys().cloned().collect();
        let first = self.script.choose(all.len());
        for id in all.into_iter().skip(first).take(count) {
            let has_begun = |stored: &super::Stored| !stored.lines.is_empty();
            if self.store.get(&id).is_some_and(has_begun)
                && let Some(stored) = self.store.remove(&id)
            {
                self.deleted.insert(id.clone(), (stored, Some(tab)));
                let deleted = Event::Deleted { run: id };
                self.come(1 - tab, self.now_ms, deleted.clone());
                self.happen(tab, deleted);
            }
        }
    }

    /// The person brings back what this tab has deleted.
    pub fn bring_back(&mut self, tab: usize) {
        let by_this = self.deleted.iter().filter(|(_, (_, by))| *by == Some(tab));
        let ids: Vec<String> = by_this.map(|(id, _)| id.clone()).collect();
        let Some(id) = ids.get(self.script.choose(ids.len())) else {
            return;
        };
        // Another tab hears of one thing after the other.
        let is_its = |event: &Event| matches!(event, Event::Deleted { run } if run == id);
        let heard = self.tabs[1 - tab].coming.iter();
        if let Some(at) = heard.clone().position(|(_, event)| is_its(event)) {
            let (_, event) = self.tabs[1 - tab].coming.remove(at);
            self.happen(1 - tab, event);
        }
        if let Some((stored, _)) = self.deleted.remove(id) {
            self.store.insert(id.clone(), stored);
        }
        for which in [tab, 1 - tab] {
            let leads = self.leaders.get(id) == Some(&which);
            let known = self.tabs[which].machine.run(id);
            let is_followed = known.is_some_and(|run| !run.leads() || run.is_deleted);
            if is_followed {
                self.take_up(which, id, leads);
            }
            self.tabs[which].deleted.remove(id);
        }
    }

    /// What a page hears of a fact of a run that was deleted: nothing is sent that the history
    /// lacks.
    pub fn as_stored(&self, tab: usize, event: Event) -> Event {
        let Event::Stored { run, seq } = &event else {
            return event;
        };
        let mut writes = self.tabs[tab].writes.iter();
        let write = writes.find(|write| write.run == *run && write.seq == *seq);
        let fact = write.and_then(|write| read_entry(&write.line));
        match fact {
            Some(Fact::Sending { .. }) if self.deleted.contains_key(run) => Event::StoreFailed {
                run: run.clone(),
                seq: *seq,
                why: StoreFailure::Failed,
            },
            _ => event,
        }
    }
}
