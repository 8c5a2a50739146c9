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
}

/// What a pass is exchanged for.
pub struct Opened {
    pub token: String,
    pub ticket: String,
}

impl Pass {
    pub async fn exchange(&self) -> Result<Opened, Failure> {
        let (name, value) = match self {
            Self::Code(code) => ("code", code),
            Self::Ticket(ticket) => ("ticket", ticket),
        };
        let body = Map::from_iter([(name.to_owned(), value.as_str().into())]);
        let told = post("api/session", None, &Value::Object(body)).await?;
        match (text(&told, "token"), text(&told, "ticket")) {
            (Some(token), Some(ticket)) => Ok(Opened { token, ticket }),
            _ => Err(Failure::Proxy(ProxyFailure::default())),
        }
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
