//! The session token: whoever has it may have requests signed.

use crate::failure::Failure;
use crate::guard::single;
use crate::http::{HeaderMap, HeaderName};
use crate::limits;
use crate::session::NEW_ADDRESS;
use formsmith_wire::{Code, header};
use std::fmt;
use subtle::ConstantTimeEq;

/// The header it travels in.
pub const TOKEN: HeaderName = HeaderName::from_static(header::TOKEN);

#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// 32 random bytes in hexadecimal.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// A token of the person's choice; `None` if it is so short that it could be guessed, or could
    /// not stand in a header and in a script just as it is.
    pub fn chosen(text: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        let is_fit = text.len() >= limits::TOKEN_LENGTH_LEAST && text.chars().all(is_plain);
        is_fit.then(|| Self(text.to_owned()))
    }

    /// For the answer to who has shown a code or a ticket, and for nothing else.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// Has the request this token, once? Takes the same time wherever the two differ.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        match single(headers, &TOKEN) {
            Ok(Some(token)) if bool::from(self.0.as_bytes().ct_eq(token.as_bytes())) => Ok(()),
            Ok(None) => Err(Failure::forbidden(
                Code::TokenMissing,
                "The request has no session token.",
                NEW_ADDRESS,
            )),
            _ => Err(Failure::forbidden(
                Code::TokenWrong,
                "The session token does not belong to this proxy.",
                NEW_ADDRESS,
            )),
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}
