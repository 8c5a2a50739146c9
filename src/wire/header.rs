//! Names of headers between page and proxy, in lower case. None of them travels on to a service.

/// Marks an answer as the proxy's own and carries its [`Code`](crate::Code).
pub const ERROR: &str = "x-formsmith-error";
/// The session token: whoever has it may have requests signed. A page of another site can't set
/// this header without being asked first, and the answer to that is no.
pub const TOKEN: &str = "x-formsmith-token";
/// The id of a consent that the person has confirmed.
pub const CONSENT: &str = "x-formsmith-consent";
/// That a request is one of the list that was agreed to.
pub const PROOF: &str = "x-formsmith-proof";
/// The operation that a request asks for, where method, path and target leave it open.
pub const OPERATION: &str = "x-formsmith-operation";
