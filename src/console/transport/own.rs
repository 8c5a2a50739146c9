//! The proxy's own addresses: JSON there, JSON back.

use super::fetch::{Fetch, Payload};
use super::{Failure, proxy};
use formsmith_api::json;
use formsmith_wire::header;
use serde_json::Value;

/// Longer than the proxy looks for credentials, so that its own account of that arrives first.
const SECONDS: u32 = 40;

pub async fn post(address: &str, token: Option<&str>, body: &Value) -> Result<Value, Failure> {
    ask("POST", address, token, json::compact(body).as_bytes()).await
}

pub async fn get(address: &str, token: Option<&str>) -> Result<Value, Failure> {
    ask("GET", address, token, b"").await
}

pub async fn delete(address: &str, token: Option<&str>) -> Result<Value, Failure> {
    ask("DELETE", address, token, b"{}").await
}

async fn ask(
    method: &'static str,
    address: &str,
    token: Option<&str>,
    body: &[u8],
) -> Result<Value, Failure> {
    let token = token.map(|token| (header::TOKEN, token));
    let kind = ("Content-Type", "application/json");
    let fetch = Fetch {
        method,
        address,
        headers: token.into_iter().chain([kind]).collect(),
        body: Payload::Bytes(body),
        seconds: Some(SECONDS),
        stop: None,
    };
    let answer = proxy::understood(fetch.send().await?)?;
    match answer.status {
        200 => Ok(json::parse(&answer.body).unwrap_or_default()),
        _ => Err(Failure::Unreachable),
    }
}

/// A member that is a text.
pub fn text(told: &Value, name: &str) -> Option<String> {
    told[name].as_str().map(str::to_owned)
}
