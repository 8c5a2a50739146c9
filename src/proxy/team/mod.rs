//! Several people at one proxy, behind a load balancer that signs them in.
//!
//! The balancer says with each request who sends it, and signs that. What it signed is verified
//! anew for every request: a header that anybody could have written is never believed, wherever it
//! comes from. The session token, which a page of another site can't send, is made for one person,
//! and signed with a key that all copies of the proxy share.

mod balancer;
mod jws;
mod keys;
mod person;
mod session;
mod url;

pub use balancer::{Arn, Balancer};
pub use keys::{Keys, Source};
pub use person::Person;
pub use session::SessionKey;
pub use url::PublicUrl;

use crate::failure::Failure;
use crate::guard::{FORWARDED_HOST, single};
use crate::http::header::{COOKIE, FORWARDED};
use crate::http::request::Parts;
use crate::http::{HeaderMap, HeaderName};
use crate::token::TOKEN;
use formsmith_wire::Code;
use std::sync::Arc;
use std::time::SystemTime;

/// Where the balancer asks whether this copy is there. It needs no sign-in, and tells nothing.
pub const READY: &str = "/ready";

/// What others would need to act for the person elsewhere; nothing here reads it.
const ACCESS_TOKEN: HeaderName = HeaderName::from_static("x-amzn-oidc-accesstoken");

#[derive(Debug)]
pub struct Team {
    /// Where people open the console.
    pub url: PublicUrl,
    pub balancer: Balancer,
    pub session_key: SessionKey,
    /// What this copy of several is called.
    pub copy: Option<String>,
}

impl Team {
    /// Finds out who sends a request, and leaves what nobody needs any further: the balancer's
    /// cookies, the person's access token, and what servers in between say of the address, which
    /// is known.
    pub async fn meet(&self, parts: &mut Parts, now: SystemTime) -> Result<Arc<Person>, Failure> {
        for name in [COOKIE, ACCESS_TOKEN, FORWARDED, FORWARDED_HOST] {
            parts.headers.remove(name);
        }
        let person = Arc::new(self.balancer.person(&parts.headers, now).await?);
        parts.extensions.insert(person.clone());
        Ok(person)
    }

    /// Has the request the session token of the person who sends it?
    pub fn check(&self, parts: &Parts, now: SystemTime) -> Result<(), Failure> {
        let token = token(&parts.headers)?.ok_or_else(wrong)?;
        let person = person(parts).ok_or_else(wrong)?;
        match self.session_key.is_good(token, &person.subject, now) {
            true => Ok(()),
            false => Err(wrong()),
        }
    }
}

/// Who sends a request, where people sign in.
pub fn person(parts: &Parts) -> Option<&Arc<Person>> {
    parts.extensions.get()
}

fn token(headers: &HeaderMap) -> Result<Option<&str>, Failure> {
    let value = single(headers, &TOKEN).map_err(|_| wrong())?;
    value
        .map(|value| value.to_str().map_err(|_| wrong()))
        .transpose()
}

fn wrong() -> Failure {
    Failure::forbidden(
        Code::PersonUnknown,
        "The request has no session, or one that has ended or is somebody else's.",
        "Reload the page: it then gets a new session.",
    )
}
