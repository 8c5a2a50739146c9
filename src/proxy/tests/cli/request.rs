//! What the console would send.

use crate::endpoint::ARN;
use crate::running::Running;
use formsmith_api::model::{Model, Protocol};
use formsmith_proxy::consent;

/// The first operation of the embedded models that is asked for by method and path: one that
/// changes something.
pub struct Change {
    method: String,
    path: String,
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
            method: http.method.clone(),
            path: format!("/api/{}/us-east-1{}", service.endpoint_prefix, http.uri),
        }
    }

    pub fn consent(&self) -> String {
        consent::hash(&self.method, &self.path, "", b"{}")
    }

    /// Reviewed in this name, with this token.
    pub fn bytes(&self, proxy: &Running, token: &str, identity: &str) -> String {
        format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {token}\r\n\
             X-Formsmith-Consent: {}\r\nX-Formsmith-Identity: {identity}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}",
            self.method,
            self.path,
            proxy.host,
            self.consent()
        )
    }
}

/// The change, as a person with the right token reviewed it.
pub fn reviewed(proxy: &Running) -> String {
    Change::new().bytes(proxy, &proxy.token, ARN)
}
