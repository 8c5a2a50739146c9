//! The seconds until a further attempt begins, or it is asked again whether something is so.

use super::Runs;
use crate::browser::{clock, task};
use crate::state::Console;
use formsmith_run::Phase;
use leptos::prelude::*;

/// The time by which a countdown is read, in epoch milliseconds.
#[derive(Clone, Copy)]
pub(super) struct Countdown {
    now_ms: RwSignal<f64>,
    is_counting: StoredValue<bool>,
}

impl Countdown {
    pub fn new() -> Self {
        Self {
            now_ms: RwSignal::new(0.0),
            is_counting: StoredValue::new(false),
        }
    }
}

impl Runs {
    pub(in crate::state) fn ticked_ms(self) -> f64 {
        self.countdown.now_ms.get()
    }
}

impl Console {
    pub(super) fn count_down(self) {
        let runs = self.runs();
        runs.countdown.now_ms.set(clock::now_ms());
        if runs.countdown.is_counting.get_value() {
            return;
        }
        runs.countdown.is_counting.set_value(true);
        task::spawn(async move {
            loop {
                let now_ms = clock::now_ms();
                runs.countdown.now_ms.set(now_ms);
                let next_ms = runs.machine.with_value(|machine| {
                    let next_ms = machine.runs().filter_map(|run| match run.phase {
                        Phase::Pausing { until_ms, .. } => Some(until_ms),
                        _ => run.wait.as_ref()?.next_ms,
                    });
                    let left = next_ms.filter(|next| *next > now_ms);
                    let left = left.map(|next| (next - now_ms) % 1000.0 + 1.0);
                    left.min_by(f64::total_cmp)
                });
                match next_ms {
                    Some(ms) => clock::pause(ms).await,
                    None => return runs.countdown.is_counting.set_value(false),
                }
            }
        });
    }
}
