//! The seconds until a further attempt begins.

use super::Runs;
use crate::browser::{clock, task};
use crate::state::Console;
use formsmith_run::Phase;
use leptos::prelude::*;

/// The time by which a countdown is read, in epoch milliseconds.
#[derive(Clone, Copy)]
pub(super) struct Countdown(RwSignal<f64>);

impl Countdown {
    pub fn new() -> Self {
        Self(RwSignal::new(0.0))
    }
}

impl Runs {
    pub(in crate::state) fn ticked_ms(self) -> f64 {
        self.countdown.0.get()
    }
}

impl Console {
    pub(super) fn count_down(self) {
        let runs = self.runs();
        task::spawn(async move {
            loop {
                let now_ms = clock::now_ms();
                runs.countdown.0.set(now_ms);
                let next_ms = runs.machine.with_value(|machine| {
                    let waits = machine.runs().filter_map(|run| match run.phase {
                        Phase::Pausing { until_ms, .. } if until_ms > now_ms => {
                            Some((until_ms - now_ms) % 1000.0 + 1.0)
                        }
                        _ => None,
                    });
                    waits.min_by(f64::total_cmp)
                });
                match next_ms {
                    Some(ms) => clock::pause(ms).await,
                    None => return,
                }
            }
        });
    }
}
