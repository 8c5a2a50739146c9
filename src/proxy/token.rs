//! The session token: whoever has it may have requests signed.

use crate::failure::Failure;
use crate::guard::single;
use crate::http::{HeaderMap, HeaderName};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use subtle::ConstantTimeEq;

/// The header it travels in. A page of another site can't set it without being asked first, and
/// the answer to that is no.
pub const TOKEN: HeaderName = HeaderName::from_static("x-formsmith-token");

#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// 32 random bytes in hexadecimal.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// A token of the person's choice; `None` if it could not stand in a URL's fragment and in
    /// a header just as it is.
    pub fn chosen(text: &str) -> Option<Self> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
        (!text.is_empty() && text.chars().all(is_plain)).then(|| Self(text.to_owned()))
    }

    /// Has the request this token, once? Takes the same time wherever the two differ.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Failure> {
        match single(headers, &TOKEN) {
            Ok(Some(token)) if bool::from(self.0.as_bytes().ct_eq(token.as_bytes())) => Ok(()),
            Ok(None) => Err(Failure::forbidden(
                "token-missing",
                "The request has no session token.",
                "Open the console by the address that the proxy printed at start.",
            )),
            _ => Err(Failure::forbidden(
                "token-wrong",
                "The session token is not that of this proxy.",
                "Open the console by the address that the proxy printed at its last start.",
            )),
        }
    }

    /// The address that hands the token to the console: a fragment is not sent to any server.
    /// A proxy that listens at every address of its machine is opened by that of the machine
    /// itself.
    pub fn console_address(&self, mut address: SocketAddr) -> String {
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("http://{address}/#token={}", self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}
