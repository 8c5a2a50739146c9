//! The person's word that a request may be signed.

use super::proxy;
use crate::browser::digest;
use formsmith_api::consent;
use formsmith_api::http::HttpRequest;

/// A person has reviewed one request and said yes to it. The review makes it, and nothing else.
pub struct Consent {
    /// Of the request; none where the browser can't make one, and then the proxy refuses.
    pub(super) hash: Option<String>,
    pub(super) identity: String,
}

impl Consent {
    /// For exactly this request; `identity` is the label of whose credentials were reviewed.
    pub async fn given(
        service: &str,
        region: &str,
        request: &HttpRequest,
        identity: String,
    ) -> Self {
        let path = format!("/{}", proxy::address(service, region, request));
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        let hash = match digest::sha_256(&request.body).await {
            Some(body) => {
                let text = consent::text(&request.method, &path, headers, &body);
                digest::sha_256(text.as_bytes()).await
            }
            None => None,
        };
        Self { hash, identity }
    }
}
