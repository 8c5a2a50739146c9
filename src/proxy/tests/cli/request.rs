//! What the console would send.

use crate::running::Running;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Protocol};
use formsmith_proxy::consent::request_hash;
use formsmith_proxy::hash::sha256_hex;
use serde_json::{Value, json};

/// The first operation of the embedded models that is asked for by method and path: one that
/// changes something.
pub struct Change {
    request: HttpRequest,
    prefix: String,
    service: String,
}

impl Change {
    pub fn new() -> Self {
        let model = Model::embedded().unwrap();
        let mut services = model.services().iter();
        let service = services
            .find(|service| service.protocol == Protocol::RestJson1)
            .unwrap();
        let http = service.operations[0].traits.http.as_ref().unwrap();
        Self {
            request: HttpRequest {
                host_prefix: String::new(),
                method: http.method.clone(),
                path: http.uri.clone(),
                headers: vec![("Content-Type".into(), "application/json".into())],
                body: b"{}".to_vec(),
                file: None,
            },
            prefix: format!("/api/{}/us-east-1", service.name),
            service: service.name.clone(),
        }
    }

    fn path(&self) -> String {
        format!("{}{}", self.prefix, self.request.path)
    }

    pub fn hash(&self) -> String {
        let headers = self.request.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        let body = sha256_hex(&[&self.request.body]);
        let hash = request_hash(&self.request.method, &self.path(), headers, &body);
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What is asked before the review.
    pub fn proposal(&self, proxy: &Running) -> String {
        self.proposal_of(proxy, "one")
    }

    /// The same, for one request or for two attempts at it.
    fn proposal_of(&self, proxy: &Running, kind: &str) -> String {
        let proposal = json!({
            "kind": kind,
            "attempts": 2,
            "service": self.service,
            "region": "us-east-1",
            "method": self.request.method,
            "path": self.request.path,
            "target": null,
            "hash": self.hash(),
        });
        post(proxy, "/api/consents", &proposal)
    }

    /// With this token and this consent.
    pub fn bytes(&self, proxy: &Running, token: &str, consent: &str) -> String {
        format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {token}\r\n\
             X-Formsmith-Consent: {consent}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
            self.request.method,
            self.path(),
            proxy.host,
        )
    }
}

/// The change, as a person with the right token has reviewed it.
pub fn reviewed(proxy: &Running) -> String {
    reviewed_as(proxy, "one")
}

/// The same, agreed to as a request or as a run.
pub fn reviewed_as(proxy: &Running, kind: &str) -> String {
    let change = Change::new();
    let proposed = body(&proxy.send(&change.proposal_of(proxy, kind)));
    let id = proposed["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{proposed}"));
    let confirmation = post(proxy, &format!("/api/consents/{id}"), &json!({}));
    let confirmed = body(&proxy.send(&confirmation));
    assert_eq!(confirmed["confirmed"], true, "{confirmed}");
    change.bytes(proxy, &proxy.token, id)
}

/// The JSON of an answer.
pub fn body(answer: &str) -> Value {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

fn post(proxy: &Running, path: &str, body: &Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        proxy.host,
        proxy.token,
        body.len()
    )
}
