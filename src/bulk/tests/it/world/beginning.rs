//! What every world begins with.

use formsmith_bulk::{Pace, Setup, StopAt};
use formsmith_run::{Place, Target};

/// SplitMix64.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    pub fn part(&mut self) -> f64 {
        self.below(1 << 30) as f64 / f64::from(1 << 30)
    }
}

pub fn pace() -> Pace {
    Pace {
        per_second: 200.0,
        parallel: 20,
    }
}

pub fn setup() -> Setup {
    Setup {
        at_ms: START_MS,
        id: "0b3c1d52-9e0a-4f7e-8b57-3f6d0c1a2b4d".into(),
        place: Place {
            target: Target::ProxySandbox,
            region: "us-east-1".into(),
            account: None,
            profile: None,
            endpoint: None,
        },
        pace: pace(),
        stop_at: StopAt::default(),
        sends_parts: true,
        undoes: None,
    }
}

/// 2025-11-19T23:20:45.123Z
pub const START_MS: f64 = 1_763_594_445_123.0;
