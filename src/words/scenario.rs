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

/// What it is called, and what happens, in a sentence; none for one that this page does not know.
#[must_use]
pub fn scenario_card(id: &str) -> Option<(&'static str, &'static str)> {
    Some(match id {
        "all-succeed" => (
            texts::scenario_all_succeed_title(),
            texts::scenario_all_succeed_summary(),
        ),
        "some-fail" => (
            texts::scenario_some_fail_title(),
            texts::scenario_some_fail_summary(),
        ),
        "all-fail" => (
            texts::scenario_all_fail_title(),
            texts::scenario_all_fail_summary(),
        ),
        "throttled" => (
            texts::scenario_throttled_title(),
            texts::scenario_throttled_summary(),
        ),
        "no-permission" => (
            texts::scenario_no_permission_title(),
            texts::scenario_no_permission_summary(),
        ),
        "run-fails" => (
            texts::scenario_run_fails_title(),
            texts::scenario_run_fails_summary(),
        ),
        "already-removed" => (
            texts::scenario_already_removed_title(),
            texts::scenario_already_removed_summary(),
        ),
        "slow" => (texts::scenario_slow_title(), texts::scenario_slow_summary()),
        "answer-lost" => (
            texts::scenario_answer_lost_title(),
            texts::scenario_answer_lost_summary(),
        ),
        _ => return None,
    })
}

/// What will be seen, and why; and what to look at and to press once the answer is there. Apart from the
/// card, as the start page does without them.
#[must_use]
pub fn scenario_story(id: &str) -> Option<(&'static str, &'static str)> {
    Some(match id {
        "all-succeed" => (
            texts::scenario_all_succeed_story(),
            texts::scenario_all_succeed_after(),
        ),
        "some-fail" => (
            texts::scenario_some_fail_story(),
            texts::scenario_some_fail_after(),
        ),
        "all-fail" => (
            texts::scenario_all_fail_story(),
            texts::scenario_all_fail_after(),
        ),
        "throttled" => (
            texts::scenario_throttled_story(),
            texts::scenario_throttled_after(),
        ),
        "no-permission" => (
            texts::scenario_no_permission_story(),
            texts::scenario_no_permission_after(),
        ),
        "run-fails" => (
            texts::scenario_run_fails_story(),
            texts::scenario_run_fails_after(),
        ),
        "already-removed" => (
            texts::scenario_already_removed_story(),
            texts::scenario_already_removed_after(),
        ),
        "slow" => (texts::scenario_slow_story(), texts::scenario_slow_after()),
        "answer-lost" => (
            texts::scenario_answer_lost_story(),
            texts::scenario_answer_lost_after(),
        ),
        _ => return None,
    })
}

/// What there is to say once the person has pressed what the story says to press with the answer; none
/// where it says nothing of the kind.
#[must_use]
pub fn scenario_done(id: &str) -> Option<&'static str> {
    Some(match id {
        "all-succeed" => texts::scenario_all_succeed_done(),
        "some-fail" => texts::scenario_some_fail_done(),
        "all-fail" => texts::scenario_all_fail_done(),
        _ => return None,
    })
}
