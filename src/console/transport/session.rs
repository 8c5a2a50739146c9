//! The session with the proxy: a code or a ticket is exchanged for the token.

use super::own::{post, text};
use formsmith_run::{Failure, ProxyFailure};
use serde_json::{Map, Value, json};

/// What an address or a tab holds in place of the token. Each is good once and not for long, so
/// that it does no harm where the browser writes it to disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// Of an address that the proxy printed.
    Code(String),
    /// For the next load of the page.
    Ticket(String),
    /// A load balancer in front of the proxy has signed the person in.
    SignedIn,
}

/// What a pass is exchanged for.
pub struct Opened {
    pub token: String,
    /// Who signed in needs none.
    pub ticket: Option<String>,
}

impl Pass {
    pub async fn exchange(&self) -> Result<Opened, Failure> {
        let (name, value) = match self {
            Self::Code(code) => ("code", code.as_str().into()),
            Self::Ticket(ticket) => ("ticket", ticket.as_str().into()),
            Self::SignedIn => ("signedIn", true.into()),
        };
        let body = Map::from_iter([(name.to_owned(), value)]);
        let told = post("api/session", None, &Value::Object(body)).await?;
        let token = text(&told, "token");
        let token = token.ok_or_else(|| Failure::Proxy(ProxyFailure::default()))?;
        Ok(Opened {
            token,
            ticket: text(&told, "ticket"),
        })
    }
}

/// A new ticket; the one that it replaces is void from then on.
pub async fn new_ticket(token: &str, replaces: Option<&str>) -> Result<String, Failure> {
    let body = match replaces {
        Some(before) => json!({"replaces": before}),
        None => json!({}),
    };
    let told = post("api/ticket", Some(token), &body).await?;
    text(&told, "ticket").ok_or(Failure::Unreachable)
}
