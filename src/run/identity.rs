//! In whose name a request is signed, and what the proxy would do with it.

use crate::Failure;

/// Whose resources a request would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    Known {
        label: String,
        account: String,
        arn: String,
    },
    /// There are credentials; AWS could not be asked whose.
    Unknown { label: String, why: Failure },
    /// Nothing can be signed, or the proxy doesn't answer.
    Missing(Failure),
}

impl Identity {
    #[must_use]
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Known { .. })
    }

    /// Why it is not known.
    #[must_use]
    pub fn why(&self) -> Option<&Failure> {
        match self {
            Self::Known { .. } => None,
            Self::Unknown { why, .. } | Self::Missing(why) => Some(why),
        }
    }

    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Known { account, .. } => Some(account),
            _ => None,
        }
    }

    /// Does asking again help, once the person has done something? Not without a session, which
    /// comes with the address.
    #[must_use]
    pub fn may_change(&self) -> bool {
        match self {
            Self::Missing(Failure::Proxy(why)) => !why.is_of_session(),
            _ => true,
        }
    }
}

/// What the proxy makes of one request, before anybody has agreed to it. Only this very request
/// can be sent with the consent that comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: String,
    /// Where the request would go, and the region it would be signed for.
    pub host: String,
    pub signing_region: String,
    /// What it would do: `read` or `write`.
    pub class: String,
    /// How often it may be sent, until the service answers that it is done.
    pub attempts: u64,
    /// In whose name.
    pub identity: Identity,
}
