//! Which requests may bring a file, and which may be answered with one.

use crate::failure::Failure;
use crate::guard::single;
use crate::hash::read_hex;
use crate::http::{HeaderMap, HeaderName, HeaderValue};
use crate::models::Found;
use crate::upload::malformed;
use formsmith_wire::{Code, header};

const BODY_SHA256: HeaderName = HeaderName::from_static(header::BODY_SHA256);
const ANSWER: HeaderName = HeaderName::from_static(header::ANSWER);

/// What a request says of files.
#[derive(Debug)]
pub struct Asked {
    /// That its body is one with this hash, in lower-case hexadecimal.
    pub hash: Option<String>,
    /// That its answer is one.
    pub is_answer: bool,
}

/// What a request asks for, refused where its operation has no such file. The built-in operations
/// have none, and neither has the sandbox.
pub fn asked(found: &Found<'_>, headers: &HeaderMap, is_signed: bool) -> Result<Asked, Failure> {
    let hash = single(headers, &BODY_SHA256).map_err(|_| malformed())?;
    let answer = single(headers, &ANSWER).map_err(|_| malformed())?;
    let hash = hash.map(hash_of).transpose()?;
    if answer.is_some_and(|answer| answer != header::FILE) {
        return Err(malformed());
    }
    let asked = Asked {
        hash,
        is_answer: answer.is_some(),
    };
    let operation = found.operation;
    let may_be = operation.filter(|_| is_signed && !found.service.is_built_in);
    let takes = || may_be.is_some_and(|it| it.takes_file);
    let gives = || may_be.is_some_and(|it| it.gives_file);
    let refused = |what: &str| {
        let name = operation.map_or("The operation", |operation| &*operation.name);
        Failure::forbidden(
            Code::FileNotAllowed,
            format!("The {what} of {name} is no file that this proxy passes on."),
            "Send what the console would send.",
        )
    };
    if asked.hash.is_some() && !takes() {
        return Err(refused("body"));
    }
    if asked.is_answer && !gives() {
        return Err(refused("answer"));
    }
    Ok(asked)
}

fn hash_of(value: &HeaderValue) -> Result<String, Failure> {
    let hash = value.to_str().ok();
    let hash = hash.filter(|hash| read_hex::<32>(hash).is_some());
    hash.map(str::to_owned).ok_or_else(malformed)
}
