//! The consent that a request comes with.

use super::merkle::Proof;
use super::{Attempt, CONSENT, Id, Kind, PROOF, Place, Proposal, Store, refusal};
use crate::failure::Failure;
use crate::guard::single;
use crate::hash::Hash;
use crate::http::HeaderMap;
use crate::identity::Identity;
use std::sync::Arc;
use std::time::Instant;

/// What the head of a request names: a consent that is good now.
#[derive(Debug)]
pub struct Presented {
    pub id: Id,
    proposal: Arc<Proposal>,
    proof: Option<Proof>,
}

/// A consent to exactly the request it came with.
#[derive(Debug)]
pub struct Agreed {
    proposal: Arc<Proposal>,
    index: u32,
}

impl Presented {
    /// What can be said of a consent without the request's body; nothing for a request that comes
    /// with none. Time counts here: however long the body takes, the request came in time.
    pub fn read(headers: &HeaderMap, store: &Store, now: Instant) -> Result<Option<Self>, Failure> {
        let malformed = |_| refusal::repeated();
        let id = single(headers, &CONSENT).map_err(malformed)?;
        let proof = single(headers, &PROOF).map_err(malformed)?;
        let Some(id) = id else {
            // A proof alone proves nothing.
            return proof.map_or(Ok(None), |_| Err(refusal::missing()));
        };
        let id = id.to_str().map_err(|_| refusal::malformed_header())?;
        let id = store.read(id, refusal::malformed_header)?;
        let read = |proof: &crate::http::HeaderValue| {
            let proof = proof.to_str().ok().and_then(Proof::read);
            proof.ok_or_else(refusal::malformed_header)
        };
        let proof = proof.map(read).transpose()?;
        let proposal = store.confirmed(id, now)?;
        let presented = Self {
            id,
            proposal,
            proof,
        };
        if presented.proposal.is_used(presented.index()) {
            return Err(presented.proposal.used(presented.index()));
        }
        Ok(Some(presented))
    }

    fn index(&self) -> u32 {
        self.proof.as_ref().map_or(0, |proof| proof.index)
    }

    /// Is this the request, or one of those, that were agreed to?
    pub fn to(self, request: &Hash, place: &Place) -> Result<Agreed, Failure> {
        let is_named = match (&self.proposal.kind, &self.proof) {
            (Kind::One { hash } | Kind::Run { hash, .. }, None) => hash == request,
            (Kind::List { root, count, .. }, Some(proof)) => proof.holds(request, root, *count),
            _ => false,
        };
        if !is_named || !self.proposal.place.covers(place) {
            return Err(refusal::wrong());
        }
        Ok(Agreed {
            index: self.index(),
            proposal: self.proposal,
        })
    }
}

impl Agreed {
    /// Refuses to send in another name than the one that was reviewed.
    pub fn in_the_name_of(&self, now: &Identity) -> Result<(), Failure> {
        same_identity(self.proposal.identity.as_deref(), now)
    }

    /// Has the person not withdrawn it since?
    pub fn still_holds(&self) -> Result<(), Failure> {
        self.proposal.not_withdrawn()
    }

    /// Takes an attempt, right before the request is sent.
    pub fn take(&self) -> Result<Attempt, Failure> {
        self.proposal.take(self.index)
    }
}

/// Are the credentials still those of the identity that a proposal was made for?
pub fn same_identity(reviewed: Option<&str>, now: &Identity) -> Result<(), Failure> {
    match now {
        _ if reviewed == Some(now.label()) => Ok(()),
        // Whether they are another's, nobody knows.
        Identity::Unknown { why, .. } => Err(why.clone()),
        Identity::Caller { .. } => Err(refusal::identity_changed()),
    }
}
