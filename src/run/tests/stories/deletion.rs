//! Runs that are deleted while something of them goes on, told event by event.

use crate::story::{ASSOCIATE, LINK, RUN, Story, answer, done, lost, refusals, throttled};
use formsmith_api::outcome::Standing;
use formsmith_run::{Effect, Event, Notification, Refusal, StoreFailure};
use serde_json::json;

fn delete(story: &mut Story, run: &str) -> Vec<Effect> {
    let run = run.to_owned();
    story.happens(Event::Deleted { run })
}

fn sends(effects: &[Effect]) -> bool {
    let is_send = |effect: &Effect| matches!(effect, Effect::Send { .. });
    effects.iter().any(is_send)
}

#[test]
fn the_answer_to_a_run_that_was_deleted_is_told_and_nothing_more_is_sent() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    delete(&mut story, &run);
    story.answered(&run, 0, throttled());
    assert!(story.notified(&Notification::Ended { run: run.clone() }));
    story.time_passes();
    let deleted = story.run(&run);
    assert_eq!(deleted.attempts.len(), 1, "it is not tried again");
    assert!(!deleted.may_send_again(), "the history would lack it");
}

#[test]
fn what_waits_to_try_again_ends_when_it_is_deleted() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.answered(&run, 0, throttled());
    delete(&mut story, &run);
    assert!(story.notified(&Notification::Ended { run: run.clone() }));
    story.time_passes();
    assert_eq!(story.run(&run).attempts.len(), 1);
}

#[test]
fn what_is_deleted_before_it_is_sent_is_not_sent_and_the_person_hears_so() {
    let mut story = Story::of(ASSOCIATE);
    story.store_waits = true;
    let run = story.send();
    let effects = delete(&mut story, &run);
    assert!(refusals(&effects).any(|why| *why == Refusal::Deleted));
    let effects = story.happens(Event::Stored {
        run: run.clone(),
        seq: 1,
    });
    assert!(!sends(&effects));
    story.store_waits = false;
    story.store_fails = Some(StoreFailure::Failed);
    let held_back = story.send();
    delete(&mut story, &held_back);
    let effects = story.happens(Event::WentWithout { run: held_back });
    assert!(!sends(&effects));
}

#[test]
fn what_has_ended_goes_when_it_is_deleted() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.answered(&run, 0, done());
    assert!(delete(&mut story, &run).is_empty());
    assert!(story.machine.run(&run).is_none());
    assert!(story.answered(&run, 0, done()).is_empty());
}

#[test]
fn a_run_that_was_stopped_and_deleted_still_tells_its_late_answer() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    delete(&mut story, &run);
    story.answered(&run, 0, done());
    assert!(story.notified(&Notification::CameLate { run, attempt: 0 }));
}

#[test]
fn what_a_deleted_run_has_started_is_followed_to_its_end() {
    let mut story = Story::of(RUN);
    let record = |status: &str| json!({"RecordDetail": {"RecordId": "rec-1", "Status": status}});
    let run = story.send();
    story.answered(&run, 0, answer(200, &record("CREATED")));
    delete(&mut story, &run);
    story.time_passes();
    story.read(&record("SUCCEEDED"));
    assert!(story.notified(&Notification::Followed { run }));
}

#[test]
fn a_tab_that_only_shows_a_run_no_longer_does_when_it_is_deleted() {
    let mut story = Story::of(LINK);
    let run = story.send();
    story.answered(&run, 0, lost());
    let mut other = Story::of(LINK);
    other.happens(Event::Restored {
        run: Box::new(story.restored(&run)),
        leads: false,
    });
    delete(&mut other, &run);
    assert!(other.machine.run(&run).is_none());
}

#[test]
fn a_review_of_a_deleted_run_closes() {
    let mut story = Story::of(ASSOCIATE);
    story.moves_to(formsmith_run::Target::ProxyAws);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.happens(Event::AskedAgain {
        run: run.clone(),
        rows: Vec::new(),
    });
    assert!(story.machine.review().is_some());
    delete(&mut story, &run);
    assert!(story.machine.review().is_none());
    assert!(!sends(&story.happens(Event::Agreed)));
}

#[test]
fn a_run_that_is_brought_back_can_be_sent_again() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    delete(&mut story, &run);
    assert!(!story.run(&run).may_send_again());
    let restored = Box::new(story.restored(&run));
    story.happens(Event::Restored {
        run: restored,
        leads: true,
    });
    story.again(&run, Vec::new());
    story.answered(&run, 1, done());
    assert_eq!(story.run(&run).standing, Standing::Done);
}
