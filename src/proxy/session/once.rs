//! Secrets that are good once and for a short time: codes and tickets.
//!
//! Only their hashes are kept, and looked up by: how long that takes says nothing about a secret
//! that is guessed at. What was used or has expired is remembered for a while, so that whoever
//! comes with it hears what happened to it. Nothing here reads a clock.

use crate::hash::{Hash, sha256};
use crate::limits;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Secrets of one kind.
#[derive(Debug)]
pub struct Once {
    /// How long each is good.
    life: Duration,
    /// How many may be good at a time; one more ends the oldest.
    most: usize,
    /// In the order in which they were made.
    all: VecDeque<Entry>,
}

#[derive(Debug)]
struct Entry {
    hash: Hash,
    until: Instant,
    is_used: bool,
}

impl Entry {
    fn is_good(&self, now: Instant) -> bool {
        !self.is_used && now < self.until
    }
}

/// Why a secret is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Used,
    Expired,
    /// Never made, or forgotten.
    Wrong,
}

impl Once {
    pub fn new(life: Duration, most: usize) -> Self {
        Self {
            life,
            most,
            all: VecDeque::new(),
        }
    }

    /// Makes a secret good from now on.
    pub fn add(&mut self, secret: &str, now: Instant) {
        self.all.push_back(Entry {
            hash: sha256(&[secret.as_bytes()]),
            until: now + self.life,
            is_used: false,
        });
        let good = |entry: &&mut Entry| entry.is_good(now);
        let surplus = self.all.iter_mut().filter(good).count();
        let oldest = self.all.iter_mut().filter(good);
        for entry in oldest.take(surplus.saturating_sub(self.most)) {
            entry.until = now;
        }
        let remembered = self.most * limits::SECRETS_REMEMBERED;
        while self.all.iter().filter(|entry| !entry.is_good(now)).count() > remembered {
            let oldest = self.all.iter().position(|entry| !entry.is_good(now));
            self.all.remove(oldest.unwrap_or(0));
        }
    }

    /// Uses a secret up, if it is good.
    pub fn redeem(&mut self, secret: &str, now: Instant) -> Result<(), Bad> {
        let entry = self.find(secret).ok_or(Bad::Wrong)?;
        if entry.is_used {
            return Err(Bad::Used);
        }
        if !entry.is_good(now) {
            return Err(Bad::Expired);
        }
        entry.is_used = true;
        Ok(())
    }

    /// Ends a secret's time at this moment, if it would be good for longer.
    pub fn end(&mut self, secret: &str, at: Instant) {
        if let Some(entry) = self.find(secret) {
            entry.until = entry.until.min(at);
        }
    }

    /// How many are kept, good or remembered.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    fn find(&mut self, secret: &str) -> Option<&mut Entry> {
        let hash = sha256(&[secret.as_bytes()]);
        self.all.iter_mut().find(|entry| entry.hash == hash)
    }
}
