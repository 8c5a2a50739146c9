//! Waiting until something is so, in virtual time.

use crate::story::{LIST, Story, answer, lost, throttled};
use formsmith_api::waiter::{Judged, WaitState};
use formsmith_run::{
    Event, Failure, Notification, ReadFailure, Run, Said, Target, WaitEnd, WaitFor, WaitStep,
};
use serde_json::{Value, json};

fn what() -> WaitFor {
    WaitFor {
        waiter: "ServiceActionReady".into(),
        facts: json!({"operation": "ListServiceActions", "delay": 15, "maxAttempts": 3, "acceptors": []}),
    }
}

fn output(state: &str) -> Value {
    json!({"ServiceActionSummaries": [{"Id": state}]})
}

fn judged(state: WaitState, seen: &str) -> Judged {
    Judged {
        state,
        seen: vec![seen.to_owned()],
    }
}

/// A wait whose first answer is there, and comes to this.
fn begin(state: WaitState, seen: &str) -> (Story, String) {
    let mut story = Story::of(LIST);
    let run = story.wait(what());
    story.answered(&run, 0, answer(200, &output(seen)));
    story.judged(&judged(state, seen));
    (story, run)
}

fn step(run: &Run) -> &WaitStep {
    &run.wait.as_ref().unwrap().step
}

fn said(run: &Run) -> (WaitEnd, usize, String) {
    match run.verdict().said {
        Said::Waited {
            end, asked, seen, ..
        } => (end, asked, seen.join(" ")),
        said => panic!("{said:?}"),
    }
}

fn waited(run: &str) -> Notification {
    Notification::Waited {
        run: run.to_owned(),
    }
}

#[test]
fn it_is_asked_at_the_waiters_pace_until_it_is_so() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    assert_eq!(said(story.run(&run)), (WaitEnd::Underway, 0, String::new()));
    assert_eq!(story.pauses(), [15_000.0]);
    let next_ms = story.run(&run).wait.as_ref().unwrap().next_ms.unwrap();
    assert!(next_ms > story.run(&run).started_ms + 15_000.0 - 1.0);
    assert!(!story.awaits_read(), "nothing is asked before that");
    story.time_passes();
    story.read(&output("running"));
    assert!(!story.notified(&waited(&run)), "nobody has judged it yet");
    story.judged(&judged(WaitState::Success, "running"));
    assert!(story.notified(&waited(&run)));
    story.time_passes();
    assert!(!story.awaits_read(), "it is over");
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(*step(run), WaitStep::Reached);
        assert_eq!(said(run), (WaitEnd::Reached, 2, "running".into()));
        let wait = run.wait.as_ref().unwrap();
        let seen: Vec<_> = wait.seen.iter().map(|it| it.values.join(" ")).collect();
        assert_eq!(seen, ["pending", "running"]);
        assert_eq!(wait.output, output("running").as_object().cloned());
        assert!(!run.is_waiting());
    }
    assert!(!story.head(&run).is_open);
}

#[test]
fn it_ends_when_it_will_not_come_to_that_and_after_so_many_attempts() {
    let (story, run) = begin(WaitState::Failure, "terminated");
    assert_eq!(
        said(story.run(&run)),
        (WaitEnd::Failed, 1, "terminated".into())
    );
    assert_eq!(story.pauses(), [0.0; 0]);

    let (mut story, run) = begin(WaitState::Retry, "pending");
    for _ in 0..2 {
        story.time_passes();
        story.read(&output("pending"));
        story.judged(&judged(WaitState::Retry, "pending"));
    }
    story.time_passes();
    assert!(!story.awaits_read());
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(said(run), (WaitEnd::Exhausted, 3, "pending".into()));
    }
    // The person wants it asked as often again, and first of all now.
    story.happens(Event::WaitResumed { run: run.clone() });
    assert!(story.awaits_read());
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(said(run), (WaitEnd::Reached, 4, "running".into()));
        assert_eq!(run.wait.as_ref().unwrap().most, 6);
    }
}

#[test]
fn the_person_stops_it_and_goes_on() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.happens(Event::WaitStopped { run: run.clone() });
    assert!(story.notified(&waited(&run)));
    story.time_passes();
    assert!(!story.awaits_read());
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(*step(run), WaitStep::Stopped(None));
        assert_eq!(said(run), (WaitEnd::Stopped, 1, "pending".into()));
    }
    story.happens(Event::WaitResumed { run: run.clone() });
    // What is answered after a further stop changes nothing.
    story.happens(Event::WaitStopped { run: run.clone() });
    story.read(&output("running"));
    assert!(!story.awaits_judgement());
    assert_eq!(*step(story.run(&run)), WaitStep::Stopped(None));
    // Neither does what is judged after it.
    story.happens(Event::WaitResumed { run: run.clone() });
    story.read(&output("running"));
    story.happens(Event::WaitStopped { run: run.clone() });
    story.judged(&judged(WaitState::Success, "running"));
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(*step(run), WaitStep::Stopped(None));
    }
}

#[test]
fn the_first_question_is_stopped_like_any_attempt() {
    let mut story = Story::of(LIST);
    let run = story.wait(what());
    story.happens(Event::Stopped { run: run.clone() });
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(*step(run), WaitStep::Stopped(None));
        assert_eq!(said(run), (WaitEnd::Stopped, 0, String::new()));
    }
    assert!(!story.run(&run).may_send_again());
}

#[test]
fn what_is_over_in_a_moment_is_asked_again_and_is_no_attempt() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    for _ in 0..4 {
        story.time_passes();
        story.read_ends(lost());
        assert!(story.run(&run).is_waiting());
    }
    assert_eq!(story.run(&run).wait.as_ref().unwrap().asked, 1);
    story.time_passes();
    story.read_ends(lost());
    let why = ReadFailure::NoAnswer(Failure::Lost);
    assert_eq!(*step(story.run(&run)), WaitStep::Stopped(Some(why)));
    assert!(story.notified(&waited(&run)));
    // After a restart it is known that it stopped.
    assert!(!story.restored(&run).is_waiting());

    // What AWS's clients hand to the waiter after so many tries of their own is judged.
    let (mut story, run) = begin(WaitState::Retry, "pending");
    for _ in 0..4 {
        story.time_passes();
        story.read_ends(throttled());
    }
    assert!(!story.awaits_judgement());
    story.time_passes();
    story.read_ends(throttled());
    story.judged(&judged(WaitState::Failure, "ThrottlingException"));
    assert_eq!(
        said(story.run(&run)),
        (WaitEnd::Failed, 2, "ThrottlingException".into())
    );
}

#[test]
fn expired_credentials_stop_it_and_say_nothing_of_what_is_waited_for() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.time_passes();
    let expired = json!({"__type": "ExpiredTokenException", "message": "Expired."});
    story.read_ends(answer(400, &expired));
    assert!(!story.awaits_judgement());
    let WaitStep::Stopped(Some(ReadFailure::Refused(error))) = step(story.run(&run)) else {
        panic!("{:?}", step(story.run(&run)));
    };
    assert_eq!(error.name.as_deref(), Some("ExpiredTokenException"));
    story.happens(Event::WaitResumed { run: run.clone() });
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert_eq!(*step(story.run(&run)), WaitStep::Reached);
}

#[test]
fn a_restart_goes_on_where_it_was() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.time_passes();
    story.read(&output("pending"));
    story.judged(&judged(WaitState::Retry, "pending"));
    let restored = Box::new(story.restored(&run));
    assert_eq!(restored.wait.as_ref().unwrap().asked, 2);
    assert!(story.head(&run).is_open);
    story.restarts(restored);
    assert_eq!(story.pauses(), [15_000.0]);
    story.time_passes();
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert_eq!(
        said(story.run(&run)),
        (WaitEnd::Reached, 3, "running".into())
    );

    // Where it ended before the first answer was judged, it is asked anew.
    let mut story = Story::of(LIST);
    let run = story.wait(what());
    story.answered(&run, 0, answer(200, &output("pending")));
    let restored = Box::new(story.restored(&run));
    story.restarts(restored);
    story.time_passes();
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert_eq!(
        said(story.run(&run)),
        (WaitEnd::Reached, 1, "running".into())
    );
}

#[test]
fn another_target_is_not_asked() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.moves_to(Target::ProxyAws);
    story.time_passes();
    assert!(!story.awaits_read());
    assert!(story.run(&run).is_waiting());
    story.moves_to(Target::ProxySandbox);
    story.time_passes();
    assert!(story.awaits_read());
}

#[test]
fn what_is_deleted_is_asked_no_more() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.happens(Event::Deleted { run: run.clone() });
    story.time_passes();
    assert!(!story.awaits_read());
}

#[test]
fn an_answer_that_shows_nothing_is_new_only_once() {
    let nothing = Judged {
        state: WaitState::Retry,
        seen: Vec::new(),
    };
    let (mut story, run) = begin(WaitState::Retry, "pending");
    for _ in 0..2 {
        story.time_passes();
        story.read(&output(&"x".repeat(1000)));
        story.judged(&nothing);
    }
    let lines = story.lines(&run);
    let with_output = lines.iter().filter(|line| line.contains("xxx")).count();
    assert_eq!(with_output, 2, "the first of them, and the last attempt");
    for run in [story.run(&run), &story.restored(&run)] {
        let wait = run.wait.as_ref().unwrap();
        assert_eq!(wait.seen.len(), 1);
        assert_eq!(said(run), (WaitEnd::Exhausted, 3, String::new()));
    }
    story.happens(Event::WaitResumed { run: run.clone() });
    story.read(&output(&"y".repeat(1000)));
    story.judged(&nothing);
    assert!(!story.lines(&run).iter().any(|line| line.contains("yyy")));

    // What was there before shows anew.
    story.time_passes();
    story.read(&output("pending"));
    story.judged(&judged(WaitState::Retry, "pending"));
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(run.wait.as_ref().unwrap().seen.len(), 2);
    }
}

#[test]
fn a_lost_first_question_is_no_verdict_while_it_is_asked_again() {
    let mut story = Story::of(LIST);
    let run = story.wait(what());
    for attempt in 0..3 {
        story.answered(&run, attempt, lost());
        story.time_passes();
    }
    assert!(!story.run(&run).is_waiting());
    let verdict = story.run(&run).verdict();
    assert!(!matches!(verdict.said, Said::Waited { .. }));
    story.happens(Event::WaitResumed { run: run.clone() });
    for run in [story.run(&run), &story.restored(&run)] {
        assert_eq!(said(run), (WaitEnd::Underway, 0, String::new()));
    }
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert_eq!(
        said(story.run(&run)),
        (WaitEnd::Reached, 1, "running".into())
    );
}

#[test]
fn an_answer_that_nothing_can_judge_stops_it() {
    let (mut story, run) = begin(WaitState::Retry, "pending");
    story.time_passes();
    story.read(&output("running"));
    story.not_judged();
    let why = ReadFailure::NotJudged;
    assert_eq!(*step(story.run(&run)), WaitStep::Stopped(Some(why)));
    assert!(story.notified(&waited(&run)));
    assert!(!story.restored(&run).is_waiting());

    // The person has stopped it before, or asked anew: nothing comes of the earlier answer.
    story.happens(Event::WaitResumed { run: run.clone() });
    story.read(&output("running"));
    story.happens(Event::WaitStopped { run: run.clone() });
    story.happens(Event::WaitResumed { run: run.clone() });
    story.not_judged();
    assert!(story.run(&run).is_waiting());
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert_eq!(*step(story.run(&run)), WaitStep::Reached);
}

#[test]
fn an_imported_wait_does_not_go_on() {
    let (story, run) = begin(WaitState::Retry, "pending");
    let imported = story.imported(&run);
    assert_eq!(*step(&imported), WaitStep::Stopped(None));
    assert_eq!(said(&imported), (WaitEnd::Stopped, 1, "pending".into()));

    let (story, run) = begin(WaitState::Success, "running");
    assert_eq!(*step(&story.imported(&run)), WaitStep::Reached);
}

#[test]
fn it_is_known_whether_an_answer_is_awaited() {
    let mut story = Story::of(LIST);
    let run = story.wait(what());
    assert!(story.run(&run).is_asking(), "the first one");
    story.answered(&run, 0, answer(200, &output("pending")));
    assert!(story.run(&run).is_asking(), "until it is judged");
    story.judged(&judged(WaitState::Retry, "pending"));
    assert!(!story.run(&run).is_asking(), "in between");
    story.time_passes();
    assert!(story.run(&run).is_asking());
    assert!(!story.restored(&run).is_asking(), "by another program");
    story.read(&output("running"));
    story.judged(&judged(WaitState::Success, "running"));
    assert!(!story.run(&run).is_asking());
}
