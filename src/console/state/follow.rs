//! The life of what a run has started, looked at until it is over.

use super::following::{FollowStep, Following, Seen};
use super::run::Run;
use super::{FOLLOWING_ID, Form};
use crate::browser::{clock, focus, notification, random, storage, task};
use crate::later::later;
use crate::text;
use formsmith_api::follow::follow;
use formsmith_api::json;
use formsmith_api::outcome::Outcome;
use leptos::prelude::*;

/// Seconds between one look and the next; the last of them from then on.
const PAUSES: [u32; 8] = [1, 2, 3, 5, 8, 13, 20, 30];

/// Between one try to go on after a reload and the next.
const RESUME_MS: f64 = 10_000.0;

/// So many looks may fail one after the other.
const MAX_FAILURES: usize = 5;

/// So many are kept of an operation; the oldest make room.
const MAX_KEPT: usize = 5;

impl Form {
    /// What a run started is followed, if the model says how.
    pub(super) fn follow_run(self, run: &Run) {
        let answer = run.last().map(|attempt| &attempt.result);
        let Some(Ok((_, Outcome::Output(output)))) = answer else {
            return;
        };
        let Some((operation, input)) = follow(self.service, self.operation, output) else {
            return;
        };
        self.begin_following(Following {
            id: random::uuid(),
            run: run.id.clone(),
            target: run.target,
            region: run.region.clone(),
            operation,
            input,
            seen: Vec::new(),
            output: output.clone(),
            step: FollowStep::Underway,
        });
    }

    /// Goes on with what was followed last when the page was left.
    pub(super) fn resume_following(self) {
        if !storage::keys(&self.following_key("")).is_empty() {
            task::spawn(async move {
                // What does not come now may come when the host can be reached again.
                while resume(self).await.is_err() {
                    clock::pause(RESUME_MS).await;
                }
            });
        }
    }

    fn resume(self) {
        if let Some((_, following)) = self.all_following().pop() {
            self.begin_following(following);
        }
    }

    fn begin_following(self, mut following: Following) {
        note_status(self, &mut following);
        let id = following.id.clone();
        self.tell_verdict();
        self.set_following(following);
        for (slot, _) in self.all_following().iter().rev().skip(MAX_KEPT) {
            storage::remove(slot);
        }
        task::spawn(self.keep_looking(id));
    }

    /// Is what this run started followed?
    pub fn follows(self, run: &Run) -> bool {
        let is_its =
            |following: &Option<Following>| following.as_ref().is_some_and(|it| it.run == run.id);
        self.following.with(is_its)
    }

    pub fn following(self) -> Option<Following> {
        self.following.get()
    }

    fn set_following(self, following: Following) {
        let key = self.following_key(&following.run);
        match following.step {
            FollowStep::Underway => {
                storage::write(&key, &json::compact(&following.to_json()));
            }
            _ => storage::remove(&key),
        }
        self.following.set(Some(following));
    }

    pub(super) fn forget_following(self) {
        if let Some(following) = self.following.get_untracked() {
            storage::remove(&self.following_key(&following.run));
            self.following.set(None);
        }
    }

    /// The person wants no more looks.
    pub fn stop_following(self) {
        if let Some(mut following) = self.following.get_untracked() {
            following.step = FollowStep::Stopped(String::new());
            self.set_following(following);
            self.console.announce(text::FOLLOWING_STOPPED);
            focus_actions();
        }
    }

    /// Goes on after a stop.
    pub fn go_on_following(self) {
        if let Some(mut following) = self.following.get_untracked() {
            following.step = FollowStep::Underway;
            following.id = random::uuid();
            self.begin_following(following);
            focus_actions();
        }
    }

    /// Asks whether the end may be told while the page is out of sight.
    pub fn ask_to_notify(self, is_answered: RwSignal<bool>) {
        task::spawn(async move {
            let told = match notification::ask().await {
                true => text::WILL_NOTIFY,
                false => text::WILL_NOT_NOTIFY,
            };
            self.console.announce(told);
            // The button may be gone by now.
            is_answered.try_set(true);
        });
    }

    fn current(self, id: &str) -> Option<Following> {
        let following = self.following.get_untracked();
        following.filter(|it| it.id == id && it.step == FollowStep::Underway)
    }

    async fn keep_looking(self, id: String) {
        let mut failures = 0;
        let is_kept = |following: &Following| {
            let slot = self.following_key(&following.run);
            storage::read(&slot).is_some()
        };
        let was_kept = self.current(&id).as_ref().is_some_and(is_kept);
        for look in 0.. {
            let Some(following) = self.current(&id) else {
                return;
            };
            if following
                .progress(self)
                .is_some_and(|progress| progress.state.is_over())
            {
                return self.end_following(following);
            }
            let pause = PAUSES.get(look).or(PAUSES.last()).copied().unwrap_or(1);
            clock::pause(f64::from(pause) * 1000.0).await;
            // Who has chosen another target looks there for other things.
            let Some(following) = self.current(&id) else {
                return;
            };
            if untrack(move || self.console.target()) != following.target {
                continue;
            }
            let looked = self
                .look(
                    following.target,
                    &following.region,
                    following.operation,
                    &following.input,
                )
                .await;
            let Some(mut following) = self.current(&id) else {
                return;
            };
            if was_kept && !is_kept(&following) {
                // It was stopped in another tab.
                following.step = FollowStep::Stopped(String::new());
                return self.set_following(following);
            }
            match looked {
                Ok(output) => {
                    failures = 0;
                    following.output = output;
                    if let Some(title) = note_status(self, &mut following) {
                        self.console.announce(text::status_now(&title));
                    }
                    self.set_following(following);
                }
                Err(why) => {
                    failures += 1;
                    if failures == MAX_FAILURES {
                        self.console.announce(text::following_failed(&why));
                        following.step = FollowStep::Stopped(why);
                        return self.set_following(following);
                    }
                }
            }
        }
    }

    fn end_following(self, mut following: Following) {
        following.step = FollowStep::Over;
        if let Some(progress) = following.progress(self) {
            let verdict = text::followed(self.operation, &progress);
            notification::tell(&self.operation.title(), &verdict.sentence());
            self.console.announce(verdict.sentence());
            self.keep_followed(&following.run, &verdict);
        }
        self.set_following(following);
    }
}

later! { fn resume(form: Form) = form.resume(); }

/// The button that was pressed has given way to its counterpart.
fn focus_actions() {
    let last = format!("#{FOLLOWING_ID} > .button:last-child");
    focus::soon_selected(last, FOLLOWING_ID.to_owned());
}

/// Adds the status to those that were seen, if it is another one; its title then.
fn note_status(form: Form, following: &mut Following) -> Option<String> {
    let progress = following.progress(form)?;
    let last = following.seen.last().map(|seen| &seen.value);
    if last == Some(&progress.value) {
        return None;
    }
    following.seen.push(Seen {
        at_ms: clock::now_ms(),
        value: progress.value,
    });
    Some(progress.title)
}
