//! What holds of a bulk run whatever happens in whatever order: answers that come late or never,
//! pauses, kills, a disk that is full, a person who changes their mind.

use crate::world::cases::{Case, Kind};
use crate::world::{START_MS, World, setup};
use formsmith_bulk::{Again, Bulk, Event, Outcome, Pace, Phase, Record, StopAt};
use formsmith_run::StoreFailure;
use proptest::prelude::*;

const ROWS: u32 = 40;

fn play(kind: Kind, seed: u64, script: &[u8]) -> World {
    let mut world = World::new(Case::new(kind, ROWS), seed, setup());
    world.service.strike(seed, [20, 5, 5]);
    world.happen(Event::WentOn);
    for &byte in script {
        match byte {
            0..=179 => drop(world.step_any(usize::from(byte) % 5)),
            180..=194 => world.happen(Event::WentOn),
            195..=204 => world.happen(Event::Paused),
            205..=209 => world.happen(Event::Cancelled),
            210..=219 => world.happen(Event::PaceChanged(Pace {
                per_second: f64::from(byte - 209) * 10.0,
                parallel: u16::from(byte - 209),
            })),
            220..=224 => world.happen(Event::AskedAgain(Again::Failed)),
            225..=229 => world.happen(Event::StopAtChanged(StopAt {
                failures: Some(u32::from(byte - 224)),
                percent: None,
            })),
            230..=239 => {
                let first = world.writes.front().map(|(seq, _)| *seq);
                if let Some(seq) = first {
                    world.writes.clear();
                    let why = StoreFailure::Full;
                    world.happen(Event::StoreFailed { seq, why });
                }
            }
            240..=244 => world.happen(Event::ReadAsked),
            245..=247 => {
                world.happen(Event::Led(false));
                world.happen(Event::Led(true));
            }
            _ => world.kill(),
        }
        let counts = world.bulk.counts();
        let sum = counts.held + counts.waiting + counts.under_way;
        let sum = sum + counts.done + counts.failed + counts.unknown;
        assert_eq!(sum, ROWS);
    }
    world
}

/// Every prefix of the journal makes a run; what is done in one is done in all that follow.
fn check_prefixes(world: &World) {
    let records: Vec<Record> = world
        .journal
        .iter()
        .map(|line| Record::of_line(line).expect("a record"))
        .collect();
    let mut done = vec![false; ROWS as usize];
    for end in 1..=records.len() {
        let run = Bulk::restore(world.case.op, records[..end].iter().cloned()).expect("a run");
        assert_eq!(run.counts().under_way, 0, "nobody waits after a restart");
        for row in 0..ROWS {
            let is_done = run.state(row).outcome() == Outcome::Done;
            assert!(is_done || !done[row as usize], "row {row} was done");
            done[row as usize] = is_done;
        }
    }
}

/// With everything on disk and nothing under way, the journal makes the same run.
fn check_restored(world: &World) {
    let again = world.restored();
    for row in 0..ROWS {
        assert_eq!(again.state(row), world.bulk.state(row), "row {row}");
        assert_eq!(again.code(row), world.bulk.code(row), "row {row}");
        assert_eq!(again.attempts(row), world.bulk.attempts(row), "row {row}");
        assert_eq!(again.record_of(row), world.bulk.record_of(row), "row {row}");
    }
    assert_eq!(again.counts(), world.bulk.counts());
    assert_eq!(again.phase(), world.bulk.phase());
    assert_eq!(again.pace(), world.bulk.pace());
    assert_eq!(again.stop_at(), world.bulk.stop_at());
}

/// However a schedule went, the run comes to its end, and the journal makes the same.
fn holds(kind: Kind, seed: u64, script: &[u8]) {
    let mut world = play(kind, seed, script);
    // The disk takes everything again, and the person goes on until the end.
    world.happen(Event::StopAtChanged(StopAt::default()));
    world.settle();
    world.play(&mut Vec::new(), 20);
    assert!(world.bulk.is_finished());
    assert!(world.now_ms > START_MS);
    check_restored(&world);
    check_prefixes(&world);
    let counts = world.bulk.counts();
    assert_eq!(counts.done + counts.unknown, ROWS);
    assert_eq!(world.bulk.phase(), &Phase::Running);
}

/// Schedules that were found by chance: a row that was asked for again while another attempt at it
/// was under way stood still, and a late answer without a verdict took a doubt away.
#[test]
fn schedules_that_broke_a_run_no_longer_do() {
    holds(
        Kind::Token,
        13_592_066_285_914_074_521,
        &[
            0, 0, 0, 0, 0, 0, 0, 90, 22, 22, 107, 25, 1, 56, 61, 1, 195, 11, 11, 41, 210, 3, 28,
            14, 154, 97, 180, 210, 48, 152, 1, 167, 165, 202, 226, 15, 134, 165, 44, 99, 243, 165,
            138, 113, 65, 166, 245, 166, 214, 104, 64, 140, 186, 96, 146, 74, 205, 126, 186, 182,
            56, 39, 118, 121, 104, 39, 224, 26, 135, 14, 138, 135, 30, 172, 102, 222, 169, 116,
        ],
    );
    for (seed, script) in [
        (9_661_219_467_713_964_428, &[180, 0, 0, 180, 0, 25, 245][..]),
        (
            12_613_785_869_185_307_247,
            &[
                35, 21, 128, 4, 24, 1, 1, 103, 14, 70, 5, 100, 28, 106, 0, 245, 0, 0, 0, 0,
            ],
        ),
    ] {
        holds(Kind::IdempotentBatch, seed, script);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("BULK_SCHEDULES").ok().and_then(|it| it.parse().ok()).unwrap_or(100),
        max_shrink_iters: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_schedule_breaks_a_run(
        kind in 0_usize..4,
        seed in any::<u64>(),
        script in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        holds(Kind::ALL[kind], seed, &script);
    }
}
