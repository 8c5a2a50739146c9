//! One proposal: what it is for, until when, and how much of it is left.

use super::refusal;
use crate::failure::Failure;
use crate::hash::Hash;
use crate::limits;
use formsmith_api::class::Class;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Where a request goes. As long as a proxy runs, the host, the region of the signature and the
/// name it is made for follow from these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Who sends it, where several people can: what one agreed to is no consent of another.
    pub person: Option<String>,
    /// The profile whose credentials sign, if it has a name.
    pub profile: Option<String>,
    /// The service's endpoint prefix.
    pub service: String,
    pub region: String,
    pub operation: String,
    /// What the requests can do.
    pub class: Class,
}

impl Place {
    /// Does what was agreed to for this place hold for a request at that one, which can do no more?
    pub fn covers(&self, asked: &Self) -> bool {
        self.person == asked.person
            && self.profile == asked.profile
            && self.service == asked.service
            && self.region == asked.region
            && self.operation == asked.operation
            && self.class >= asked.class
    }
}

/// What is agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// One request, once.
    One { hash: Hash },
    /// One request and further attempts at it.
    Run { hash: Hash, attempts: u8 },
    /// Each of many requests, of which the tree of their hashes has this root.
    List {
        root: Hash,
        count: u32,
        attempts: u8,
        minutes: u32,
    },
}

impl Kind {
    pub fn name(&self) -> &'static str {
        match self {
            Self::One { .. } => "one",
            Self::Run { .. } => "run",
            Self::List { .. } => "list",
        }
    }

    /// For each request.
    pub fn attempts(&self) -> u8 {
        match self {
            Self::One { .. } => 1,
            Self::Run { attempts, .. } | Self::List { attempts, .. } => *attempts,
        }
    }

    /// How many requests there are.
    pub fn count(&self) -> usize {
        match self {
            Self::List { count, .. } => *count as usize,
            _ => 1,
        }
    }

    /// Of the request, or of the list.
    pub fn hash(&self) -> &Hash {
        match self {
            Self::One { hash } | Self::Run { hash, .. } => hash,
            Self::List { root, .. } => root,
        }
    }

    fn good_for(&self) -> Duration {
        match self {
            Self::One { .. } => limits::CONSENT_ONE_TIME,
            Self::Run { .. } => limits::CONSENT_RUN_TIME,
            Self::List { minutes, .. } => Duration::from_secs(60 * u64::from(*minutes)),
        }
    }
}

#[derive(Debug)]
pub struct Proposal {
    pub kind: Kind,
    pub place: Place,
    /// The label of who would sign; none where nobody does.
    pub identity: Option<String>,
    made: Instant,
    confirmed: OnceLock<Confirmed>,
    is_withdrawn: AtomicBool,
}

/// In place of the attempts that were taken: the service has done it, and no more are due.
const DONE: u8 = u8::MAX;

#[derive(Debug)]
struct Confirmed {
    at: Instant,
    /// Attempts that were taken, of each request, or [`DONE`].
    taken: Box<[AtomicU8]>,
    /// Attempts that are left, of all of them.
    left: AtomicU64,
}

impl Proposal {
    pub fn new(kind: Kind, place: Place, identity: Option<String>, now: Instant) -> Self {
        Self {
            kind,
            place,
            identity,
            made: now,
            confirmed: OnceLock::new(),
            is_withdrawn: AtomicBool::new(false),
        }
    }

    pub(super) fn confirm(&self, now: Instant) {
        let count = self.kind.count();
        self.confirmed.get_or_init(|| Confirmed {
            at: now,
            taken: (0..count).map(|_| AtomicU8::new(0)).collect(),
            left: AtomicU64::new(count as u64 * u64::from(self.kind.attempts())),
        });
    }

    /// Nothing is sent with it from now on, not even a request whose head was already read.
    pub(super) fn withdraw(&self) {
        self.is_withdrawn.store(true, Relaxed);
    }

    pub(super) fn not_withdrawn(&self) -> Result<(), Failure> {
        match self.is_withdrawn.load(Relaxed) {
            true => Err(refusal::withdrawn()),
            false => Ok(()),
        }
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed.get().is_some()
    }

    pub fn expires_in(&self, now: Instant) -> Duration {
        let (from, good_for) = match self.confirmed.get() {
            Some(confirmed) => (confirmed.at, self.kind.good_for()),
            None => (self.made, limits::CONSENT_REVIEW_TIME),
        };
        good_for.saturating_sub(now.saturating_duration_since(from))
    }

    pub fn has_expired(&self, now: Instant) -> bool {
        self.expires_in(now).is_zero()
    }

    /// Were all attempts at all requests taken?
    pub(super) fn is_used_up(&self) -> bool {
        let confirmed = self.confirmed.get();
        confirmed.is_some_and(|confirmed| confirmed.left.load(Relaxed) == 0)
    }

    /// Were all attempts at this request taken? One that isn't in the list has none to take.
    pub(super) fn is_used(&self, index: u32) -> bool {
        let taken = self.taken(index);
        taken.is_some_and(|taken| taken.load(Relaxed) >= self.kind.attempts())
    }

    /// Takes one attempt. Of those who want the last one, one gets it.
    pub(super) fn take(self: &Arc<Self>, index: u32) -> Result<Attempt, Failure> {
        self.not_withdrawn()?;
        let taken = self.taken(index).ok_or_else(refusal::wrong)?;
        let more = |taken: u8| (taken < self.kind.attempts()).then_some(taken + 1);
        taken
            .fetch_update(Relaxed, Relaxed, more)
            .map_err(|_| self.used(index))?;
        if let Some(confirmed) = self.confirmed.get() {
            confirmed.left.fetch_sub(1, Relaxed);
        }
        Ok(Attempt {
            proposal: self.clone(),
            index,
        })
    }

    /// Why no further attempt is due.
    pub(super) fn used(&self, index: u32) -> Failure {
        let taken = self.taken(index);
        match taken.is_some_and(|taken| taken.load(Relaxed) == DONE) {
            true => refusal::done(),
            false => refusal::used(&self.kind),
        }
    }

    fn taken(&self, index: u32) -> Option<&AtomicU8> {
        self.confirmed.get()?.taken.get(index as usize)
    }
}

/// An attempt that was taken. It is gone, unless it is given back.
#[derive(Debug)]
#[must_use]
pub struct Attempt {
    proposal: Arc<Proposal>,
    index: u32,
}

impl Attempt {
    /// Nothing of the request was sent.
    pub fn give_back(self) {
        self.replace(|taken| taken - 1);
    }

    /// The service has answered that it is done: the attempts that are left end with this one.
    pub fn succeeded(self) {
        self.replace(|_| DONE);
    }

    fn replace(&self, with: impl Fn(u8) -> u8) {
        let (Some(taken), Some(confirmed)) = (
            self.proposal.taken(self.index),
            self.proposal.confirmed.get(),
        ) else {
            return;
        };
        let attempts = self.proposal.kind.attempts();
        let still_due = |taken: u8| attempts.saturating_sub(taken);
        // What is done stays done, whatever becomes of another attempt.
        let other = |taken: u8| (taken != DONE).then(|| with(taken));
        if let Ok(before) = taken.fetch_update(Relaxed, Relaxed, other) {
            let (before, now) = (still_due(before), still_due(with(before)));
            confirmed.left.fetch_add(u64::from(now), Relaxed);
            confirmed.left.fetch_sub(u64::from(before), Relaxed);
        }
    }
}
