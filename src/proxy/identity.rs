//! Whose credentials these are, as STS tells it.

use crate::credentials::Credentials;
use crate::failure::{Failure, Sent};
use crate::hash::sha256_hex;
use crate::http::header::CONTENT_TYPE;
use crate::http::{HeaderValue, Method, StatusCode};
use crate::limits;
use crate::sending::Unsigned;
use crate::xml;
use formsmith_wire::Code;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

const LOOK: &str = "Check which credentials the proxy uses, that they are still valid and that the \
                    network works, then ask again.";

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
const QUESTION: &str = "Action=GetCallerIdentity&Version=2011-06-15";

/// Who the credentials stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    Caller {
        account: String,
        arn: String,
    },
    /// There are credentials, and STS did not tell whose.
    Unknown {
        /// Tells one pair of keys from another, and not what it is.
        label: String,
        why: Failure,
    },
}

impl Identity {
    pub fn unknown(credentials: &Credentials, why: Failure) -> Self {
        // The question changes nothing, whatever became of it.
        let why = Failure {
            action: LOOK.into(),
            sent: Sent::No,
            ..why
        };
        let hash = sha256_hex(&[credentials.access_key_id().as_bytes()]);
        Self::Unknown {
            label: format!("unknown-{}", &hash[..8]),
            why,
        }
    }

    /// What a review was for.
    pub fn label(&self) -> &str {
        match self {
            Self::Caller { arn, .. } => arn,
            Self::Unknown { label, .. } => label,
        }
    }

    pub fn to_json(&self) -> Value {
        match self {
            Self::Caller { account, arn } => json!({
                "label": arn,
                "account": account,
                "arn": arn,
            }),
            Self::Unknown { label, why } => json!({ "label": label, "error": why.to_json() }),
        }
    }
}

/// What STS is asked.
pub fn question() -> Unsigned {
    Unsigned {
        method: Method::POST,
        path: "/".into(),
        headers: vec![(CONTENT_TYPE, HeaderValue::from_static(FORM))],
        body: QUESTION.into(),
        body_hash: sha256_hex(&[QUESTION.as_bytes()]),
        wants_file: false,
    }
}

/// What STS answered: the account and the ARN of the caller.
pub fn read(body: &[u8]) -> Option<Identity> {
    let at = |name| ["GetCallerIdentityResponse", "GetCallerIdentityResult", name];
    let [account, arn] = xml::texts(body, [&at("Account"), &at("Arn")]);
    Some(Identity::Caller {
        account: plain(&account?)?,
        arn: plain(&arn?)?,
    })
}

pub fn not_told(code: Option<&str>) -> Failure {
    Failure::upstream(
        Code::IdentityNotTold,
        match code {
            Some(code) => format!("AWS STS refused to identify the account: {code}."),
            None => "AWS STS did not identify the account.".into(),
        },
        LOOK,
    )
}

/// Both are shown and sent back in a header.
fn plain(text: &str) -> Option<String> {
    let word = text.trim();
    let is_plain = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain.then(|| word.to_owned())
}

pub fn told_nothing_in(limit: Duration) -> Failure {
    Failure::new(
        StatusCode::GATEWAY_TIMEOUT,
        Code::IdentityNotTold,
        format!(
            "AWS STS did not identify the account within {} seconds.",
            limit.as_secs()
        ),
        LOOK,
    )
}

/// What STS last said, and of which key.
#[derive(Debug, Default)]
pub struct Known(Mutex<Option<(String, Instant, Arc<Identity>)>>);

impl Known {
    /// AWS no longer takes the key, so it stands for nobody.
    pub async fn forget(&self) {
        *self.0.lock().await = None;
    }

    /// What STS last said of this key, or, where it has not been asked or still is, which key it
    /// is: nobody waits.
    pub fn last(&self, credentials: &Credentials) -> Arc<Identity> {
        let last = self.0.try_lock().ok();
        let last = last.as_deref().and_then(Option::as_ref);
        match last.filter(|(key, _, _)| key == credentials.access_key_id()) {
            Some((_, _, identity)) => identity.clone(),
            None => Arc::new(Identity::unknown(credentials, not_told(None))),
        }
    }

    /// The identity of a key. Requests that come together ask once; a failure to learn it is
    /// remembered for a while, unless `anew`.
    pub async fn get(
        &self,
        credentials: &Credentials,
        anew: bool,
        ask: impl AsyncFnOnce() -> Result<Identity, Failure>,
    ) -> Result<Arc<Identity>, Failure> {
        let came = Instant::now();
        let mut last = self.0.lock().await;
        if let Some((key, at, identity)) = last.as_ref()
            && key == credentials.access_key_id()
        {
            let is_good = match **identity {
                Identity::Caller { .. } => true,
                // What others learned while this one waited is new enough.
                Identity::Unknown { .. } => {
                    *at >= came || (!anew && at.elapsed() < limits::IDENTITY_UNKNOWN_TIME)
                }
            };
            if is_good {
                return Ok(identity.clone());
            }
        }
        let identity = Arc::new(Box::pin(ask()).await?);
        let key = credentials.access_key_id().to_owned();
        *last = Some((key, Instant::now(), identity.clone()));
        Ok(identity)
    }
}
