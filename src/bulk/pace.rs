//! How fast requests go out: at most as a person allows, and slower while the service turns them
//! away.

/// A person's limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Requests a second, more than 0.
    pub per_second: f64,
    /// Requests that are under way at the same time, at least 1.
    pub parallel: u16,
}

/// When a run stops by itself, counted from when a person last started it or went on with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StopAt {
    /// So many rows failed.
    pub failures: Option<u32>,
    /// Such a share of the rows that were answered, in percent; of at least [`StopAt::SAMPLE`].
    pub percent: Option<u8>,
}

impl StopAt {
    /// Of fewer rows a share says little.
    pub const SAMPLE: u32 = 20;

    pub(crate) fn is_reached(self, failed: u32, answered: u32) -> bool {
        let of_all = self.failures.is_some_and(|most| failed >= most.max(1));
        let of_share = self.percent.is_some_and(|percent| {
            answered >= Self::SAMPLE
                && u64::from(failed) * 100 >= u64::from(answered) * u64::from(percent.max(1))
        });
        of_all || of_share
    }
}

/// So long answers are counted before the rate changes, in milliseconds.
const WINDOW_MS: f64 = 1000.0;

/// What a window without throttling adds: a part of the rate, and a part of the limit.
const GROWTH: f64 = 0.04;
const STEP: f64 = 0.01;

/// The rate sinks no deeper than to this part of the limit.
const FLOOR: f64 = 0.01;

/// Requests that go out at once after a pause: those of so many milliseconds.
const BURST_MS: f64 = 50.0;

/// A bucket of tokens, filled at a rate that rises by steps and falls by the share of requests that
/// were throttled: a few of many slow it down a little, all of them by half each second.
#[derive(Debug, Clone)]
pub struct Pacer {
    cap: Pace,
    rate: f64,
    tokens: f64,
    filled_ms: f64,
    /// The service wants nothing before this time.
    hold_until_ms: f64,
    window_ms: f64,
    answers: u32,
    throttled: u32,
}

impl Pacer {
    pub fn new(cap: Pace) -> Self {
        let cap = sane(cap);
        Self {
            cap,
            rate: cap.per_second,
            tokens: 1.0,
            filled_ms: 0.0,
            hold_until_ms: 0.0,
            window_ms: 0.0,
            answers: 0,
            throttled: 0,
        }
    }

    pub fn cap(&self) -> Pace {
        self.cap
    }

    /// Requests a second, as the service lets them through.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    pub fn set_cap(&mut self, cap: Pace) {
        let cap = sane(cap);
        // What the service was found to take stays, unless nothing had slowed it down.
        let was_free = self.rate >= self.cap.per_second;
        self.rate = match was_free {
            true => cap.per_second,
            false => self.rate.min(cap.per_second),
        };
        self.cap = cap;
    }

    /// Takes the token of one request, or says when there will be one.
    pub fn take(&mut self, now_ms: f64) -> Result<(), f64> {
        let most = (self.rate * BURST_MS / 1000.0).max(1.0);
        let passed = (now_ms - self.filled_ms).max(0.0);
        self.tokens = (self.tokens + passed * self.rate / 1000.0).min(most);
        self.filled_ms = self.filled_ms.max(now_ms);
        if now_ms < self.hold_until_ms {
            return Err(self.hold_until_ms);
        }
        if self.tokens < 1.0 {
            // Less than a millisecond is lost in the rounding of a time.
            let missing_ms = (1.0 - self.tokens) * 1000.0 / self.rate;
            return Err(now_ms + missing_ms.max(1.0));
        }
        self.tokens -= 1.0;
        Ok(())
    }

    /// Counts an answer. `asked_ms` is what a throttled one asks to wait.
    pub fn answered(&mut self, now_ms: f64, throttled: Option<f64>) {
        self.answers += 1;
        if let Some(asked_ms) = throttled {
            self.throttled += 1;
            self.hold_until_ms = self.hold_until_ms.max(now_ms + asked_ms);
        }
        if now_ms - self.window_ms < WINDOW_MS {
            return;
        }
        let share = f64::from(self.throttled) / f64::from(self.answers);
        let added = match self.throttled {
            0 => self.rate * GROWTH + self.cap.per_second * STEP,
            _ => -self.rate * share / 2.0,
        };
        let floor = self.cap.per_second * FLOOR;
        self.rate = (self.rate + added).clamp(floor, self.cap.per_second);
        (self.window_ms, self.answers, self.throttled) = (now_ms, 0, 0);
    }
}

/// Nothing that a person can enter stops a run for good.
fn sane(cap: Pace) -> Pace {
    let is_rate = cap.per_second.is_finite() && cap.per_second > 0.0;
    Pace {
        per_second: if is_rate { cap.per_second } else { 1.0 },
        parallel: cap.parallel.max(1),
    }
}
