//! What holds of runs whatever happens in whatever order: answers, losses, late answers, stops,
//! further sends, tabs that are killed between any two steps and started again from what was
//! stored, two tabs over one store.
//!
//! `make schedules` tries 100,000 and not only the usual 2,000;
//! `SCRIPT="3, 9, 0" cargo test -p formsmith-run` plays one again and tells its story.

mod world;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use world::World;

/// A third of the time goes into small allocations of two threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn schedules() -> u32 {
    let asked = std::env::var("SCHEDULES").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(2000)
}

/// Shared among the processor's cores.
#[test]
fn no_schedule_breaks_a_run() {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
    let config = Config {
        cases: schedules().div_ceil(cores),
        max_shrink_iters: 2000,
        failure_persistence: None,
        ..Config::default()
    };
    let play = || {
        let scripts = prop::collection::vec(any::<u8>(), 0..160);
        let outcome = TestRunner::new(config.clone()).run(&scripts, |script| {
            World::new(&script, false).play();
            Ok(())
        });
        outcome.map_err(|error| error.to_string())
    };
    let outcomes: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(play)).collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .expect("a runner catches what a schedule panics with")
            })
            .collect()
    });
    for outcome in outcomes {
        assert_eq!(outcome, Ok(()));
    }
}

#[test]
fn the_script_of_a_schedule_tells_its_story() {
    let asked = std::env::var("SCRIPT").unwrap_or_else(|_| "3, 9, 0, 0, 0, 0, 0, 0, 0".into());
    let script: Vec<u8> = asked
        .split(',')
        .filter_map(|byte| byte.trim().parse().ok())
        .collect();
    let story = World::new(&script, true).play();
    println!("{}", story.join("\n"));
    assert!(story.iter().any(|line| line.contains("Send")), "{story:?}");
}
