//! The sandbox's scenarios, by their ids.

use crate::texts;

/// In the order in which they are offered.
pub const SCENARIOS: [&str; 9] = [
    "all-succeed",
    "some-fail",
    "all-fail",
    "throttled",
    "no-permission",
    "run-fails",
    "already-removed",
    "slow",
    "answer-lost",
];

/// What it is called; none for one that this page does not know.
#[must_use]
pub fn scenario_title(id: &str) -> Option<&'static str> {
    Some(match id {
        "all-succeed" => texts::scenario_all_succeed_title(),
        "some-fail" => texts::scenario_some_fail_title(),
        "all-fail" => texts::scenario_all_fail_title(),
        "throttled" => texts::scenario_throttled_title(),
        "no-permission" => texts::scenario_no_permission_title(),
        "run-fails" => texts::scenario_run_fails_title(),
        "already-removed" => texts::scenario_already_removed_title(),
        "slow" => texts::scenario_slow_title(),
        "answer-lost" => texts::scenario_answer_lost_title(),
        _ => return None,
    })
}

/// What happens, in a sentence.
#[must_use]
pub fn scenario_summary(id: &str) -> Option<&'static str> {
    Some(match id {
        "all-succeed" => texts::scenario_all_succeed_summary(),
        "some-fail" => texts::scenario_some_fail_summary(),
        "all-fail" => texts::scenario_all_fail_summary(),
        "throttled" => texts::scenario_throttled_summary(),
        "no-permission" => texts::scenario_no_permission_summary(),
        "run-fails" => texts::scenario_run_fails_summary(),
        "already-removed" => texts::scenario_already_removed_summary(),
        "slow" => texts::scenario_slow_summary(),
        "answer-lost" => texts::scenario_answer_lost_summary(),
        _ => return None,
    })
}

/// What will be seen, and why.
#[must_use]
pub fn scenario_story(id: &str) -> Option<&'static str> {
    Some(match id {
        "all-succeed" => texts::scenario_all_succeed_story(),
        "some-fail" => texts::scenario_some_fail_story(),
        "all-fail" => texts::scenario_all_fail_story(),
        "throttled" => texts::scenario_throttled_story(),
        "no-permission" => texts::scenario_no_permission_story(),
        "run-fails" => texts::scenario_run_fails_story(),
        "already-removed" => texts::scenario_already_removed_story(),
        "slow" => texts::scenario_slow_story(),
        "answer-lost" => texts::scenario_answer_lost_story(),
        _ => return None,
    })
}

/// What to look at and to press once the answer is there.
#[must_use]
pub fn scenario_after(id: &str) -> Option<&'static str> {
    Some(match id {
        "all-succeed" => texts::scenario_all_succeed_after(),
        "some-fail" => texts::scenario_some_fail_after(),
        "all-fail" => texts::scenario_all_fail_after(),
        "throttled" => texts::scenario_throttled_after(),
        "no-permission" => texts::scenario_no_permission_after(),
        "run-fails" => texts::scenario_run_fails_after(),
        "already-removed" => texts::scenario_already_removed_after(),
        "slow" => texts::scenario_slow_after(),
        "answer-lost" => texts::scenario_answer_lost_after(),
        _ => return None,
    })
}
