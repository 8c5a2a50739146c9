//! Why no answer of a service arrived.

use crate::json::{optional_text, text};
use formsmith_api::outcome::{Arrival, NotSent};
use formsmith_wire::Code;
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
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
    /// The file that was to be sent is not at hand, or can't be read.
    FileMissing { name: String },
    /// A browser lets no page send the header of this name.
    HeaderForbidden { name: String },
    /// The answer arrived with this status, but its body could not be written to the file.
    NotSaved { status: u16 },
    /// The person no longer waited for it.
    Stopped,
    /// The page was closed before an answer came.
    Interrupted,
    /// The proxy itself refused or failed.
    Proxy(ProxyFailure),
}

/// What the proxy says of itself when there is no answer of a service to pass on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyFailure {
    /// As it came: that of a newer proxy may not be known here.
    pub code: String,
    /// What happened, and what to do: a sentence each, or empty.
    pub message: String,
    pub action: String,
    /// The region that the service says would have answered, or empty.
    pub region: String,
    /// What the person can sign in to so that it works, if that would help.
    pub sign_in: Option<Box<SignIn>>,
    /// Nothing reached AWS, or AWS refused before it did anything. Otherwise nobody knows.
    pub is_undone: bool,
}

/// What a person signs in to: a profile of the proxy's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// None where the proxy has only one, which has no name.
    pub profile: Option<String>,
}

impl ProxyFailure {
    /// Reads what the proxy says.
    #[must_use]
    pub fn read(body: &Value) -> Self {
        Self {
            code: text(body, "code"),
            message: text(body, "message"),
            action: text(body, "action"),
            region: text(body, "region"),
            sign_in: body["signIn"].is_object().then(|| {
                let profile = optional_text(&body["signIn"], "profile");
                Box::new(SignIn { profile })
            }),
            is_undone: body["sent"] == "no",
        }
    }

    /// Is it that this page has no session with the proxy?
    #[must_use]
    pub fn is_of_session(&self) -> bool {
        matches!(
            self.known(),
            Some(
                Code::TokenMissing
                    | Code::TokenWrong
                    | Code::CodeUsed
                    | Code::CodeExpired
                    | Code::CodeWrong
                    | Code::TicketUsed
                    | Code::TicketExpired
                    | Code::TicketWrong
                    | Code::PersonUnknown
            )
        )
    }

    #[must_use]
    pub fn known(&self) -> Option<Code> {
        Code::parse(&self.code)
    }
}

impl Failure {
    /// What the person can sign in to so that it works, if that would help.
    #[must_use]
    pub fn sign_in(&self) -> Option<&SignIn> {
        match self {
            Self::Proxy(failure) => failure.sign_in.as_deref(),
            _ => None,
        }
    }

    /// What it says of the request.
    #[must_use]
    pub fn arrival(&self) -> Arrival<'static> {
        match self {
            Self::SandboxMissing | Self::FileMissing { .. } | Self::HeaderForbidden { .. } => {
                Arrival::NotSent(NotSent::Lasting)
            }
            Self::Redirect | Self::NotSaved { .. } | Self::Stopped | Self::Interrupted => {
                Arrival::Unreadable
            }
            Self::Proxy(failure) if failure.is_undone => {
                Arrival::NotSent(not_sent(failure.known()))
            }
            Self::Proxy(failure) => match failure.known() {
                Some(Code::UpstreamRedirect | Code::UpstreamGarbled | Code::UpstreamTooLarge) => {
                    Arrival::Unreadable
                }
                _ => Arrival::Lost,
            },
            Self::Unreachable | Self::Timeout { .. } | Self::CutOff { .. } | Self::Lost => {
                Arrival::Lost
            }
        }
    }

    /// Says no more than that nobody waited, so that an answer may still come.
    pub(crate) fn is_provisional(&self) -> bool {
        matches!(self, Self::Stopped | Self::Interrupted)
    }

    /// As it is stored.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Unreachable => json!({"kind": "unreachable"}),
            Self::Timeout { seconds } => json!({"kind": "timeout", "seconds": seconds}),
            Self::CutOff { status } => json!({"kind": "cut-off", "status": status}),
            Self::Lost => json!({"kind": "lost"}),
            Self::Redirect => json!({"kind": "redirect"}),
            Self::SandboxMissing => json!({"kind": "sandbox-missing"}),
            Self::FileMissing { name } => json!({"kind": "file-missing", "name": name}),
            Self::HeaderForbidden { name } => json!({"kind": "header-forbidden", "name": name}),
            Self::NotSaved { status } => json!({"kind": "not-saved", "status": status}),
            Self::Stopped => json!({"kind": "stopped"}),
            Self::Interrupted => json!({"kind": "interrupted"}),
            Self::Proxy(failure) => {
                let mut told = json!({
                    "kind": "proxy",
                    "code": failure.code,
                    "message": failure.message,
                    "action": failure.action,
                    "region": failure.region,
                    "sent": if failure.is_undone { "no" } else { "unknown" },
                });
                if let Some(sign_in) = &failure.sign_in {
                    told["signIn"] = json!({ "profile": sign_in.profile });
                }
                told
            }
        }
    }

    /// None for what is no failure of this version.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(match optional_text(value, "kind")?.as_str() {
            "unreachable" => Self::Unreachable,
            "timeout" => Self::Timeout {
                seconds: u32::try_from(value["seconds"].as_u64()?).ok()?,
            },
            "cut-off" => Self::CutOff {
                status: u16::try_from(value["status"].as_u64()?).ok()?,
            },
            "lost" => Self::Lost,
            "redirect" => Self::Redirect,
            "sandbox-missing" => Self::SandboxMissing,
            "file-missing" => Self::FileMissing {
                name: optional_text(value, "name")?,
            },
            "header-forbidden" => Self::HeaderForbidden {
                name: optional_text(value, "name")?,
            },
            "not-saved" => Self::NotSaved {
                status: crate::verdict::status(&value["status"])?,
            },
            "stopped" => Self::Stopped,
            "interrupted" => Self::Interrupted,
            "proxy" => Self::Proxy(ProxyFailure::read(value)),
            _ => return None,
        })
    }
}

/// What the proxy's codes say of a request that it did not send, or that AWS turned away unread.
fn not_sent(code: Option<Code>) -> NotSent {
    match code {
        Some(
            Code::Busy
            | Code::TooManyConnections
            | Code::UpstreamDns
            | Code::UpstreamUnreachable
            | Code::UpstreamConnectTimeout,
        ) => NotSent::Passing,
        Some(
            Code::NoCredentials
            | Code::CredentialsExpired
            | Code::SignInNeeded
            | Code::CredentialsTimeout
            | Code::CredentialsFailed,
        ) => NotSent::Credentials,
        _ => NotSent::Lasting,
    }
}
