//! What goes on with a run, and what can be done about its result.

use crate::{account_number, failure_title, grouped, in_sentence, sentence, sentences, texts};
use formsmith_api::read_back::Found;
use formsmith_api::retry::{ATTEMPTS, Reason};
use formsmith_run::{
    Notification, Place, ReadBack, ReadBackState, ReadFailure, Refusal, Run, Target,
};

/// The answer to this attempt is awaited, counted from 1.
#[must_use]
pub fn awaiting_answer(attempt: usize) -> String {
    match attempt {
        0 | 1 => texts::sending().into(),
        _ => texts::sending_attempt(&attempt.to_string()),
    }
}

/// `Throttled. Trying again in 2 s, attempt 2 of 3`
#[must_use]
pub fn trying_again(reason: Reason, seconds: u32, attempt: usize) -> String {
    let why = match reason {
        Reason::Throttled => texts::throttled(),
        Reason::Failed { status } => &texts::status_failed(&status.to_string()),
        Reason::Lost => texts::no_whole_answer(),
        Reason::NotSent => texts::not_reached(),
    };
    let (seconds, attempt, most) = (
        seconds.to_string(),
        attempt.to_string(),
        ATTEMPTS.to_string(),
    );
    sentences(&[why, &texts::trying_again_in(&seconds, &attempt, &most)])
}

#[must_use]
pub fn attempt_number(number: usize) -> String {
    texts::attempt_numbered(&number.to_string())
}

/// On the button that sends rows of a batch again.
#[must_use]
pub fn send_rows_again(rows: usize, hidden: usize) -> String {
    match hidden {
        0 => texts::send_rows(rows),
        hidden => texts::send_rows_hidden(rows, &grouped(hidden)),
    }
}

fn other_target(target: Target) -> String {
    texts::sent_to_target(crate::target(target))
}

/// Where a run goes on, if what is chosen now would answer for other resources. An account is
/// known only behind one target, so it says enough.
#[must_use]
pub fn other_place(place: &Place) -> String {
    match &place.account {
        Some(account) => texts::other_account(&account_number(account)),
        None => other_target(place.target),
    }
}

/// What reading the resources has shown last, or that they are read, or why they can't be; none
/// while there is nothing to say.
#[must_use]
pub fn read_back_text(run: &Run) -> Option<String> {
    match &run.read_back {
        Some(ReadBackState::Underway(_)) => Some(texts::checking_resources().into()),
        Some(ReadBackState::Failed {
            why: ReadFailure::OtherTarget(_),
            ..
        }) => Some(other_place(&run.place)),
        Some(ReadBackState::Failed { why, .. }) => Some(texts::check_failed(&read_failure(why))),
        None => run.reads.last().map(read_showed),
    }
}

fn read_showed(read: &ReadBack) -> String {
    let count = |is: Found| read.found.iter().filter(|one| **one == Some(is)).count();
    let (done, undone, unclear) = (
        count(Found::Done),
        count(Found::NotDone),
        count(Found::Unclear),
    );
    match (done, undone, unclear) {
        (0, 0, 0) => texts::listed_now().into(),
        (1, 0, 0) => texts::read_done().into(),
        (0, 1, 0) => texts::found_not_done().into(),
        (0, 0, 1) => texts::read_unclear().into(),
        _ => texts::read_rows(done, &undone.to_string(), &unclear.to_string()),
    }
}

/// Why nothing could be read, as a sentence.
#[must_use]
pub fn read_failure(why: &ReadFailure) -> String {
    let why = match why {
        ReadFailure::NoAnswer(failure) => failure_title(failure),
        ReadFailure::Refused(error) => crate::refused(error),
        ReadFailure::NotUnderstood => texts::not_understood().into(),
        ReadFailure::NotJudged => texts::part_missing().into(),
        ReadFailure::NotSendable(what) => texts::not_sendable(what),
        ReadFailure::OtherTarget(target) => other_target(*target),
    };
    sentence(&why)
}

/// Why nothing was sent.
#[must_use]
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::NotSendable(what) => texts::not_sendable(what),
        Refusal::OtherTarget(target) => other_target(*target),
        Refusal::OtherAccount { account } => texts::other_account(&account_number(account)),
        Refusal::AccountUnknown { account } => texts::sent_for_account(&account_number(account)),
        Refusal::OtherTab => texts::refused_other_tab().into(),
        Refusal::Underway => texts::refused_underway().into(),
        Refusal::InputNotStored => texts::refused_secret().into(),
        Refusal::Deleted => texts::refused_deleted().into(),
    }
}

/// What became of a run, for the status region.
#[must_use]
pub fn run_notification(notification: &Notification, run: &Run) -> Option<String> {
    let verdict = || crate::verdict(Some(run.op), &run.verdict()).sentence();
    Some(match notification {
        Notification::Sending { .. } => texts::sending().into(),
        Notification::TryingAgain {
            reason,
            after_ms,
            attempt,
            ..
        } => {
            let seconds = (after_ms / 1000.0).ceil().max(1.0) as u32;
            trying_again(*reason, seconds, *attempt)
        }
        Notification::Ended { .. }
        | Notification::Followed { .. }
        | Notification::Waited { .. } => verdict(),
        Notification::Looked { .. } => crate::wait::wait_seen(run)?,
        // It shows with what comes of the attempt that is under way.
        Notification::CameLate { attempt, .. } if run.is_underway() => {
            let attempt = run.attempts.get(*attempt)?;
            texts::arrived_late(&crate::attempt(run.op, attempt))
        }
        Notification::CameLate { .. } => texts::arrived_late(&verdict()),
        Notification::ReadBack { .. } => read_back_text(run)?,
        Notification::Status { .. } => status_now(&run.follow.as_ref()?.progress()?.title),
        Notification::FollowStopped { .. } => texts::following_stopped().into(),
        Notification::FollowFailed { why, .. } => texts::following_failed(&read_failure(why)),
        Notification::Pages { .. } => crate::pages_text(run)?,
        Notification::AskingAgain { .. }
        | Notification::HeldBack { .. }
        | Notification::NotStored { .. } => return None,
    })
}

/// For the status region, at each change.
#[must_use]
pub fn status_now(title: &str) -> String {
    texts::status_now_is(&in_sentence(title))
}

/// Beside the status of one row.
#[must_use]
pub fn found(found: Found) -> &'static str {
    match found {
        Found::Done => texts::found_done_row(),
        Found::NotDone => texts::found_not_done_row(),
        Found::Unclear => texts::found_unclear_row(),
    }
}
