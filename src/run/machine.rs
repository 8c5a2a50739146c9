//! All runs that are alive, and what is known of where requests go.

use crate::effects::Effects;
use crate::{Effect, Event, Now, Place, ReadBackState, Refusal, Review, Run, Target, Timer};

#[derive(Debug, Default)]
pub struct Machine {
    runs: Vec<Run>,
    pub(crate) review: Option<Review>,
    /// Where requests go now, and in which account, where that is known.
    here: Option<(Target, Option<String>)>,
    /// The person sends although nothing can be stored.
    pub(crate) goes_without: bool,
    numbers: u32,
    ignored: u64,
}

impl Machine {
    /// Takes in what has happened. An event that is not expected is ignored and counted.
    #[must_use]
    pub fn on(&mut self, now: &Now, event: Event) -> Vec<Effect> {
        let mut out = Effects::default();
        self.take(now, event, &mut out);
        out.0
    }

    fn take(&mut self, now: &Now, event: Event, out: &mut Effects) {
        match event {
            Event::Asked(ask) => self.ask(now, *ask, out),
            Event::AskedAgain { run, rows } => self.ask_again(now, &run, rows, out),
            Event::UndoAsked { run } => self.ask_undo(&run, out),
            Event::Stopped { run } => self.stop(now, &run, out),
            Event::WentWithout { run } => self.go_without(&run, out),
            Event::Proposed { review, result } => self.take_proposal(review, result, out),
            Event::ReviewRenewed => self.renew_review(out),
            Event::Agreed => self.agree(now, out),
            Event::Confirmed { review, result } => self.take_confirmation(now, review, result, out),
            Event::ReviewClosed => self.close_review(out),
            Event::Stored { run, seq } => self.stored(&run, seq, out),
            Event::StoreFailed { run, seq, why } => self.not_stored(&run, seq, why, out),
            Event::Answered {
                run,
                attempt,
                result,
            } => self.answered(now, &run, attempt, result, out),
            Event::ReadAnswered { run, read, result } => {
                let is_taken = self.take_read(now, &run, read, &result, out)
                    || self.take_poll(now, &run, read, &result, out)
                    || self.take_page(now, &run, read, &result, out)
                    || self.take_question(now, &run, read, &result, out);
                if !is_taken {
                    self.ignore();
                }
            }
            Event::FollowStopped { run } => self.stop_follow(&run, out),
            Event::FollowResumed { run } => self.resume_follow(&run, out),
            Event::Judged {
                run,
                question,
                judged,
                output,
            } => self.take_judgement(now, &run, question, &judged, output, out),
            Event::NotJudged { run, question } => self.take_no_judgement(&run, question, out),
            Event::WaitStopped { run } => self.stop_wait(&run, out),
            Event::WaitResumed { run } => self.resume_wait(&run, out),
            Event::PagesAsked { run, most } => self.ask_pages(now, &run, most, out),
            Event::PagesStopped { run } => self.stop_pages(&run, out),
            Event::TimerFired(timer) => match timer {
                Timer::Attempt { run, attempt } => self.try_again(now, &run, attempt, out),
                Timer::Read { run, read } => self.read(&run, read, out),
                Timer::Poll { run, poll } => self.poll(&run, poll, out),
                Timer::Page { run, page } => self.read_page(now, &run, page, out),
                Timer::Question { run, question } => self.ask_whether(&run, question, out),
            },
            Event::Moved { target, account } => self.move_to(now, target, account, out),
            Event::InverseLearned { op, inverse } => self.learn_inverse(op, &inverse),
            Event::Restored { run, leads } => self.take_restored(now, *run, leads, out),
            Event::Deleted { run } => self.delete(now, &run, out),
        }
    }

    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter()
    }

    #[must_use]
    pub fn run(&self, id: &str) -> Option<&Run> {
        self.runs.iter().find(|run| run.id == id)
    }

    /// How many events came that were not expected.
    #[must_use]
    pub fn ignored(&self) -> u64 {
        self.ignored
    }

    /// Where requests go now.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.here.as_ref().map(|(target, _)| *target)
    }

    pub(crate) fn runs_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        self.runs.iter_mut()
    }

    pub(crate) fn run_mut(&mut self, id: &str) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.id == id)
    }

    pub(crate) fn insert(&mut self, run: Run) {
        self.runs.push(run);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.runs.retain(|run| run.id != id);
    }

    pub(crate) fn ignore(&mut self) {
        self.ignored += 1;
    }

    /// A number that nothing had so far.
    pub(crate) fn fresh_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    /// Would what is sent now reach the same resources? If the account of the place is known, the
    /// current account has to be known and the same.
    pub(crate) fn is_here(&self, place: &Place) -> bool {
        let Some((target, account)) = &self.here else {
            return false;
        };
        *target == place.target && (place.account.is_none() || *account == place.account)
    }

    /// Why what is sent now would not reach this place, as far as it is known where that goes.
    pub(crate) fn elsewhere(&self, place: &Place) -> Option<Refusal> {
        let (target, here) = self.here.as_ref()?;
        if *target != place.target {
            return Some(Refusal::OtherTarget(place.target));
        }
        let account = place.account.clone()?;
        match here {
            Some(here) if *here == account => None,
            Some(_) => Some(Refusal::OtherAccount { account }),
            None => Some(Refusal::AccountUnknown { account }),
        }
    }

    fn move_to(&mut self, now: &Now, target: Target, account: Option<String>, out: &mut Effects) {
        let here = Some((target, account));
        if self.here == here {
            return;
        }
        self.here = here;
        let is_elsewhere = self.review.as_ref().map(|it| it.intent.place.target) != Some(target);
        if is_elsewhere {
            // What would answer is another: this is another question.
            self.close_review(out);
        }
        for run in &mut self.runs {
            if run
                .read_back
                .as_ref()
                .is_some_and(ReadBackState::was_elsewhere)
            {
                run.read_back = None;
            }
        }
        let ids: Vec<String> = self.runs.iter().map(|run| run.id.clone()).collect();
        for id in &ids {
            self.begin_read_back(id, out);
            self.schedule_question(now, id, out);
        }
    }
}
