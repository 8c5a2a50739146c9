//! How a request reaches a service that answers: through the local proxy, or the sandbox
//! inside this page.

mod consent;
mod fetch;
mod models;
mod own;
mod proxy;
mod sandbox;
mod scenario;
mod session;
mod status;

pub use consent::{Consent, Proposal};
pub use models::model_document;
pub use proxy::ProxyFailure;
pub use scenario::{Offer, Scenario};
pub use session::{Opened, Pass, new_ticket};
pub use status::{Identity, ProxyTarget, Status, VERSION, status, target};

use formsmith_api::http::{HttpRequest, HttpResponse};

/// Where a request goes.
#[derive(Clone)]
pub enum Transport {
    Proxy {
        /// Travels in `X-Formsmith-Token`; the proxy asks for it before it signs.
        token: Option<String>,
    },
    Sandbox,
}

/// No answer of a service arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportFailure {
    /// The proxy can't be reached, or hung up before it answered.
    Unreachable,
    /// No answer within this many seconds.
    Timeout { seconds: u32 },
    /// The answer's head arrived with this status, its body didn't.
    CutOff { status: u16 },
    /// The connection ended before an answer came.
    Lost,
    /// The answer is a redirection; the browser doesn't tell where to.
    Redirect,
    /// The page's sandbox could not be loaded.
    SandboxMissing,
    /// The person no longer waited for it.
    Stopped,
    /// The proxy itself refused or failed.
    Proxy(ProxyFailure),
}

impl Transport {
    /// Sends once; nothing here ever sends again. The proxy asks for a consent before it signs
    /// what changes something.
    pub async fn send(
        &self,
        service: &str,
        region: &str,
        request: &HttpRequest,
        consent: Option<&Consent>,
    ) -> Result<HttpResponse, TransportFailure> {
        match self {
            Self::Proxy { token } => {
                proxy::send(token.as_deref(), service, region, request, consent).await
            }
            Self::Sandbox => sandbox::send(request).await,
        }
    }
}
