//! What the proxy says of itself: who answers behind it, and whose credentials sign.

use super::fetch::{Fetch, Payload};
use super::own::text;
use super::proxy::encoded;
use formsmith_api::json;
use formsmith_run::{Failure, Identity, ProxyFailure};
use formsmith_wire::header;
use serde_json::Value;

/// Without a token there is nothing the proxy would have to ask AWS for.
const BARE_SECONDS: u32 = 3;
/// Longer than the proxy looks for credentials, so that its own account of that arrives first.
const SECONDS: u32 = 40;

/// Who answers behind the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyTarget {
    Sandbox,
    Aws,
}

/// One of those that the proxy may sign with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// None is AWS's default chain.
    pub name: Option<String>,
    /// Those it may be used in, if they are limited.
    pub regions: Option<Vec<String>>,
}

impl Profile {
    fn read(told: &Value) -> Self {
        let regions = told["regions"].as_array().map(|regions| {
            let regions = regions.iter().filter_map(Value::as_str);
            regions.map(str::to_owned).collect()
        });
        Self {
            name: text(told, "name"),
            regions,
        }
    }
}

/// The proxy on this page's origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub target: Option<ProxyTarget>,
    /// Those that may sign; empty where that is not told.
    pub profiles: Vec<Profile>,
    /// What everything is sent to in the place of AWS, if there is such an endpoint.
    pub endpoint: Option<String>,
    /// Of its environment or profile.
    pub region: Option<String>,
    /// Only where the target is AWS.
    pub identity: Option<Identity>,
    pub version: Option<String>,
    /// The origin that is the proxy's own, if it serves the page at one.
    pub origin: Option<String>,
    /// Does that end with this run of the proxy?
    pub is_ephemeral: bool,
    /// What the person should know of the proxy; these are no failures of a request.
    pub warnings: Vec<ProxyFailure>,
}

/// Of this page.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `GET /api/status`, as the proxy tells it; with the right token also profiles, and region and
/// identity of one.
pub async fn status(token: Option<&str>, profile: Option<&str>) -> Result<Value, Failure> {
    let seconds = match token {
        Some(_) => SECONDS,
        None => BARE_SECONDS,
    };
    let address = match profile {
        Some(profile) => format!("api/status?profile={}", encoded(profile)),
        None => "api/status".to_owned(),
    };
    let fetch = Fetch {
        method: "GET",
        address: &address,
        headers: token
            .map(|token| (header::TOKEN, token))
            .into_iter()
            .collect(),
        body: Payload::Bytes(&[]),
        seconds: Some(seconds),
        stop: None,
    };
    let response = fetch.send().await?;
    let status = json::parse(&response.body).unwrap_or_default();
    match status["name"] == "formsmith-proxy" {
        true => Ok(status),
        false => Err(Failure::Unreachable),
    }
}

/// Who answers behind the proxy that told this.
pub fn target(status: &Value) -> Option<ProxyTarget> {
    match status["targets"][0].as_str() {
        Some("sandbox") => Some(ProxyTarget::Sandbox),
        Some("aws") => Some(ProxyTarget::Aws),
        _ => None,
    }
}

impl Status {
    pub fn read(status: &Value) -> Self {
        let target = target(status);
        let signs = target == Some(ProxyTarget::Aws);
        let warnings = status["warnings"].as_array().into_iter().flatten();
        Self {
            target,
            profiles: (status["profiles"].as_array().into_iter().flatten())
                .map(Profile::read)
                .collect(),
            endpoint: text(status, "endpoint"),
            region: text(status, "region"),
            identity: signs.then(|| identity(&status["identity"])),
            version: text(status, "version"),
            origin: text(status, "origin"),
            is_ephemeral: status["ephemeral"] == true,
            warnings: warnings.map(ProxyFailure::read).collect(),
        }
    }
}

pub(super) fn identity(told: &Value) -> Identity {
    let why = || Failure::Proxy(ProxyFailure::read(&told["error"]));
    let parts = ["label", "account", "arn"].map(|name| text(told, name));
    match parts {
        [Some(label), Some(account), Some(arn)] => Identity::Known {
            label,
            account,
            arn,
        },
        [Some(label), ..] => Identity::Unknown { label, why: why() },
        _ => Identity::Missing(why()),
    }
}
