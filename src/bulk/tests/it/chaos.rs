//! Nothing is lost and nothing done twice: throttles, lost answers, failures after the effect, and
//! kills between any two steps, judged by the sandbox's ledger.
//!
//! `make bench-bulk` plays 10,000 rows with 20 seeds, and not only the usual 300 with two.

use crate::world::cases::{Case, Kind};
use crate::world::{Random, World, setup};
use std::time::Instant;

fn asked(name: &str, usual: u64) -> u64 {
    let asked = std::env::var(name).ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(usual)
}

fn rows() -> u32 {
    asked("BULK_ROWS", 300) as u32
}

fn seeds() -> u64 {
    asked("BULK_SEEDS", 2)
}

/// Five kills or more, at places that the seed decides.
fn kills(seed: u64, events: u64) -> Vec<usize> {
    let mut random = Random(seed);
    let mut at: Vec<usize> = (0..5 + random.below(3))
        .map(|_| random.below(events) as usize)
        .collect();
    at.sort_unstable_by(|a, b| b.cmp(a));
    at
}

fn played(kind: Kind, seed: u64, forgets_tokens: bool) -> World {
    let case = Case::new(kind, rows());
    let mut world = World::new(case, seed, setup());
    world.forgets_tokens = forgets_tokens;
    world.service.strike(seed, [20, 5, 2]);
    // Events of a request: fetched, stored, answered, stored, woken.
    let requests = u64::from(world.bulk.requests());
    let mut kill_after = kills(seed, requests * 4);
    if !forgets_tokens {
        world.play(&mut kill_after, 5);
        assert!(world.kills >= 5, "{} kills", world.kills);
    } else {
        world.play_untold(&mut kill_after);
    }
    world
}

#[test]
fn nothing_is_lost_and_nothing_done_twice() {
    for kind in Kind::ALL {
        let begun = Instant::now();
        let (mut events, mut unknown, mut sent, mut throttled) = (0, 0, 0, 0);
        let first = asked("BULK_FIRST_SEED", 1);
        for seed in first..first + seeds() {
            let mut world = played(kind, seed, false);
            world.check_truth();
            let counts = world.bulk.counts();
            assert_eq!(counts.failed, 0, "{kind:?} {seed} {counts:?}");
            assert_eq!(
                counts.done + counts.unknown,
                counts.total,
                "{kind:?} {seed} {counts:?}"
            );
            assert_eq!(counts.unknown, 0, "{kind:?} {seed} {counts:?}");
            events += world.events;
            unknown += counts.unknown;
            sent += world.sent.len();
            throttled += world.service.throttled;
        }
        println!(
            "{kind:?}: {} rows × {} seeds, {sent} requests sent, {throttled} throttled, {events} events, \
             lost 0, done twice 0, unknown {unknown}, {:.1} s",
            rows(),
            seeds(),
            begun.elapsed().as_secs_f64()
        );
    }
}

#[test]
fn without_stored_tokens_something_is_lost_or_done_twice() {
    let (mut lost, mut twice) = (0, 0);
    for seed in 1..=seeds() {
        let mut world = played(Kind::Token, seed, true);
        let (more_lost, more_twice) = world.judge();
        lost += more_lost;
        twice += more_twice;
    }
    println!("without stored tokens: lost {lost}, done twice {twice}");
    assert!(lost + twice > 0);
}
