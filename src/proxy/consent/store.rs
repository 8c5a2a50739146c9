//! The proposals that are remembered, within bounds.

use super::Proposal;
use super::refusal;
use crate::failure::Failure;
use crate::hash::read_hex;
use crate::limits;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Instant;

/// What a proposal is called: 16 random bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Id([u8; 16]);

impl Id {
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads 32 lower-case hexadecimal digits.
    pub fn read(text: &str) -> Option<Self> {
        read_hex(text).map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

#[derive(Debug, Default)]
pub struct Store {
    /// What this copy of the proxy is called, if there are several.
    copy: Option<String>,
    entries: HashMap<Id, Entry>,
    /// How many there were so far.
    made: u64,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    state: State,
}

#[derive(Debug)]
enum State {
    Kept(Arc<Proposal>),
    /// A list that was confirmed and whose time is over: its bytes are free again.
    Expired,
    /// The person changed their mind.
    Withdrawn,
}

impl State {
    fn has_expired(&self, now: Instant) -> bool {
        match self {
            Self::Kept(proposal) => proposal.has_expired(now),
            Self::Expired | Self::Withdrawn => true,
        }
    }

    fn is_confirmed(&self) -> bool {
        match self {
            Self::Kept(proposal) => proposal.is_confirmed(),
            Self::Expired | Self::Withdrawn => true,
        }
    }

    fn is_used_up(&self) -> bool {
        matches!(self, Self::Kept(proposal) if proposal.is_used_up())
    }

    fn leaves(&self) -> usize {
        match self {
            Self::Kept(proposal) if proposal.is_confirmed() => proposal.kind.count(),
            _ => 0,
        }
    }
}

impl Store {
    pub fn of_copy(copy: Option<String>) -> Self {
        Self {
            copy,
            ..Self::default()
        }
    }

    /// A proposal as it is called outside: of several copies, the name begins with that of the one
    /// that made it, so that a balancer can lead whoever comes with it there.
    pub fn name(&self, id: Id) -> String {
        match &self.copy {
            Some(copy) => format!("{copy}.{id}"),
            None => id.to_string(),
        }
    }

    /// Reads such a name, or says that it is none. Nothing is known here of what another copy was
    /// told.
    pub fn read(&self, name: &str, is_none: fn() -> Failure) -> Result<Id, Failure> {
        let (copy, id) = match name.split_once('.') {
            Some((copy, id)) => (Some(copy), id),
            None => (None, name),
        };
        let id = Id::read(id).ok_or_else(is_none)?;
        match copy == self.copy.as_deref() {
            true => Ok(id),
            false => Err(refusal::elsewhere()),
        }
    }

    /// Remembers a proposal. Where there are too many, one is forgotten that is of no more use, or
    /// else the oldest that waits for its review; of those that were confirmed and are still good
    /// none ever is.
    pub fn add(&mut self, id: Id, proposal: Proposal, now: Instant) -> Result<(), Failure> {
        self.free(now);
        if self.entries.len() >= limits::CONSENT_PROPOSALS {
            let forgotten = self.least_missed(now).ok_or_else(refusal::too_many)?;
            self.entries.remove(&forgotten);
        }
        self.made += 1;
        let entry = Entry {
            number: self.made,
            state: State::Kept(Arc::new(proposal)),
        };
        self.entries.insert(id, entry);
        Ok(())
    }

    /// A proposal that can be confirmed, or is.
    pub fn find(&self, id: Id, now: Instant) -> Result<Arc<Proposal>, Failure> {
        match self.known(id)? {
            State::Kept(proposal) if proposal.has_expired(now) => {
                Err(refusal::expired(proposal.is_confirmed()))
            }
            State::Kept(proposal) => Ok(proposal.clone()),
            State::Expired => Err(refusal::expired(true)),
            State::Withdrawn => Err(refusal::withdrawn()),
        }
    }

    /// A proposal that requests can come with.
    pub fn confirmed(&self, id: Id, now: Instant) -> Result<Arc<Proposal>, Failure> {
        if !self.known(id)?.is_confirmed() {
            return Err(refusal::unconfirmed());
        }
        self.find(id, now)
    }

    fn known(&self, id: Id) -> Result<&State, Failure> {
        let entry = self.entries.get(&id).ok_or_else(refusal::unknown)?;
        Ok(&entry.state)
    }

    /// The person has agreed. To do so twice changes nothing, the time least of all.
    pub fn confirm(&mut self, id: Id, now: Instant) -> Result<Arc<Proposal>, Failure> {
        let proposal = self.find(id, now)?;
        if !proposal.is_confirmed() {
            self.free(now);
            let leaves: usize = self
                .entries
                .values()
                .map(|entry| entry.state.leaves())
                .sum();
            if leaves + proposal.kind.count() > limits::CONSENT_REQUESTS {
                return Err(refusal::too_long());
            }
            proposal.confirm(now);
        }
        Ok(proposal)
    }

    /// The person no longer agrees, or never did.
    pub fn withdraw(&mut self, id: Id) -> Result<(), Failure> {
        let entry = self.entries.get_mut(&id).ok_or_else(refusal::unknown)?;
        if let State::Kept(proposal) = &entry.state {
            proposal.withdraw();
            entry.state = State::Withdrawn;
        }
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Lists whose time is over need not know any more what was taken.
    fn free(&mut self, now: Instant) {
        for entry in self.entries.values_mut() {
            if matches!(&entry.state, State::Kept(it) if it.is_confirmed() && it.has_expired(now)) {
                entry.state = State::Expired;
            }
        }
    }

    /// What can be forgotten: first what has expired, then what was not confirmed, then what was
    /// used up; of each the oldest.
    fn least_missed(&self, now: Instant) -> Option<Id> {
        let rank = |state: &State| match () {
            () if state.has_expired(now) => Some(0),
            () if !state.is_confirmed() => Some(1),
            () if state.is_used_up() => Some(2),
            () => None,
        };
        let entries = self.entries.iter();
        let entries =
            entries.filter_map(|(id, entry)| Some((rank(&entry.state)?, entry.number, id)));
        let (_, _, id) = entries.min_by_key(|(rank, number, _)| (*rank, *number))?;
        Some(*id)
    }
}
