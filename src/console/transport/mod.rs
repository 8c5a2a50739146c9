//! How a request reaches a service that answers: through the local proxy, or the sandbox
//! inside this page.

mod consent;
mod documents;
mod fetch;
mod own;
mod proxy;
mod sandbox;
mod scenario;
mod session;
mod status;

pub use consent::{confirm, propose, withdraw};
pub use documents::document;
pub use scenario::{Offer, Scenario};
pub use session::{Opened, Pass, new_ticket};
pub use status::{ProxyTarget, Status, VERSION, status, target};

use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_run::Failure;

/// Where a request goes.
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
        service: &str,
        region: &str,
        request: &HttpRequest,
        consent: Option<&str>,
    ) -> Result<HttpResponse, Failure> {
        match self {
            Self::Proxy { token } => {
                proxy::send(token.as_deref(), service, region, request, consent).await
            }
            Self::Sandbox => sandbox::send(request).await,
        }
    }
}
