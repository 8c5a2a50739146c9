//! What only a sandbox has: scenarios, and its state as a document.

use super::fetch::{Fetch, Payload};
use super::{Failure, Transport, proxy, sandbox};
use formsmith_api::http::HttpResponse;
use formsmith_api::json;
use serde_json::Value;

const TIMEOUT_SECONDS: u32 = 10;

/// A story to play: the input that shows it. The page has its own words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    pub id: String,
    pub service: String,
    pub operation: String,
    pub input: Value,
}

/// What a sandbox offers to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub scenarios: Vec<Scenario>,
    /// Faults that an input can ask for: the name of each, and what it does.
    pub faults: Vec<(String, String)>,
}

impl Scenario {
    fn read(told: &Value) -> Option<Self> {
        let text = |name: &str| Some(told[name].as_str()?.to_owned());
        Some(Self {
            id: text("id")?,
            service: text("service")?,
            operation: text("operation")?,
            input: told["input"].clone(),
        })
    }
}

impl Transport {
    pub async fn offer(&self) -> Result<Offer, Failure> {
        let told = self.ask("GET", "/_scenarios", "").await?.body;
        let told = json::parse(&told).unwrap_or_default();
        let list = |name: &str| told[name].as_array().into_iter().flatten();
        let fault = |fault: &Value| {
            let text = |name: &str| Some(fault[name].as_str()?.to_owned());
            Some((text("name")?, text("what")?))
        };
        Ok(Offer {
            scenarios: list("scenarios").filter_map(Scenario::read).collect(),
            faults: list("faults").filter_map(fault).collect(),
        })
    }

    /// The sandbox begins anew, as the scenario has it.
    pub async fn begin(&self, scenario: &Scenario) -> Result<(), Failure> {
        let path = format!("/_scenarios/{}", scenario.id);
        self.ask("POST", &path, "").await.map(drop)
    }

    pub async fn reset_sandbox(&self) -> Result<(), Failure> {
        self.ask("POST", "/_reset", "").await.map(drop)
    }

    pub async fn saved_sandbox(&self) -> Result<String, Failure> {
        let state = self.ask("GET", "/_state", "").await?.body;
        Ok(String::from_utf8_lossy(&state).into_owned())
    }

    /// Brings back a saved state; the sandbox's sentence if it doesn't take it.
    pub async fn load_sandbox(&self, state: &str) -> Result<Result<(), String>, Failure> {
        let answer = self.exchange("PUT", "/_state", state).await?;
        if answer.status < 300 {
            return Ok(Ok(()));
        }
        let why = json::parse(&answer.body).unwrap_or_default();
        Ok(Err(why["message"].as_str().unwrap_or_default().to_owned()))
    }

    /// The answer, if it is the sandbox's and a good one.
    async fn ask(&self, method: &str, path: &str, body: &str) -> Result<HttpResponse, Failure> {
        let answer = self.exchange(method, path, body).await?;
        match answer.status {
            200..300 => Ok(answer),
            _ => Err(Failure::SandboxMissing),
        }
    }

    async fn exchange(
        &self,
        method: &str,
        path: &str,
        body: &str,
    ) -> Result<HttpResponse, Failure> {
        let fetch = Fetch {
            method,
            address: &format!("sandbox{path}"),
            headers: Vec::new(),
            body: Payload::Bytes(body.as_bytes()),
            seconds: Some(TIMEOUT_SECONDS),
            stop: None,
        };
        match self {
            Self::Proxy { .. } => proxy::understood(fetch.send().await?),
            Self::Sandbox => {
                let request = sandbox::own(method, path, body.as_bytes());
                sandbox::send(None, &request).await
            }
        }
    }
}
