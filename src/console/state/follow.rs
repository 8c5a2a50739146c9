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
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Seconds between one look and the next; the last of them from then on.
const PAUSES: [u32; 8] = [1, 2, 3, 5, 8, 13, 20, 30];

/// Between one try to go on after a reload and the next.
const RESUME_MS: f64 = 10_000.0;

/// So many looks may fail one after the other.
const MAX_FAILURES: usize = 5;

/// So many are kept of an operation; the oldest make room.
const MAX_KEPT: usize = 5;

/// Looks whose answers are awaited.
static LOOKS: AtomicU32 = AtomicU32::new(0);

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
        self.tell_verdict();
        self.set_following(following.clone());
        for (slot, _) in self.all_following().iter().rev().skip(MAX_KEPT) {
            storage::remove(slot);
        }
        task::spawn(self.keep_looking(following));
    }

    /// Is what this run started followed?
    pub fn follows(self, run: &Run) -> bool {
        self.following.with(|shown| is_of(shown, &run.id))
    }

    pub fn following(self) -> Option<Following> {
        self.following.get()
    }

    /// Keeps and shows it, in place of any other.
    fn set_following(self, following: Following) {
        self.keep_following(&following);
        self.following.set(Some(following));
    }

    fn keep_following(self, following: &Following) {
        let key = self.following_key(&following.run);
        match following.step {
            FollowStep::Underway => {
                storage::write(&key, &json::compact(&following.to_json()));
            }
            _ => storage::remove(&key),
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

    /// Is it kept to be followed, here or by another tab?
    fn is_kept(self, following: &Following) -> bool {
        storage::read(&self.following_key(&following.run)).is_some()
    }

    /// Is it the one that is shown?
    fn is_shown(self, following: &Following) -> bool {
        self.following
            .with_untracked(|shown| is_of(shown, &following.run))
    }

    /// One that has given way to another, or to an empty form, goes on as long as it is kept.
    fn goes_on(self, following: &Following) -> bool {
        match self.following.get_untracked() {
            Some(shown) if shown.run == following.run => {
                shown.id == following.id && shown.step == FollowStep::Underway
            }
            _ => self.is_kept(following),
        }
    }

    /// What became of it, where it is shown and where it is kept.
    fn update_following(self, following: Following) {
        match self.is_shown(&following) {
            true => self.set_following(following),
            false => self.keep_following(&following),
        }
    }

    async fn keep_looking(self, mut following: Following) {
        let mut failures = 0;
        let was_kept = self.is_kept(&following);
        for look in 0.. {
            let progress = following.progress(self);
            if progress.is_some_and(|progress| progress.state.is_over()) {
                return self.end_following(following);
            }
            let pause = PAUSES.get(look).or(PAUSES.last()).copied().unwrap_or(1);
            clock::pause(f64::from(pause) * 1000.0).await;
            if !self.goes_on(&following) {
                return;
            }
            // Who has chosen another target looks there for other things. What is not shown
            // waits its turn: a browser has few connections, and the person's press needs one.
            let is_elsewhere = untrack(move || self.console.target()) != following.target;
            let is_behind = !self.is_shown(&following) && LOOKS.load(Relaxed) > 0;
            if is_elsewhere || is_behind {
                continue;
            }
            LOOKS.fetch_add(1, Relaxed);
            let looked = self
                .look(
                    following.target,
                    &following.region,
                    following.operation,
                    &following.input,
                )
                .await;
            LOOKS.fetch_sub(1, Relaxed);
            if !self.goes_on(&following) {
                return;
            }
            if was_kept && !self.is_kept(&following) {
                // It was stopped in another tab.
                following.step = FollowStep::Stopped(String::new());
                return self.update_following(following);
            }
            match looked {
                Ok(output) => {
                    failures = 0;
                    following.output = output;
                    let title = note_status(self, &mut following);
                    if let Some(title) = title.filter(|_| self.is_shown(&following)) {
                        self.console.announce(text::status_now(&title));
                    }
                    self.update_following(following.clone());
                }
                Err(why) => {
                    failures += 1;
                    if failures == MAX_FAILURES {
                        self.console.announce(text::following_failed(&why));
                        following.step = FollowStep::Stopped(why);
                        return self.update_following(following);
                    }
                }
            }
        }
    }

    fn end_following(self, mut following: Following) {
        following.step = FollowStep::Over;
        if let Some(progress) = following.progress(self) {
            let verdict = text::followed(self.operation, &progress);
            let (title, sentence) = (self.operation.title(), verdict.sentence());
            notification::tell(&title, &sentence);
            self.console.announce(match self.is_shown(&following) {
                true => sentence,
                false => text::elsewhere(&title, &sentence),
            });
            self.keep_followed(&following.run, &verdict);
        }
        self.update_following(following);
    }

    /// Shows again what was followed before the form was emptied, if it is not over since.
    pub(super) fn show_following(self, before: Following) {
        task::spawn(async move {
            // Whatever was followed came with the later part.
            let _ = show(self, before).await;
        });
    }

    fn show_again(self, before: Following) {
        let mut all = self.all_following().into_iter();
        let now = all.find(|(_, it)| it.run == before.run);
        self.following.set(now.map(|(_, now)| Following {
            id: before.id,
            ..now
        }));
    }
}

later! { fn resume(form: Form) = form.resume(); }
later! { fn show(form: Form, before: Following) = form.show_again(before); }

/// Was it started by the run of this ID?
fn is_of(following: &Option<Following>, run: &str) -> bool {
    following.as_ref().is_some_and(|it| it.run == run)
}

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
