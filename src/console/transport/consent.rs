//! The person's word that a request may be signed: the proxy proposes, the person confirms.

use super::own::{delete, post, text};
use super::status::identity;
use super::{Destination, proxy};
use crate::browser::digest;
use formsmith_api::http::HttpRequest;
use formsmith_run::{Failure, Proposal};
use formsmith_wire::consent;
use serde_json::{Value, json};

/// Asks the proxy what it would do with one request, sent at most so many times.
pub async fn propose(
    token: Option<&str>,
    to: Destination<'_>,
    request: &HttpRequest,
    attempts: usize,
) -> Result<Proposal, Failure> {
    let headers = proxy::headers(request)?.into_iter();
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.into()));
    let body = json!({
        "kind": "run",
        "service": to.service,
        "region": to.region,
        "profile": to.profile,
        "operation": to.operation,
        "method": request.method,
        "path": request.path,
        "target": request.header("X-Amz-Target"),
        // What they say may make it another class of request, or lead to another host.
        "headers": Value::Object(headers.collect()),
        "hash": hash(to, request).await?,
        "attempts": attempts,
    });
    let told = post("api/consents", token, &body).await?;
    let part = |name: &str| text(&told, name).unwrap_or_default();
    Ok(Proposal {
        id: part("id"),
        host: part("host"),
        signing_region: part("signingRegion"),
        class: part("class"),
        attempts: told["attempts"].as_u64().unwrap_or(1),
        identity: identity(&told["identity"]),
    })
}

/// The person has read the proposal of this name and agrees.
pub async fn confirm(token: Option<&str>, proposal: &str) -> Result<(), Failure> {
    let address = format!("api/consents/{proposal}");
    post(&address, token, &json!({})).await.map(drop)
}

/// The person has not agreed, or no longer does. Where the proxy does not hear of it, the
/// proposal ends after some minutes.
pub async fn withdraw(token: Option<&str>, proposal: &str) {
    let address = format!("api/consents/{proposal}");
    let _ = delete(&address, token).await;
}

/// Of the whole request as the proxy gets it; null where the browser can't make one, and then
/// the proxy refuses.
async fn hash(to: Destination<'_>, request: &HttpRequest) -> Result<Value, Failure> {
    let headers = proxy::headers(request)?;
    let path = format!("/{}", proxy::address(to, request));
    let body = match &request.file {
        Some(file) => file.sha_256(),
        None => digest::sha_256(&request.body).await,
    };
    let Some(body) = body else {
        return Ok(Value::Null);
    };
    let text = consent::text(&request.method, &path, headers, &body);
    Ok(digest::sha_256(text.as_bytes()).await.into())
}
