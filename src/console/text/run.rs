//! What goes on with a run, and what can be done about its result.

use super::counted;
use crate::state::{Step, Underway};
use formsmith_api::read_back::Found;
use formsmith_api::retry::{ATTEMPTS, Reason};
use formsmith_run::{ReadBack, ReadFailure, Reading, Refusal, Run, Target, Told};

pub const NOTHING_SENT: &str = "Nothing was sent";
pub const DONE_BEFORE: &str =
    "An attempt whose answer was lost has done it: the last one found nothing left to do.";
pub const REPEATED: &str = "Already done: nothing new was done";
pub const REPEATED_DETAIL: &str =
    "This input was sent before with the same idempotency token. For a new one, renew the token.";
pub const FOUND_DONE: &str = "No answer told, but the resources show that it was done.";
pub const FOUND_NOT_DONE: &str =
    "At the time of reading, the resources showed that it had not been done.";
pub const NOT_DONE: &str = "Not done";
pub const PARTLY_DONE: &str = "Partly done";
pub const OUTCOME_UNKNOWN: &str = "Unknown";
pub const NOT_UNDERSTOOD: &str = "The answer can't be understood";
pub const OTHER_RUNS: &str = "Other runs of this form";
pub const SHOW_RUN: &str = "Show";
pub const SEND_AGAIN: &str = "Send again";
pub const UNDO_RUN: &str = "Undo this";
pub const STOP_TRYING: &str = "Stop trying";
pub const EARLIER_ATTEMPTS: &str = "Earlier attempts";
pub const READ_BACK: &str = "Read back";
pub const READING_BACK: &str = "Reading the resources";
pub const UNREPORTED: &str =
    "The outcome of some entries is unknown: check them before you send them again.";
pub const TIMELINE: &str = "Timeline";
pub const FOLLOWING: &str = "Updates automatically until the run ends.";
pub const FOLLOWING_STOPPED: &str = "No longer updated.";
pub const STOP_FOLLOWING: &str = "Stop following";
pub const FOLLOW_AGAIN: &str = "Follow again";
pub const NOTIFY_ME: &str = "Notify me at the end";
pub const WILL_NOTIFY: &str = "You will be notified at the end if this page is out of sight.";
pub const WILL_NOT_NOTIFY: &str =
    "The browser does not allow notifications here. The end shows on this page.";
pub const LISTED_NOW: &str =
    "This is what the service lists now. Check whether what you sent is in it.";

/// What the page is waiting for.
pub fn underway(underway: &Underway) -> String {
    match underway.step {
        Step::Opening => super::LAZY_PART.loading.into(),
        Step::Pause { reason, seconds } => trying_again(reason, seconds, underway.attempt),
        Step::Answer if underway.attempt > 1 => {
            format!("{}, attempt {}", super::SENDING, underway.attempt)
        }
        Step::Answer => super::SENDING.into(),
    }
}

/// `Throttled. Trying again in 2 s, attempt 2 of 3`
pub fn trying_again(reason: Reason, seconds: u32, attempt: usize) -> String {
    let why = match reason {
        Reason::Throttled => "Throttled".to_owned(),
        Reason::Failed { status } => format!("The service failed (HTTP status {status})"),
        Reason::Lost => "No whole answer came".into(),
        Reason::NotSent => "The service could not be reached".into(),
    };
    format!("{why}. Trying again in {seconds} s, attempt {attempt} of {ATTEMPTS}")
}

pub fn came_late(verdict: &str) -> String {
    format!("The answer came after all: {verdict}")
}

pub fn attempt_number(number: usize) -> String {
    format!("Attempt {number}")
}

/// On the button that sends rows of a batch again.
pub fn send_rows_again(rows: usize, hidden: usize) -> String {
    let rows = super::grouped(rows);
    match hidden {
        0 => format!("Send {rows} again"),
        hidden => format!(
            "Send {rows} again, {} hidden by the filter",
            super::grouped(hidden)
        ),
    }
}

pub const OTHER_ACCOUNT: &str =
    "This was sent for another account. Sign in to that account to go on with it.";

/// What a run in a known account is answered with, where it is not known which this one is.
pub fn account_not_known(account: &str) -> String {
    format!(
        "This was sent for account {}, and it is not known which account is signed in now. Check \
         that the proxy can reach AWS STS, then try again.",
        super::account_number(account)
    )
}

pub fn other_target(target: Target) -> String {
    format!(
        "This was sent to: {}. Choose that target to go on with it.",
        super::target(target)
    )
}

/// What reading back showed; none while there is nothing to say.
/// What reading the resources has shown last, or that they are read, or why they can't be.
pub fn read_back_told(run: &Run) -> Option<String> {
    match &run.reading {
        Some(Reading::Underway(_)) => Some(READING_BACK.into()),
        Some(Reading::Failed { why, .. }) => {
            let why = read_failure(why);
            Some(format!("The resources could not be read back: {why}."))
        }
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
        (0, 0, 0) => LISTED_NOW.into(),
        (1, 0, 0) => "The resources show that it was done.".into(),
        (0, 1, 0) => FOUND_NOT_DONE.into(),
        (0, 0, 1) => "The resources do not tell whether it was done.".into(),
        _ => format!(
            "The resources show: {} done, {undone} not done, {unclear} unclear.",
            counted(done, "entry", "entries")
        ),
    }
}

/// Why nothing could be read, within a sentence.
pub fn read_failure(why: &ReadFailure) -> String {
    match why {
        ReadFailure::NoAnswer(failure) => super::failure_title(failure),
        ReadFailure::Refused(error) => super::refused(error),
        ReadFailure::NotUnderstood => NOT_UNDERSTOOD.into(),
        ReadFailure::NotSendable(what) => not_sendable(what),
        ReadFailure::OtherTarget(target) => other_target(*target),
    }
}

fn not_sendable(what: &str) -> String {
    format!("The request can't be written: {what}")
}

/// Why nothing was sent.
pub fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::NotSendable(what) => not_sendable(what),
        Refusal::OtherTarget(target) => other_target(*target),
        Refusal::OtherAccount { .. } => OTHER_ACCOUNT.into(),
        Refusal::AccountUnknown { account } => account_not_known(account),
        Refusal::OtherTab => "Another tab goes on with this run. Go on there, or close it.".into(),
        Refusal::Underway => "This run is being sent. Wait for its answer.".into(),
        Refusal::InputNotKept => {
            "Parts of this input are secret and were not kept. Open it again and fill them in."
                .into()
        }
    }
}

/// What became of a run, for the status region.
pub fn told_of_run(told: &Told, run: &Run) -> Option<String> {
    let verdict = || super::verdict(Some(run.op), &run.verdict()).sentence();
    Some(match told {
        Told::Sending { .. } => super::SENDING.into(),
        Told::TryingAgain {
            reason,
            after_ms,
            attempt,
            ..
        } => {
            let seconds = (after_ms / 1000.0).ceil().max(1.0) as u32;
            trying_again(*reason, seconds, *attempt)
        }
        Told::Ended { .. } | Told::Followed { .. } => verdict(),
        // It shows with what comes of the attempt that is under way.
        Told::CameLate { attempt, .. } if run.is_underway() => {
            let attempt = run.attempts.get(*attempt)?;
            came_late(&super::attempt(run.op, attempt))
        }
        Told::CameLate { .. } => came_late(&verdict()),
        Told::ReadBack { .. } => read_back_told(run)?,
        Told::Status { .. } => status_now(&run.follow.as_ref()?.progress()?.title),
        Told::FollowStopped { .. } => FOLLOWING_STOPPED.into(),
        Told::FollowFailed { why, .. } => following_failed(&read_failure(why)),
        Told::HeldBack { .. } | Told::NotStored { .. } => return None,
    })
}

/// For the status region, at each change.
pub fn status_now(title: &str) -> String {
    format!("Status: {}.", super::in_sentence(title))
}

pub fn following_failed(why: &str) -> String {
    format!("No longer updated: {why}.")
}

/// Beside the status of one row.
pub fn found(found: Found) -> &'static str {
    match found {
        Found::Done => "The resources show that it was done",
        Found::NotDone => "The resources show that it has not been done",
        Found::Unclear => "The resources do not tell",
    }
}
