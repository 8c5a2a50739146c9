//! What a machine asks for, carried out with whatever may go wrong.

use super::{ACCOUNT, World, service::Fate};
use formsmith_api::outcome::Standing;
use formsmith_api::waiter::{Judged, WaitState};
use formsmith_run::{
    Effect, Entry, Event, Fact, Failure, Head, Identity, Proposal, StoreFailure, entry, read_entry,
};

impl World<'_> {
    pub fn carry_out(&mut self, tab: usize, effect: Effect) {
        let now_ms = self.now_ms;
        match effect {
            Effect::Store {
                run,
                seq,
                fact,
                head,
            } => {
                let head = head.to_json();
                let read = Head::from_json(&head).expect("a head that can be read");
                assert_eq!(read.to_json(), head);
                assert!(
                    *self.leaders.entry(run.clone()).or_insert(tab) == tab,
                    "two tabs act for {run}"
                );
                let begins = matches!(*fact, Fact::Begun { .. } | Fact::Sending { .. });
                assert!(
                    !begins || !self.tabs[tab].deleted.contains(&run),
                    "{run} goes on after it was deleted"
                );
                let line = entry(&fact);
                assert_eq!(
                    read_entry(&line).map(|fact| entry(&fact)),
                    Some(line.clone())
                );
                let never_begun = self
                    .store
                    .get(&run)
                    .is_some_and(|stored| stored.has_not_begun);
                match self.script.choose(24) {
                    _ if self.deleted.contains_key(&run) => {
                        assert!(seq > 0, "{run} begins again after it was deleted");
                        self.keep_write(tab, run, seq, line, read);
                    }
                    // It is taken for a fact of a run that was deleted.
                    _ if seq > 0 && never_begun => {
                        self.come(tab, now_ms, Event::Stored { run, seq });
                    }
                    23 => {
                        let stored = self.store.entry(run.clone()).or_default();
                        stored.has_gap = true;
                        stored.has_not_begun |= seq == 0;
                        let why = StoreFailure::Full;
                        self.come(tab, now_ms, Event::StoreFailed { run, seq, why });
                    }
                    _ => self.keep_write(tab, run, seq, line, read),
                }
            }
            Effect::Forget { run } => {
                self.tabs[tab].writes.retain(|write| write.run != run);
                self.store.remove(&run);
                self.leaders.remove(&run);
            }
            Effect::Send {
                run,
                attempt,
                op,
                place,
                http,
                consent,
            } => {
                self.check_send(tab, &run, attempt, op, &place, consent.as_deref());
                let fate = Fate::of(self.script.choose(16));
                let (result, is_done) = self.service.send(&http, fate, now_ms);
                let known = self.tabs[tab]
                    .machine
                    .run(&run)
                    .expect("the run that is sent");
                let is_done = is_done.is_some_and(|response| {
                    let outcome = op.outcome(&known.input, &response);
                    let arrival = formsmith_api::outcome::Arrival::Answered {
                        response: &response,
                        outcome: &outcome,
                    };
                    let standing = formsmith_api::outcome::standing(op.operation, &arrival, false);
                    matches!(standing, Standing::Done | Standing::Partly)
                });
                if is_done {
                    self.done.insert((run.clone(), attempt));
                }
                if let Some(result) = result {
                    self.come(
                        tab,
                        now_ms,
                        Event::Answered {
                            run,
                            attempt,
                            result,
                        },
                    );
                }
            }
            Effect::Read {
                run,
                read,
                op,
                http,
                ..
            } => {
                assert!(op.is_readonly(), "a read that changes something");
                let fate = match self.script.choose(8) {
                    7 => Fate::LostAfter,
                    _ => Fate::Whole,
                };
                let (result, _) = self.service.send(&http, fate, now_ms);
                let result = result.unwrap_or(Err(Failure::Timeout { seconds: 40 }));
                self.come(tab, now_ms, Event::ReadAnswered { run, read, result });
            }
            Effect::Judge {
                run, question, op, ..
            } => {
                assert!(op.is_readonly(), "a wait that changes something");
                let state = [
                    Some(WaitState::Retry),
                    Some(WaitState::Retry),
                    Some(WaitState::Success),
                    Some(WaitState::Failure),
                    Some(WaitState::NotUnderstood),
                    None,
                ][self.script.choose(6)];
                let seen = match self.script.choose(3) {
                    0 => Vec::new(),
                    other => vec![other.to_string()],
                };
                let event = match state {
                    Some(state) => Event::Judged {
                        run,
                        question,
                        judged: Judged { state, seen },
                        output: None,
                    },
                    None => Event::NotJudged { run, question },
                };
                self.come(tab, now_ms, event);
            }
            Effect::Propose { review, .. } => {
                let result = match self.script.choose(8) {
                    7 => Err(Failure::Unreachable),
                    _ => Ok(Proposal {
                        id: format!("consent-{review}"),
                        host: "example.amazonaws.com".into(),
                        signing_region: "us-east-1".into(),
                        class: "write".into(),
                        attempts: 3,
                        identity: Identity::Known {
                            label: "profile".into(),
                            account: ACCOUNT.into(),
                            arn: "arn".into(),
                        },
                    }),
                };
                self.come(tab, now_ms, Event::Proposed { review, result });
            }
            Effect::Confirm { review, .. } => {
                let result = match self.script.choose(8) {
                    7 => Err(Failure::Lost),
                    _ => Ok(()),
                };
                self.come(tab, now_ms, Event::Confirmed { review, result });
            }
            Effect::Wait { timer, ms } => {
                self.come(tab, now_ms + ms, Event::TimerFired(timer));
            }
            Effect::Fill {
                of,
                operation,
                input,
                undoes,
                ..
            } => {
                self.check_undo(tab, &undoes);
                let operation = of.service.operation(&operation).expect("an operation");
                self.fill(tab, of.beside(operation), input, undoes);
            }
            Effect::Notify(notification) => self.notifications.push(notification),
            Effect::Withdraw { .. }
            | Effect::Show { .. }
            | Effect::CheckIdentity
            | Effect::Learn { .. }
            | Effect::Refuse { .. } => {}
        }
    }

    /// It is written later.
    fn keep_write(&mut self, tab: usize, run: String, seq: u64, line: String, head: Head) {
        self.tabs[tab].writes.push(Entry {
            run: run.clone(),
            seq,
            line,
            head,
        });
        self.come(tab, self.now_ms, Event::Stored { run, seq });
    }
}
