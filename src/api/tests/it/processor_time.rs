//! How much of the processor's time this thread has used, which other programs do not add to. Exact
//! to a few milliseconds.

use std::fs;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub struct ProcessorTime(Duration);

impl ProcessorTime {
    pub fn begin() -> Self {
        Self(so_far())
    }

    pub fn spent(&self) -> Duration {
        so_far().saturating_sub(self.0)
    }
}

fn so_far() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    // On Linux it is the first of three numbers, in nanoseconds. Elsewhere wall time has to do.
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|it| it.parse().ok());
    let passed = || START.get_or_init(Instant::now).elapsed();
    nanoseconds.map_or_else(passed, Duration::from_nanos)
}
