//! The person's word that a request may be signed: the proxy proposes, the person confirms.

use super::own::{delete, post, text};
use super::status::identity;
use super::{Identity, TransportFailure, proxy};
use crate::browser::digest;
use formsmith_api::http::HttpRequest;
use formsmith_wire::consent;
use serde_json::{Value, json};

/// What the proxy makes of one request, before anybody has agreed to it. Only this very request
/// can be sent with the consent that comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    id: String,
    /// Where the request would go, and the region it would be signed for.
    pub host: String,
    pub signing_region: String,
    /// What it would do: `read` or `write`.
    pub class: String,
    /// How often it may be sent, until the service answers that it is done.
    pub attempts: u64,
    /// In whose name.
    pub identity: Identity,
}

/// A person has reviewed one request and said yes to it. Only a proposal that was confirmed
/// becomes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub(super) id: String,
    /// Whose resources the person agreed to change, where that is known.
    pub account: Option<String>,
}

impl Proposal {
    /// For one request, sent at most so many times.
    pub async fn of(
        token: Option<&str>,
        service: &str,
        region: &str,
        request: &HttpRequest,
        attempts: usize,
    ) -> Result<Self, TransportFailure> {
        let body = json!({
            "kind": "run",
            "service": service,
            "region": region,
            "method": request.method,
            "path": request.path,
            "target": request.header("X-Amz-Target"),
            "hash": hash(service, region, request).await,
            "attempts": attempts,
        });
        let told = post("api/consents", token, &body).await?;
        let part = |name: &str| text(&told, name).unwrap_or_default();
        Ok(Self {
            id: part("id"),
            host: part("host"),
            signing_region: part("signingRegion"),
            class: part("class"),
            attempts: told["attempts"].as_u64().unwrap_or(1),
            identity: identity(&told["identity"]),
        })
    }

    /// The person has read it and agrees.
    pub async fn confirm(&self, token: Option<&str>) -> Result<Consent, TransportFailure> {
        let address = format!("api/consents/{}", self.id);
        post(&address, token, &json!({})).await?;
        Ok(Consent {
            id: self.id.clone(),
            account: self.account().map(str::to_owned),
        })
    }

    /// The person has not agreed, or no longer does. Where the proxy does not hear of it, the
    /// proposal ends after some minutes.
    pub async fn withdraw(&self, token: Option<&str>) {
        let address = format!("api/consents/{}", self.id);
        let _ = delete(&address, token).await;
    }

    pub fn account(&self) -> Option<&str> {
        match &self.identity {
            Identity::Known { account, .. } => Some(account),
            _ => None,
        }
    }
}

/// Of the whole request as the proxy gets it; null where the browser can't make one, and then
/// the proxy refuses.
async fn hash(service: &str, region: &str, request: &HttpRequest) -> Value {
    let path = format!("/{}", proxy::address(service, region, request));
    let Some(body) = digest::sha_256(&request.body).await else {
        return Value::Null;
    };
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    let text = consent::text(&request.method, &path, headers, &body);
    digest::sha_256(text.as_bytes()).await.into()
}
