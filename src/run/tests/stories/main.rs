//! What becomes of single runs, told event by event.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod batches;
mod deletion;
mod failures;
mod follow;
mod inferred_undo;
mod pages;
mod places;
mod stash;
mod story;
mod subject;
mod waits;

use formsmith_api::outcome::{RowResult, Standing};
use formsmith_run::{
    Effect, Event, Failure, Notification, Phase, ProxyFailure, Said, StoreFailure, Target, Timer,
};
use serde_json::json;
use story::{ASSOCIATE, BATCH, LINK, RUN, Story, answer, done, lost, refused, statuses, throttled};

#[test]
fn an_answer_that_comes_after_the_person_stopped_waiting_becomes_the_verdict() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    assert_eq!(story.run(&run).standing, Standing::Unknown);
    story.answered(&run, 0, done());
    assert_eq!(story.run(&run).standing, Standing::Done);
    assert!(story.run(&run).may_undo());
    assert!(story.notified(&Notification::CameLate { run, attempt: 0 }));
}

#[test]
fn a_connection_that_breaks_after_the_stop_changes_nothing() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    let before = story.run(&run).version;
    story.answered(&run, 0, lost());
    assert_eq!(story.run(&run).version, before);
}

#[test]
fn a_late_answer_does_not_take_the_place_of_a_later_attempt() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.again(&run, Vec::new());
    story.answered(&run, 0, refused());
    assert!(matches!(
        story.run(&run).phase,
        Phase::Waiting { attempt: 1, .. }
    ));
    story.answered(&run, 1, done());
    assert_eq!(statuses(story.run(&run)), [400, 200]);
    assert_eq!(story.run(&run).standing, Standing::Done);
}

#[test]
fn a_success_that_comes_late_counts_whatever_its_repetition_came_to() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.again(&run, Vec::new());
    story.answered(&run, 0, done());
    story.answered(&run, 1, refused());
    assert_eq!(story.run(&run).standing, Standing::Done);
    assert_eq!(story.run(&run).verdict().said, Said::DoneBefore);
}

#[test]
fn a_late_answer_that_could_be_tried_again_is_not() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    let effects = story.answered(&run, 0, throttled());
    let sends = |effect: &Effect| {
        let waits = matches!(
            effect,
            Effect::Wait {
                timer: Timer::Attempt { .. },
                ..
            }
        );
        waits || matches!(effect, Effect::Send { .. })
    };
    assert!(!effects.iter().any(sends), "{effects:?}");
    assert!(story.run(&run).may_send_again(), "the person may");
}

#[test]
fn a_late_answer_closes_the_review_of_a_further_attempt() {
    let mut story = Story::of(ASSOCIATE);
    story.moves_to(Target::ProxyAws);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.happens(Event::AskedAgain {
        run: run.clone(),
        rows: Vec::new(),
    });
    assert!(story.machine.review().is_some());
    story.answered(&run, 0, done());
    assert!(story.machine.review().is_none());
}

#[test]
fn trying_again_can_be_stopped_and_gone_on_with() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.answered(&run, 0, throttled());
    assert!(matches!(story.run(&run).phase, Phase::Pausing { .. }));
    story.happens(Event::Stopped { run: run.clone() });
    let timer = Timer::Attempt {
        run: run.clone(),
        attempt: 1,
    };
    let effects = story.happens(Event::TimerFired(timer));
    assert!(effects.is_empty(), "the timer has lost its reason");
    assert_eq!(story.run(&run).standing, Standing::Failed);
    story.again(&run, Vec::new());
    story.answered(&run, 1, done());
    assert_eq!(story.run(&run).standing, Standing::Done);
}

#[test]
fn a_lost_answer_to_a_request_with_a_token_is_asked_for_again_with_the_same_bytes() {
    let mut story = Story::of(RUN);
    let run = story.send();
    story.answered(&run, 0, lost());
    story.time_passes();
    let attempts = &story.run(&run).attempts;
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[0].request, attempts[1].request);
}

#[test]
fn a_change_whose_outcome_is_unknown_is_read_back_and_not_sent_again() {
    let mut story = Story::of(LINK);
    let run = story.send();
    story.answered(&run, 0, lost());
    assert_eq!(story.run(&run).standing, Standing::Unknown);
    assert!(story.run(&run).is_reading_back());
    story.time_passes();
    story.read(&json!({"RelatedEntityIdentifiers": {"Solutions": []}}));
    let run = story.run(&run);
    assert_eq!(run.attempts.len(), 1);
    assert_eq!(run.standing, Standing::Done);
    assert_eq!(run.verdict().said, Said::FoundDone);
    assert!(!run.may_send_again());
    assert!(run.may_undo());
}

#[test]
fn what_is_not_done_can_be_sent_again_as_the_same_run() {
    let mut story = Story::of(LINK);
    let linked = story.input["RelatedEntityIdentifier"].clone();
    let run = story.send();
    story.answered(&run, 0, lost());
    story.time_passes();
    story.read(&json!({"RelatedEntityIdentifiers": {
        "Solutions": [linked.clone()], "AwsProducts": [linked.clone()], "AwsMarketplaceOffers": [linked],
    }}));
    assert_eq!(story.run(&run).verdict().said, Said::FoundNotDone);
    assert!(story.run(&run).may_send_again());
    story.again(&run, Vec::new());
    story.answered(&run, 1, done());
    let run = story.run(&run);
    assert_eq!((run.attempts.len(), run.standing), (2, Standing::Done));
}

#[test]
fn rows_of_a_lost_batch_are_settled_by_what_is_read() {
    let mut story = Story::of(BATCH);
    let run = story.send();
    let rows = story.run(&run).rows.as_ref().unwrap().rows.len();
    story.answered(&run, 0, lost());
    assert_eq!(story.run(&run).unknown_rows().len(), rows);
    story.time_passes();
    while story.awaits_read() {
        story.read(&json!({"ServiceActionSummaries": []}));
    }
    let run = story.run(&run);
    let all = run.rows.as_ref().unwrap();
    assert_eq!(
        all.count(|it| *it == RowResult::Done),
        rows,
        "they are gone"
    );
    assert_eq!(run.standing, Standing::Done);
    assert_eq!(run.rows_to_undo().len(), rows);
}

#[test]
fn what_was_undone_is_known_and_not_offered_again() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.answered(&run, 0, done());
    let effects = story.happens(Event::UndoAsked { run: run.clone() });
    let undo = story.send_filled(&effects);
    assert!(story.run(&run).may_undo(), "nothing is undone yet");
    story.answered(&undo, 0, done());
    assert!(!story.run(&run).may_undo());
    assert_eq!(story.run(&run).undone[0].by, undo);
}

#[test]
fn the_same_token_again_repeats_and_is_told_as_that() {
    let mut story = Story::of(RUN);
    let record = answer(
        200,
        &json!({"RecordDetail": {"RecordId": "rec-1", "Status": "SUCCEEDED"}}),
    );
    let first = story.send();
    story.answered(&first, 0, record.clone());
    let second = story.send();
    story.answered(&second, 0, record);
    assert_ne!(story.run(&first).verdict().said, Said::Repeated);
    assert_eq!(story.run(&second).verdict().said, Said::Repeated);
}

#[test]
fn what_only_repeats_has_nothing_to_take_back() {
    let mut story = Story::of(ASSOCIATE);
    let first = story.send();
    story.answered(&first, 0, done());
    let second = story.send();
    story.answered(&second, 0, done());
    assert!(story.run(&first).may_undo());
    assert!(!story.run(&second).may_undo());
}

#[test]
fn a_run_that_was_killed_while_it_waited_may_have_been_carried_out() {
    let mut story = Story::of(LINK);
    let run = story.send();
    let restored = story.restored(&run);
    assert_eq!(restored.standing, Standing::Unknown);
    assert_eq!(restored.attempts[0].failure(), Some(&Failure::Interrupted));
    let mut after = Story::of(LINK);
    after.happens(Event::Restored {
        run: Box::new(restored),
        leads: true,
    });
    assert!(after.run(&run).is_reading_back(), "without being asked");
    assert!(after.run(&run).may_send_again());
}

#[test]
fn what_cannot_be_stored_is_held_back_until_the_person_says_so() {
    let mut story = Story::of(ASSOCIATE);
    story.store_fails = Some(StoreFailure::Forbidden);
    let run = story.send();
    assert!(matches!(story.run(&run).phase, Phase::HeldBack { .. }));
    assert!(story.run(&run).attempts.is_empty(), "nothing was sent");
    story.happens(Event::WentWithout { run: run.clone() });
    story.answered(&run, 0, done());
    assert_eq!(story.run(&run).standing, Standing::Done);
    let second = story.send();
    assert!(
        matches!(story.run(&second).phase, Phase::Waiting { .. }),
        "asked once as long as the page lives"
    );
}

#[test]
fn a_run_whose_beginning_cannot_be_stored_is_held_back_whatever_follows_it() {
    let mut story = Story::of(ASSOCIATE);
    story.store_waits = true;
    let run = story.send();
    let why = StoreFailure::Full;
    story.happens(Event::StoreFailed {
        run: run.clone(),
        seq: 0,
        why,
    });
    assert!(matches!(story.run(&run).phase, Phase::HeldBack { .. }));
    let effects = story.happens(Event::Stored {
        run: run.clone(),
        seq: 1,
    });
    assert!(effects.is_empty(), "nothing is sent");
    assert!(matches!(story.run(&run).phase, Phase::HeldBack { .. }));
}

#[test]
fn what_is_stopped_before_it_is_stored_was_never_sent() {
    let mut story = Story::of(ASSOCIATE);
    story.store_waits = true;
    let run = story.send();
    let effects = story.happens(Event::Stopped { run: run.clone() });
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Forget { .. }))
    );
    assert!(story.machine.run(&run).is_none());
    let effects = story.happens(Event::Stored { run, seq: 1 });
    assert!(effects.is_empty());
}

#[test]
fn an_answer_too_long_to_be_stored_leaves_what_it_came_to() {
    let mut story = Story::of(BATCH);
    let run = story.send();
    let failed = json!({
        "FailedServiceActionAssociations": [],
        "More": "x".repeat(1_200_000),
    });
    story.answered(&run, 0, answer(200, &failed));
    let restored = story.restored(&run);
    assert_eq!(restored.standing, story.run(&run).standing);
    let rows = restored.rows.unwrap();
    assert_eq!(rows.count(|it| *it == RowResult::Done), rows.rows.len());
    assert!(restored.attempts[0].outcome().is_none());
}

#[test]
fn a_kill_while_rows_are_sent_again_leaves_the_rows_that_are_done() {
    let mut story = Story::of(BATCH);
    let mut failed = story.input["ServiceActionAssociations"][1].clone();
    failed["ErrorCode"] = "THROTTLING".into();
    let run = story.send();
    let failed = json!({"FailedServiceActionAssociations": [failed]});
    story.answered(&run, 0, answer(200, &failed));
    story.again(&run, vec![1]);
    let head = story.head(&run);
    assert_eq!(head.verdict, story.restored(&run).verdict());
    let Said::Rows(counts) = head.verdict.said else {
        panic!("{:?}", head.verdict)
    };
    assert_eq!((counts.done, counts.unknown), (counts.total - 1, 1));
}

#[test]
fn a_request_that_the_proxy_did_not_send_is_sent_again_by_itself() {
    let mut story = Story::of(LINK);
    let run = story.send();
    let busy = ProxyFailure {
        code: "busy".into(),
        is_undone: true,
        ..ProxyFailure::default()
    };
    story.answered(&run, 0, Err(Failure::Proxy(busy)));
    story.time_passes();
    assert_eq!(story.run(&run).attempts.len(), 2);
}
