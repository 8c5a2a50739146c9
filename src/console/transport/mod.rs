//! How a request reaches a service that answers: through the local proxy, or the sandbox
//! inside this page.

mod consent;
mod documents;
pub mod elsewhere;
mod explain;
mod fetch;
mod files;
mod own;
mod proxy;
mod sandbox;
mod scenario;
mod session;
pub mod sign_in;
mod status;

pub use consent::{confirm, propose, withdraw};
pub use documents::document;
pub use explain::refusal;
pub use files::Files;
pub use scenario::{Offer, Scenario};
pub use session::{Opened, Pass, new_ticket};
pub use status::{Profile, ProxyTarget, Status, VERSION, status, target};

use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::model::Protocol;
use formsmith_run::Failure;

/// What a request asks for, and where.
#[derive(Clone, Copy)]
pub struct Destination<'a> {
    pub service: &'a str,
    pub operation: &'a str,
    pub protocol: Protocol,
    pub region: &'a str,
    /// The one of the proxy's profiles that signs, where it is named.
    pub profile: Option<&'a str>,
}

/// Who answers a request.
#[derive(Clone)]
pub enum Transport {
    Proxy {
        /// Travels in `X-Formsmith-Token`; the proxy asks for it before it signs.
        token: Option<String>,
    },
    Sandbox,
}

impl Transport {
    /// Sends once; nothing here ever sends again. The proxy asks for the name of a consent before
    /// it signs what changes something.
    pub async fn send(
        &self,
        to: Destination<'_>,
        request: &HttpRequest,
        consent: Option<&str>,
        files: &Files,
    ) -> Result<HttpResponse, Failure> {
        match self {
            Self::Proxy { token } => {
                proxy::send(token.as_deref(), to, request, consent, files).await
            }
            Self::Sandbox => sandbox::send(Some(to), request).await,
        }
    }
}
