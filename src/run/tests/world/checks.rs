//! What must hold.

use super::World;
use super::store::Stored;
use formsmith_api::outcome::{RowResult, Standing};
use formsmith_api::retry;
use formsmith_run::read_entry;
use formsmith_run::{
    Answer, Fact, Failure, FollowStep, OperationRef, Place, Run, Seen, Target, Undoes,
};
use serde_json::Value;
use std::collections::BTreeSet;

impl World<'_> {
    /// What is sent was stored before, is sent once, and a change whose outcome is unknown is
    /// never sent again unasked.
    pub fn check_send(
        &mut self,
        tab: usize,
        id: &str,
        attempt: usize,
        op: OperationRef,
        place: &Place,
        consent: Option<&str>,
    ) {
        let has_gap = self.store.get(id).is_some_and(|stored| stored.has_gap);
        // Where the person went without storing it, nobody knows of it after a restart.
        assert!(
            self.sent.insert((id.to_owned(), attempt)) || has_gap,
            "{id} {attempt} is sent twice"
        );
        assert_eq!(self.leaders.get(id), Some(&tab), "two tabs act for {id}");
        assert_eq!(
            place.target == Target::ProxyAws && !op.is_readonly(),
            consent.is_some()
        );
        let is_stored = self
            .facts(id)
            .iter()
            .any(|fact| matches!(fact, Fact::Sending { attempt: it, .. } if *it == attempt));
        let is_deleted = self.deleted.contains_key(id);
        let of_this = &mut self.tabs[tab];
        assert!(
            !of_this.deleted.contains(id),
            "{id} {attempt} is sent after it was deleted"
        );
        assert!(
            is_stored || is_deleted || (has_gap && of_this.goes_without),
            "{id} {attempt} is sent and not stored"
        );
        assert!(
            !of_this.stopped.contains(id),
            "{id} {attempt} is sent after it was stopped"
        );
        let was_asked = of_this.may_send.remove(id) || (attempt == 0 && of_this.may_send_new);
        let run = of_this.machine.run(id).expect("the run that is sent");
        let last = attempt.checked_sub(1).and_then(|at| run.attempts.get(at));
        let Some(last) = last.filter(|_| !was_asked) else {
            assert!(was_asked || attempt > 0, "{id} is sent unasked");
            return;
        };
        let may_be_done = match &last.result {
            Some(Err(Failure::Proxy(why))) => !why.is_undone,
            Some(Err(_)) => true,
            Some(Ok(answer)) => answer.response().status >= 500,
            None => true,
        };
        assert!(
            !may_be_done || retry::may_repeat(op.model, op.operation, &run.input),
            "{id} {attempt} may be done already and is sent again unasked"
        );
    }

    /// What is known to be taken back is not offered to be taken back once more.
    pub fn check_undo(&self, tab: usize, undoes: &Undoes) {
        for run in self.tabs[tab].machine.runs() {
            let known = run.undoes.as_ref().filter(|it| it.run == undoes.run);
            let Some(known) = known else { continue };
            let rows = run.rows.as_ref();
            let is_done = |(at, _): &(usize, &usize)| {
                rows.is_some_and(|rows| rows.rows[*at].result == RowResult::Done)
            };
            let mut done = known.rows.iter().enumerate().filter(is_done);
            assert!(
                !done.any(|(_, row)| undoes.rows.contains(row)),
                "{} has taken back rows of {} already",
                run.id,
                undoes.run
            );
            assert!(
                rows.is_some() || run.standing != Standing::Done,
                "{} has taken back {} already",
                run.id,
                undoes.run
            );
        }
    }

    /// What is stored, and what is about to be, makes the same run again. Looks at what has
    /// changed since the last time.
    pub fn check_stored(&mut self, tab: usize) {
        let mut checked = std::mem::take(&mut self.tabs[tab].checked);
        for run in self.tabs[tab].machine.runs() {
            let stored = self.store.get(&run.id);
            let is_whole = !stored.is_some_and(|it| it.has_gap);
            let is_deleted = self.deleted.contains_key(&run.id);
            if !is_whole || is_deleted || self.leaders.get(&run.id) != Some(&tab) {
                continue;
            }
            let writes = self.tabs[tab].writes.iter();
            let writes = writes.filter(|write| write.run == run.id).count();
            let state = (run.version, stored.map_or(0, |it| it.lines.len()), writes);
            if checked.insert(run.id.clone(), state) == Some(state) {
                continue;
            }
            let mut facts = self.facts(&run.id);
            let writes = self.tabs[tab].writes.iter();
            let writes: Vec<_> = writes.filter(|write| write.run == run.id).collect();
            let lines = writes.iter().map(|write| read_entry(&write.line));
            facts.extend(lines.map(|fact| fact.expect("an entry")));
            let head = writes.last().map(|write| &write.head);
            let head = head.or_else(|| stored?.head.as_ref());
            let again = Run::restore(&run.id, run.op, &facts, facts.len() as u64).expect("a run");
            let is_storing = again.attempts.len() > run.attempts.len();
            assert!(again.attempts.len() - run.attempts.len() <= 1);
            for (one, other) in run.attempts.iter().zip(&again.attempts) {
                let expected = match &one.result {
                    None => Some(Err(Failure::Interrupted)),
                    known => known.clone(),
                };
                assert_eq!(other.result, expected, "{}", run.id);
                assert_eq!((&other.rows, &other.request), (&one.rows, &one.request));
                assert_eq!(other.is_late, one.is_late);
                assert_eq!(other.started_ms, one.started_ms);
                assert_eq!(other.ended_ms, one.ended_ms);
            }
            assert_eq!(run.reads, again.reads);
            assert_eq!(followed(run), followed(&again), "{}", run.id);
            let is_awaited = is_storing || run.attempts.iter().any(|it| it.result.is_none());
            if let Some(head) = head.filter(|_| !run.is_underway()) {
                assert_eq!(head.verdict, run.verdict(), "{}", run.id);
                let ended_ms = run.attempts.last().and_then(|it| it.ended_ms);
                assert_eq!(head.ended_ms, ended_ms, "{}", run.id);
            }
            if !is_awaited {
                assert_eq!(run.standing, again.standing, "{}", run.id);
                assert_eq!(run.rows, again.rows, "{}", run.id);
                assert_eq!(run.verdict(), again.verdict(), "{}", run.id);
            }
        }
        self.tabs[tab].checked = checked;
    }

    /// The answers that a tab shows of the runs that it acts for, with their runs and attempts.
    pub fn shown_answers(&self, tab: usize) -> Vec<(String, usize, Answer)> {
        let runs = self.tabs[tab].machine.runs();
        let led = runs.filter(|run| self.leaders.get(&run.id) == Some(&tab));
        let answers = led.flat_map(|run| {
            let attempts = run.attempts.iter().enumerate();
            attempts.filter_map(|(at, it)| Some((run.id.clone(), at, it.answer()?.clone())))
        });
        answers.collect()
    }

    /// What was shown before a tab ended is known after it, or else told as interrupted; without
    /// exception known where the tab has left word of it.
    pub fn check_shown(&self, shown: &[(String, usize, Answer)], is_stashed: bool) {
        for (id, at, answer) in shown {
            let is_whole = |it: &Stored| !it.has_gap && !it.lines.is_empty();
            if !self.store.get(id).is_some_and(is_whole) {
                continue;
            }
            let run = self.restored(id).expect("a run that was answered");
            let attempt = &run.attempts[*at];
            match attempt.answer() {
                Some(known) => assert_eq!(known, answer, "{id} {at}"),
                None => {
                    assert!(!is_stashed, "the answer to {id} {at} is lost");
                    let is_open = |it| matches!(it, &Failure::Interrupted | &Failure::Stopped);
                    assert!(attempt.failure().is_some_and(is_open), "{attempt:?}");
                }
            }
        }
    }

    /// The same of all runs, whatever their versions say.
    pub fn check_all_stored(&mut self) {
        for id in self.deleted.keys() {
            assert!(!self.store.contains_key(id), "{id} comes back by itself");
        }
        for tab in 0..2 {
            self.tabs[tab].checked.clear();
            self.check_stored(tab);
        }
    }

    /// With one run in the world, everything told and everything stored: what it says of itself
    /// is so.
    pub fn check_truth(&self) {
        let ids: BTreeSet<&str> = self.sent.iter().map(|(id, _)| id.as_str()).collect();
        let has_gap = self.store.values().any(|stored| stored.has_gap);
        if ids.len() != 1 || has_gap {
            return;
        }
        let runs = self.tabs.iter().flat_map(|tab| tab.machine.runs());
        for run in runs.filter(|run| !run.op.is_readonly()) {
            let is_done =
                (0..run.attempts.len()).any(|at| self.done.contains(&(run.id.clone(), at)));
            let is_told = run.attempts.iter().all(|it| it.result.is_some());
            match run.standing {
                Standing::Failed | Standing::NotSent if is_told => {
                    assert!(
                        !is_done,
                        "{} was done, and is told as not done: {run:#?}",
                        run.id
                    );
                }
                Standing::Done if run.reads.is_empty() => {
                    assert!(is_done, "{} is told as done and is not: {run:#?}", run.id);
                }
                _ => {}
            }
        }
    }
}

/// What a run has started, as far as it is stored: that polling failed is not.
fn followed(run: &Run) -> Option<(&Value, &[Seen], bool)> {
    let follow = run.follow.as_ref()?;
    let is_stopped = follow.step == FollowStep::Stopped(None);
    Some((&follow.input, &follow.seen, is_stopped))
}
