//! How a request reaches a service that answers: through the local proxy, or the sandbox
//! inside this page.

mod proxy;
mod sandbox;

pub use proxy::{ProxyTarget, targets};

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
    /// The answer is a redirection; the browser doesn't tell where to.
    Redirect,
    /// The page's sandbox could not be loaded.
    SandboxMissing,
    /// The proxy itself refused or failed: its code and its sentence.
    Proxy { code: String, message: String },
}

impl Transport {
    /// Sends once; nothing here ever sends again.
    pub async fn send(
        &self,
        service: &str,
        region: &str,
        request: &HttpRequest,
    ) -> Result<HttpResponse, TransportFailure> {
        match self {
            Self::Proxy { token } => proxy::send(token.as_deref(), service, region, request).await,
            Self::Sandbox => sandbox::send(request).await,
        }
    }
}
