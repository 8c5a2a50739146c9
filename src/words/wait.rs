//! Waiting until something is so.

use crate::language::capitalised;
use crate::{listed, read_failure, sentences, texts};
use formsmith_api::waiter::Condition;
use formsmith_run::{Run, Wait, WaitEnd, WaitFor, WaitStep};

/// What a waiter waits for, as a clause: `the instance is running`.
fn condition(waiter: &str) -> String {
    match Condition::of(waiter) {
        Condition::Is { resource, state } => texts::wait_is(&resource, &state),
        Condition::Are { resource, state } => texts::wait_are(&resource, &state),
        Condition::Any { resource, state } => texts::wait_any(&resource, &state),
        Condition::Exists { resource } => texts::wait_exists(&resource),
        Condition::Gone { resource } => texts::wait_gone(&resource),
    }
}

/// `Wait until the instance is running`
#[must_use]
pub fn wait_until(waiter: &str) -> String {
    texts::wait_until_condition(&condition(waiter))
}

/// What is asked, how often, and for how long at most.
#[must_use]
pub fn wait_plan(operation: &str, what: &WaitFor) -> String {
    let delay = what.delay_seconds();
    let most = what.most();
    let seconds = most.saturating_mul(delay as usize);
    let longest = match seconds {
        0..=119 => texts::for_seconds(seconds),
        120..=7199 => texts::for_minutes(seconds.div_ceil(60)),
        _ => texts::for_hours(seconds.div_ceil(3600)),
    };
    texts::wait_schedule(operation, &delay.to_string(), most, &longest)
}

/// How far it has come; in `seconds` it is asked again, if that is known.
#[must_use]
pub fn wait_progress(run: &Run, wait: &Wait, seconds: Option<u32>) -> String {
    let asked = match run.is_asking() {
        true => wait.asked + 1,
        false => wait.asked,
    };
    let count = match asked {
        0 => texts::wait_asked(0),
        asked => texts::wait_attempt(&asked.to_string(), &wait.most.to_string()),
    };
    match (&wait.step, seconds) {
        (WaitStep::Underway, _) if run.is_asking() => sentences(&[&count, texts::wait_asking()]),
        (WaitStep::Underway, Some(seconds)) => {
            sentences(&[&count, &texts::wait_next(&seconds.to_string())])
        }
        (WaitStep::Stopped(Some(why)), _) => {
            sentences(&[&count, &texts::wait_not_asked(&read_failure(why))])
        }
        // Where another tab asks, it isn't known when.
        _ => count,
    }
}

/// What the last answer showed, for the status region; none if it showed nothing.
pub(crate) fn wait_seen(run: &Run) -> Option<String> {
    let wait = run.wait.as_ref().filter(|it| !it.last_seen.is_empty())?;
    Some(texts::wait_seen(&listed(&wait.last_seen)))
}

/// A title, and what there is to say beside it.
pub(crate) fn waited(
    waiter: &str,
    end: WaitEnd,
    asked: usize,
    seen: &[String],
) -> (String, String) {
    let condition = condition(waiter);
    let last = match seen {
        [] => String::new(),
        seen => texts::wait_seen(&listed(seen)),
    };
    let title = match end {
        WaitEnd::Underway => texts::waiting_until(&condition),
        WaitEnd::Reached => capitalised(&condition),
        WaitEnd::Failed => texts::wait_failed(&condition),
        WaitEnd::Exhausted => texts::wait_exhausted(&condition),
        WaitEnd::Stopped => texts::wait_stopped(&condition),
    };
    let asked = match end {
        WaitEnd::Underway => String::new(),
        _ => texts::wait_asked(asked),
    };
    let detail = match end {
        WaitEnd::Failed => texts::wait_failed_detail(),
        _ => "",
    };
    (title, sentences(&[detail, &asked, &last]))
}
