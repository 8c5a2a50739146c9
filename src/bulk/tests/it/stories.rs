//! What a person or a service does, and what a run does then.

use crate::world::cases::{Case, Kind};
use crate::world::{World, setup};
use formsmith_api::read_back::Found;
use formsmith_bulk::{Again, Bulk, Event, Notice, Phase, Plan, RowState, Setup};
use formsmith_bulk::{StopAt, Why};
use formsmith_run::StoreFailure;
use serde_json::json;

fn world(kind: Kind, rows: u32, setup: Setup) -> World {
    World::new(Case::new(kind, rows), 1, setup)
}

#[test]
fn a_pause_lets_what_is_under_way_end_and_sends_nothing_more() {
    let mut world = world(Kind::Plain, 100, setup());
    world.happen(Event::WentOn);
    while world.sent.len() < 10 {
        world.step();
    }
    world.happen(Event::Paused);
    let sent = world.sent.len();
    world.settle();
    assert_eq!(world.sent.len(), sent);
    let counts = world.bulk.counts();
    assert_eq!((counts.done, counts.waiting, counts.under_way), (10, 90, 0));
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.bulk.counts().done, 100);
    assert_eq!(world.notices, [Notice::Finished]);
}

#[test]
fn nothing_is_sent_before_it_is_on_disk() {
    let mut world = world(Kind::Plain, 3, setup());
    world.happen(Event::WentOn);
    for _ in 0..3 {
        world.step();
    }
    let Some((seq, _)) = world.writes.back().cloned() else {
        panic!("nothing to store");
    };
    world.writes.clear();
    let why = StoreFailure::Full;
    world.happen(Event::StoreFailed { seq, why });
    assert_eq!(*world.bulk.phase(), Phase::Paused(Why::NotStored(why)));
    world.settle();
    assert!(world.sent.is_empty());
    // Going on asks for the same once more.
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.bulk.counts().done, 3);
}

#[test]
fn it_stops_after_so_many_failures_and_goes_on_when_told_to() {
    let mut setup = setup();
    setup.stop_at = StopAt {
        failures: Some(10),
        percent: None,
    };
    let mut world = world(Kind::Plain, 200, setup);
    let plan = json!({"faults": [{"fault": "denied"}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.notices, [Notice::Paused(Why::TooManyFailures)]);
    let counts = world.bulk.counts();
    // What was under way ends.
    assert!((10..=30).contains(&counts.failed), "{counts:?}");
    world
        .service
        .control("PUT", "/_faults", &json!({"faults": []}));
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.bulk.counts().failed, counts.failed);
    world.happen(Event::AskedAgain(Again::Failed));
    world.settle();
    assert_eq!(world.bulk.counts().done, 200);
    world.check_truth();
}

#[test]
fn it_stops_when_a_share_of_many_failed() {
    let stop_at = StopAt {
        failures: None,
        percent: Some(10),
    };
    let mut setup = setup();
    setup.stop_at = stop_at;
    let mut world = world(Kind::Plain, 400, setup);
    let plan = json!({"seed": 3, "faults": [{"fault": "denied", "percent": 30}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(*world.bulk.phase(), Phase::Paused(Why::TooManyFailures));
    let counts = world.bulk.counts();
    assert!(counts.done + counts.failed >= StopAt::SAMPLE, "{counts:?}");
    assert!(counts.waiting > 300, "{counts:?}");
}

#[test]
fn a_proxy_that_is_gone_does_not_make_every_row_unknown() {
    let mut world = world(Kind::Plain, 400, setup());
    let plan = json!({"faults": [{"fault": "lost"}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    while *world.bulk.phase() == Phase::Running {
        world.step();
    }
    assert_eq!(world.notices, [Notice::Paused(Why::NoAnswers)]);
    world
        .service
        .control("PUT", "/_faults", &json!({"faults": []}));
    world.settle();
    // Those under way were found out by reading.
    let counts = world.bulk.counts();
    assert_eq!((counts.unknown, counts.failed), (0, 0));
    assert!(counts.done <= 40, "{counts:?}");
    assert_eq!(world.bulk.state(0), RowState::FoundDone);
}

#[test]
fn an_unknown_row_stays_listed_until_the_person_settles_it() {
    let mut world = world(Kind::Plain, 4, setup());
    let plan = json!({"faults": [
        {"fault": "lost", "operation": "DisassociateOpportunity", "times": 2},
        {"fault": "denied", "operation": "GetOpportunity"},
    ]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    world.settle();
    let counts = world.bulk.counts();
    assert_eq!((counts.done, counts.failed, counts.unknown), (2, 0, 2));
    let sent = world.sent.len();
    // Sending what failed again is about none of them.
    world.happen(Event::AskedAgain(Again::Failed));
    world.kill();
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.sent.len(), sent);
    assert_eq!(world.bulk.counts().unknown, 2);
    let found = Found::Done;
    let rows = vec![0, 1, 2, 3];
    world.happen(Event::Settled { rows, found });
    assert_eq!(world.bulk.state(0), RowState::SaidDone);
    assert_eq!(world.bulk.counts().done, 4);
    assert_eq!(world.restored().counts().unknown, 2, "not on disk yet");
    world.settle();
    assert_eq!(world.restored().counts().done, 4);
}

#[test]
fn the_person_may_send_an_unknown_row_again() {
    let mut world = world(Kind::Plain, 2, setup());
    let plan = json!({"faults": [
        {"fault": "lost", "operation": "DisassociateOpportunity", "times": 2},
        {"fault": "denied", "operation": "GetOpportunity"},
    ]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.bulk.counts().unknown, 2);
    world.happen(Event::AskedAgain(Again::Rows(vec![1])));
    world.settle();
    // It was done: the service finds nothing to remove, which another could have done as well.
    assert_eq!(world.bulk.state(1), RowState::Unknown);
    assert_eq!(world.bulk.code(1), "ResourceNotFoundException");
    assert_eq!(world.sent.len(), 3);
    // Now it may be read.
    world
        .service
        .control("PUT", "/_faults", &json!({"faults": []}));
    world.happen(Event::ReadAsked);
    world.settle();
    assert_eq!(world.bulk.counts().done, 2);
    world.check_truth();
}

#[test]
fn parts_of_a_batch_go_to_their_rows_and_are_sent_again() {
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    let faults = json!({"faults": [
        {"fault": {"entries": {"code": "THROTTLING", "at": [1, 3]}}, "operation": operation, "times": 1},
    ]});
    for sends_parts in [true, false] {
        let mut setup = setup();
        setup.sends_parts = sends_parts;
        let mut world = world(Kind::Batch, 5, setup);
        world.service.control("PUT", "/_faults", &faults);
        assert_eq!(world.bulk.requests(), 1);
        world.happen(Event::WentOn);
        world.settle();
        let counts = world.bulk.counts();
        match sends_parts {
            true => {
                assert_eq!(counts.done, 5);
                assert_eq!((world.bulk.attempts(0), world.bulk.attempts(1)), (1, 2));
            }
            false => {
                assert_eq!((counts.done, counts.failed_for_now), (3, 2));
                assert_eq!(world.bulk.state(3), RowState::FailedForNow);
                assert_eq!(world.bulk.code(3), "THROTTLING");
                world.happen(Event::AskedAgain(Again::Failed));
                world.settle();
                assert_eq!(world.bulk.counts().done, 5);
            }
        }
        world.check_truth();
    }
}

#[test]
fn who_does_not_lead_sends_nothing() {
    let mut world = world(Kind::Plain, 50, setup());
    world.happen(Event::WentOn);
    while world.sent.len() < 5 {
        world.step();
    }
    let sent = world.sent.len();
    world.happen(Event::Led(false));
    world.settle();
    assert_eq!(world.sent.len(), sent);
    world.happen(Event::Led(true));
    assert_eq!(*world.bulk.phase(), Phase::Paused(Why::Interrupted));
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!(world.bulk.counts().done, 50, "{:?}", world.bulk.counts());
    world.check_truth();
}

#[test]
fn a_row_that_is_put_right_joins_the_run() {
    let case = Case::new(Kind::Batch, 6);
    let mut plan = Plan::new(case.op);
    for row in 0..6 {
        match row {
            2 | 4 => plan.hold(),
            _ => plan.add(&case.input(row)),
        }
    }
    assert_eq!((plan.rows(), plan.requests()), (6, 1));
    let mut world = World::new(case, 1, setup());
    let (bulk, effects) = Bulk::begin(plan, setup());
    world.begin_with(bulk, effects);
    world.happen(Event::WentOn);
    world.settle();
    let counts = world.bulk.counts();
    assert_eq!((counts.done, counts.held), (4, 2));
    assert!(world.bulk.is_finished());
    let repaired = vec![(2, case.input(2)), (4, case.input(4)), (0, case.input(0))];
    world.happen(Event::Repaired(repaired));
    world.settle();
    assert_eq!(world.bulk.counts().done, 6);
    assert_eq!(world.bulk.requests(), 2);
    assert_eq!(world.restored().counts().done, 6);
    world.check_truth();
}

#[test]
fn throttling_slows_a_run_down_and_it_recovers() {
    let mut world = world(Kind::Plain, 2000, setup());
    let plan = json!({"seed": 1, "faults": [{"fault": "throttle", "percent": 40, "times": 200}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    let mut slowest = f64::INFINITY;
    while world.step() {
        slowest = slowest.min(world.bulk.rate());
    }
    assert!(slowest < 150.0, "{slowest}");
    assert!(
        world.bulk.rate() > slowest * 1.5,
        "{} after {slowest}",
        world.bulk.rate()
    );
    assert_eq!(world.bulk.counts().done, 2000);
}

#[test]
fn a_late_answer_ends_what_is_being_found_out() {
    let mut world = world(Kind::Token, 1, setup());
    world.happen(Event::WentOn);
    while world.sent.is_empty() {
        world.step();
    }
    // The answer to the first attempt is still on its way when the second is sent.
    for _ in 0..2 {
        world.happen(Event::Led(false));
        world.happen(Event::Led(true));
        world.happen(Event::WentOn);
        while world.sent.len() < 2 && world.step() {}
    }
    world.settle();
    assert_eq!(world.bulk.counts().done, 1);
    assert!(world.bulk.is_finished());
    world.check_truth();
}

#[test]
fn after_an_hour_a_token_is_trusted_no_more() {
    let mut world = world(Kind::Token, 3, setup());
    let plan = json!({"faults": [{"fault": "lost", "times": 3}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    while world.sent.len() < 3 {
        world.step();
    }
    world.kill();
    let counts = world.bulk.counts();
    assert_eq!((counts.unknown, counts.waiting), (3, 0));
    assert!(!world.bulk.is_finished());
    world.now_ms += 2.0 * 3_600_000.0;
    world.happen(Event::WentOn);
    world.settle();
    assert_eq!((world.sent.len(), world.bulk.counts().unknown), (3, 3));
    assert!(world.bulk.is_finished());
    // The person may trust it: the sandbox forgets none.
    world.happen(Event::AskedAgain(Again::Rows(vec![0, 1, 2])));
    world.settle();
    assert_eq!(world.bulk.counts().done, 3);
    world.check_truth();
}

#[test]
fn a_late_refusal_says_nothing_of_an_attempt_that_is_under_way() {
    let mut world = world(Kind::Token, 1, setup());
    let plan = json!({"faults": [{"fault": "throttle", "times": 1}]});
    world.service.control("PUT", "/_faults", &plan);
    world.happen(Event::WentOn);
    while world.sent.is_empty() {
        world.step();
    }
    world.happen(Event::Led(false));
    world.happen(Event::Led(true));
    world.happen(Event::WentOn);
    while world.sent.len() < 2 {
        world.step();
    }
    while world.bulk.attempts(0) == 0 {
        world.step();
    }
    assert_eq!(world.bulk.state(0), RowState::Unknown);
    world.kill();
    assert_eq!(world.bulk.state(0), RowState::Unknown);
    world.play(&mut Vec::new(), 0);
    assert_eq!(world.bulk.counts().done, 1);
}
