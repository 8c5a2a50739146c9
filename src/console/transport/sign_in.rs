//! Signing in, which the proxy does for the page.

use super::own::{delete, get, post, text};
use formsmith_run::{Failure, ProxyFailure};
use serde_json::{Value, json};

/// What the person has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To confirm a code at an address.
    Device {
        address: String,
        code: String,
        seconds: u32,
    },
    /// To enter the code that a device of theirs shows.
    Mfa { serial: String, role: String },
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// What was given before was wrong, if the proxy says so.
    Waiting(Option<ProxyFailure>),
    Done,
    Denied,
    Expired,
    Failed(Failure),
}

/// Begins for a profile; the text names the sign-in.
pub async fn start(token: Option<&str>, profile: Option<&str>) -> Result<(String, Asked), Failure> {
    let told = post("api/sign-in", token, &json!({ "profile": profile })).await?;
    let part = |name: &str| text(&told, name).unwrap_or_default();
    let asked = match told["kind"].as_str() {
        Some("mfa") => Asked::Mfa {
            serial: part("serial"),
            role: part("role"),
        },
        _ => Asked::Device {
            address: text(&told, "addressWithCode").unwrap_or_else(|| part("address")),
            code: part("code"),
            seconds: told["expiresInSeconds"].as_u64().unwrap_or(0) as u32,
        },
    };
    Ok((part("id"), asked))
}

pub async fn standing(token: Option<&str>, id: &str) -> Result<Standing, Failure> {
    get(&address(id), token).await.map(|told| read(&told))
}

/// Gives the code that the person has entered.
pub async fn give(token: Option<&str>, id: &str, code: &str) -> Result<Standing, Failure> {
    let told = post(&address(id), token, &json!({ "code": code })).await?;
    Ok(read(&told))
}

/// Where the proxy does not hear of it, it ends by itself.
pub async fn withdraw(token: Option<&str>, id: &str) {
    let _ = delete(&address(id), token).await;
}

fn address(id: &str) -> String {
    format!("api/sign-in/{id}")
}

fn read(told: &Value) -> Standing {
    let error = told["error"]
        .is_object()
        .then(|| ProxyFailure::read(&told["error"]));
    match told["state"].as_str() {
        Some("waiting") => Standing::Waiting(error),
        Some("done") => Standing::Done,
        Some("denied") => Standing::Denied,
        Some("expired") => Standing::Expired,
        _ => Standing::Failed(Failure::Proxy(error.unwrap_or_default())),
    }
}
