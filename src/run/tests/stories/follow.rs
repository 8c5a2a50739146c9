//! What runs have started, told event by event.

use crate::story::{RUN, Story, answer, refused};
use formsmith_run::{Event, FollowStep};
use serde_json::json;

#[test]
fn a_late_answer_does_not_begin_again_what_a_later_attempt_started() {
    let mut story = Story::of(RUN);
    let record =
        |id: &str, status: &str| json!({"RecordDetail": {"RecordId": id, "Status": status}});
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.again(&run, Vec::new());
    story.happens(Event::Stopped { run: run.clone() });
    story.answered(&run, 1, answer(200, &record("rec-2", "CREATED")));
    story.time_passes();
    story.read(&record("rec-2", "IN_PROGRESS"));
    story.happens(Event::FollowStopped { run: run.clone() });
    story.answered(&run, 0, answer(200, &record("rec-1", "CREATED")));
    for run in [story.run(&run), &story.restored(&run)] {
        let follow = run.follow.as_ref().unwrap();
        let seen: Vec<&str> = follow.seen.iter().map(|it| it.value.as_str()).collect();
        assert_eq!(seen, ["CREATED", "IN_PROGRESS"]);
        assert_eq!(follow.step, FollowStep::Stopped(None));
    }
}

#[test]
fn what_a_later_attempt_started_takes_the_place_of_what_an_earlier_one_did() {
    let mut story = Story::of(RUN);
    let record = |id: &str| json!({"RecordDetail": {"RecordId": id, "Status": "CREATED"}});
    let run = story.send();
    story.happens(Event::Stopped { run: run.clone() });
    story.again(&run, Vec::new());
    story.answered(&run, 0, answer(200, &record("rec-1")));
    story.answered(&run, 1, refused());
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(run.follow.as_ref().unwrap().input, json!({"Id": "rec-1"}));
    }
    let other = story.send();
    story.happens(Event::Stopped { run: other.clone() });
    story.again(&other, Vec::new());
    story.answered(&other, 0, answer(200, &record("rec-1")));
    story.answered(&other, 1, answer(200, &record("rec-2")));
    for run in [story.run(&other), &story.restored(&other)] {
        assert_eq!(run.follow.as_ref().unwrap().input, json!({"Id": "rec-2"}));
    }
}
