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
/// SHA-256 of a request's body in lower-case hexadecimal: the body is a file, which is passed on as it
/// comes. Consent is given to this hash as to that of any body.
pub const BODY_SHA256: &str = "x-formsmith-body-sha256";
/// What the answer is expected to be: [`FILE`], or, without this header, something to read.
pub const ANSWER: &str = "x-formsmith-answer";
/// A file to be kept, however large.
pub const FILE: &str = "file";
