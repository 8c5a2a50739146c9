//! How the console comes by the session token without its ever reaching a disk.
//!
//! The address that is printed carries a code, which browsers keep in their history: it is good
//! once and for minutes. The console exchanges it for the token, which it holds in memory, and
//! for a ticket, which it may leave in the storage of its tab: with that a reload gets the token
//! again. A ticket is good once as well, and the console asks for another each minute.

pub mod once;

use crate::body::{self, Body, Response};
use crate::config::Limits;
use crate::failure::Failure;
use crate::guard::single;
use crate::http::header::CONTENT_TYPE;
use crate::http::request::Parts;
use crate::http::{HeaderValue, Method, StatusCode};
use crate::incoming;
use crate::limits;
use crate::team::{self, Team};
use crate::token::Token;
use formsmith_wire::Code;
use once::{Bad, Once};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

/// Where a code or a ticket is exchanged for the token.
pub const SESSION: &str = "/api/session";
/// Where who has the token gets a new ticket.
pub const TICKET: &str = "/api/ticket";

/// What to do for want of a token, and of anything to exchange for it.
pub const NEW_ADDRESS: &str =
    "Press Enter in the proxy's terminal, then open the new address that it prints.";

/// The token of this run of the proxy, and the ways to it.
#[derive(Debug)]
pub struct Sessions {
    token: Token,
    codes: Mutex<Once>,
    tickets: Mutex<Once>,
    /// Where people sign in, that takes the place of codes and tickets.
    team: Option<Arc<Team>>,
    limits: Limits,
}

impl Sessions {
    pub fn new(token: Token, limits: Limits, team: Option<Arc<Team>>) -> Self {
        Self {
            token,
            team,
            codes: Mutex::new(Once::new(limits.code, limits::CODES)),
            tickets: Mutex::new(Once::new(limits.ticket, limits::TICKETS)),
            limits: Limits {
                request_bytes: limits::SESSION_BODY_BYTES,
                body: limits.body.min(limits::SESSION_BODY_TIME),
                ..limits
            },
        }
    }

    /// A new code for an address.
    pub fn code(&self, now: Instant) -> Result<String, getrandom::Error> {
        let code = random()?;
        lock(&self.codes).add(&code, now);
        Ok(code)
    }

    /// Answers a request for [`SESSION`] or [`TICKET`].
    pub async fn answer(&self, parts: &Parts, body: Body) -> Response {
        let is_exchange = parts.uri.path() == SESSION;
        if let Err(failure) = self.admit(parts, is_exchange) {
            incoming::discard(body, &self.limits).await;
            return failure.into_response();
        }
        // Whoever is slow to send one keeps a connection, and takes nobody else's place.
        let answered = match (read(body, &self.limits).await, &self.team) {
            (Ok(asked), Some(team)) => signed_in(team, parts, &asked),
            (Ok(asked), None) if is_exchange => self.exchange(&asked, Instant::now()),
            (Ok(asked), None) => self.renew(&asked, Instant::now()),
            (Err(failure), _) => Err(failure),
        };
        match answered {
            Ok(answer) => body::json(&answer),
            Err(failure) => failure.into_response(),
        }
    }

    fn admit(&self, parts: &Parts, is_exchange: bool) -> Result<(), Failure> {
        if parts.method != Method::POST {
            return Err(Failure::method_not_allowed());
        }
        if !is_exchange && self.team.is_some() {
            return Err(Failure::not_found());
        }
        if !is_exchange {
            self.token.check(&parts.headers)?;
        }
        match single(&parts.headers, &CONTENT_TYPE) {
            Ok(Some(value)) if is_json(value) => Ok(()),
            _ => Err(Failure::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::ContentTypeNotAllowed,
                "This address accepts only application/json.",
                "Send what the console would send.",
            )),
        }
    }

    /// The token, and a ticket, for a code or a ticket that is good.
    pub fn exchange(&self, asked: &Value, now: Instant) -> Result<Value, Failure> {
        let ticket = random().map_err(|_| Failure::no_randomness())?;
        match (&asked["code"], &asked["ticket"]) {
            (Value::String(code), Value::Null) => {
                lock(&self.codes).redeem(code, now).map_err(bad_code)?;
            }
            (Value::Null, Value::String(old)) => {
                lock(&self.tickets).redeem(old, now).map_err(bad_ticket)?;
            }
            _ => return Err(malformed()),
        }
        lock(&self.tickets).add(&ticket, now);
        Ok(json!({ "token": self.token.reveal(), "ticket": ticket }))
    }

    /// A new ticket for who has the token; the one it replaces, if it is told, ends soon.
    pub fn renew(&self, asked: &Value, now: Instant) -> Result<Value, Failure> {
        let ticket = random().map_err(|_| Failure::no_randomness())?;
        let mut tickets = lock(&self.tickets);
        match &asked["replaces"] {
            Value::String(old) => tickets.end(old, now + limits::TICKET_REPLACED_TIME),
            Value::Null => {}
            _ => return Err(malformed()),
        }
        tickets.add(&ticket, now);
        Ok(json!({ "ticket": ticket }))
    }
}

/// The token of the person who asks, in place of a code.
fn signed_in(team: &Team, parts: &Parts, asked: &Value) -> Result<Value, Failure> {
    match (team::person(parts), &asked["signedIn"]) {
        (Some(person), Value::Bool(true)) => {
            let token = team.session_key.token(&person.subject, SystemTime::now());
            Ok(json!({ "token": token }))
        }
        _ => Err(malformed()),
    }
}

/// 16 random bytes in hexadecimal: too many to be guessed, however often it is tried.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

fn lock(secrets: &Mutex<Once>) -> MutexGuard<'_, Once> {
    secrets.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A page of another site can send other types without being asked first.
fn is_json(value: &HeaderValue) -> bool {
    let media_type = value.to_str().unwrap_or_default().split(';').next();
    media_type.is_some_and(|it| it.trim().eq_ignore_ascii_case("application/json"))
}

/// The object that a body is.
async fn read(body: Body, limits: &Limits) -> Result<Value, Failure> {
    let body = incoming::body(body, limits).await?;
    let value: Option<Value> = serde_json::from_slice(&body).ok();
    value.filter(Value::is_object).ok_or_else(malformed)
}

fn malformed() -> Failure {
    Failure::bad_request(
        Code::BodyMalformed,
        "The request's body is not the JSON that this address expects.",
        "Send what the console would send.",
    )
}

fn bad_code(bad: Bad) -> Failure {
    let (code, message) = match bad {
        Bad::Used => (
            Code::CodeUsed,
            "The code in the address has already been used. Each code works once.",
        ),
        Bad::Expired => (
            Code::CodeExpired,
            "The code in the address has expired: each is good for a few minutes, and only the \
             newest are.",
        ),
        Bad::Wrong => (
            Code::CodeWrong,
            "This proxy did not issue the code in the address; it may have been restarted since.",
        ),
    };
    Failure::forbidden(code, message, NEW_ADDRESS)
}

fn bad_ticket(bad: Bad) -> Failure {
    let (code, message) = match bad {
        Bad::Used => (
            Code::TicketUsed,
            "This page's ticket has already been used, perhaps by a copy of its tab. Each ticket works once.",
        ),
        Bad::Expired => (
            Code::TicketExpired,
            "This page's ticket has expired: the page was closed or asleep for too long.",
        ),
        Bad::Wrong => (
            Code::TicketWrong,
            "This proxy did not issue this page's ticket; it may have been restarted since.",
        ),
    };
    Failure::forbidden(code, message, NEW_ADDRESS)
}
