//! What goes on with a run, and what can be done about its result.

use super::counted;
use crate::state::{ReadBack, Step, Target, Underway};
use formsmith_api::read_back::Found;
use formsmith_api::retry::{ATTEMPTS, Reason};

pub const NOTHING_SENT: &str = "Nothing was sent";
pub const DONE_BEFORE: &str =
    "An attempt whose answer was lost has done it: the last one found nothing left to do.";
pub const NOT_UNDERSTOOD: &str = "The answer can't be understood";
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
        Step::Opening => super::LOADED_LATER.loading.into(),
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
pub fn read_back_told(read_back: &ReadBack) -> Option<String> {
    let ReadBack::Done { found, .. } = read_back else {
        return match read_back {
            ReadBack::Underway => Some(READING_BACK.into()),
            ReadBack::Failed(why) => Some(format!("The resources could not be read back: {why}.")),
            _ => None,
        };
    };
    let count = |is: Found| found.iter().filter(|one| **one == Some(is)).count();
    let (done, undone, unclear) = (
        count(Found::Done),
        count(Found::NotDone),
        count(Found::Unclear),
    );
    Some(match (done, undone, unclear) {
        (0, 0, 0) => LISTED_NOW.into(),
        (1, 0, 0) => "The resources show that it was done.".into(),
        (0, 1, 0) => {
            "At the time of reading, the resources showed that it had not been done.".into()
        }
        (0, 0, 1) => "The resources do not tell whether it was done.".into(),
        _ => format!(
            "The resources show: {} done, {undone} not done, {unclear} unclear.",
            counted(done, "entry", "entries")
        ),
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
