//! What the proxy itself answers when there is no answer of a service to pass on.

use crate::body::{self, Response};
use crate::credentials::Kind;
use crate::http::header::{CONNECTION, RETRY_AFTER};
use crate::http::{HeaderName, HeaderValue, StatusCode};
use formsmith_api::class::Class;
use formsmith_wire::{Code, header};
use serde_json::json;

/// Marks an answer as the proxy's own and carries its code.
pub const ERROR_HEADER: HeaderName = HeaderName::from_static(header::ERROR);

/// May the request have been carried out?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It did not reach its service, or was turned away before anything was done.
    No,
    Unknown,
}

/// What an answer of the proxy's own is marked with for those who note how requests end.
#[derive(Debug, Clone, Copy)]
pub struct Failed {
    pub code: Code,
    pub sent: Sent,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub status: StatusCode,
    /// What the console goes by.
    pub code: Code,
    /// What happened: a sentence.
    pub message: String,
    /// What to do about it: a sentence.
    pub action: String,
    pub sent: Sent,
    /// The region that the service says to ask instead.
    pub region: Option<String>,
    /// The class of what was refused for it.
    pub class: Option<Class>,
    /// How a person can mend it, in the page.
    pub sign_in: Option<SignIn>,
}

/// What a person can sign in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub profile: Option<String>,
    pub kind: Kind,
}

impl Failure {
    pub fn new(
        status: StatusCode,
        code: Code,
        message: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            action: action.into(),
            sent: Sent::No,
            region: None,
            class: None,
            sign_in: None,
        }
    }

    /// It is told with the class, and with the flag that would allow it.
    pub fn of_class(self, class: Class) -> Self {
        Self {
            class: Some(class),
            ..self
        }
    }

    pub fn bad_request(code: Code, message: impl Into<String>, action: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message, action)
    }

    pub fn forbidden(code: Code, message: impl Into<String>, action: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message, action)
    }

    /// Something behind the proxy failed.
    pub fn upstream(code: Code, message: impl Into<String>, action: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, code, message, action)
    }

    /// The request was on its way when this happened.
    pub fn perhaps_sent(mut self) -> Self {
        self.sent = Sent::Unknown;
        self
    }

    /// The proxy's own code panicked.
    pub fn internal(is_handed_on: bool) -> Self {
        let failure = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "An internal error occurred in the proxy.",
            match is_handed_on {
                true => {
                    "It's not known whether the request was carried out: check the resources before \
                     you send it again. Report what the proxy printed in its terminal."
                }
                false => "Nothing was sent. Report what the proxy printed in its terminal.",
            },
        );
        match is_handed_on {
            true => failure.perhaps_sent(),
            false => failure,
        }
    }

    /// As much as the proxy takes is under way.
    pub fn busy(message: impl Into<String>, action: impl Into<String>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, Code::Busy, message, action)
    }

    pub fn no_randomness() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            Code::Internal,
            "The operating system provided no random bytes.",
            "Try again. If that does not help, restart the computer.",
        )
    }

    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            Code::NotFound,
            "There is nothing at this address.",
            "Open the address that the proxy printed at start.",
        )
    }

    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            Code::MethodNotAllowed,
            "This address doesn't support this method.",
            "Send what the console would send.",
        )
    }

    /// What `/api/status` tells of a failure.
    pub fn to_json(&self) -> serde_json::Value {
        let mut told = json!({
            "code": self.code.as_str(),
            "message": self.message,
            "action": self.action,
            "sent": match self.sent {
                Sent::No => "no",
                Sent::Unknown => "unknown",
            },
        });
        if let Some(region) = &self.region {
            told["region"] = region.as_str().into();
        }
        if let Some(class) = self.class {
            told["class"] = class.word().into();
            told["flag"] = class.flag().into();
        }
        if let Some(sign_in) = &self.sign_in {
            told["signIn"] = json!({
                "profile": sign_in.profile,
                "kind": sign_in.kind.word(),
            });
        }
        told
    }

    pub fn into_response(self) -> Response {
        let mut response = body::json(&self.to_json());
        *response.status_mut() = self.status;
        response.extensions_mut().insert(Failed {
            code: self.code,
            sent: self.sent,
        });
        let headers = response.headers_mut();
        headers.insert(ERROR_HEADER, HeaderValue::from_static(self.code.as_str()));
        match self.status {
            // The rest of a body that was not read must not be taken for the next request.
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT => {
                headers.insert(CONNECTION, HeaderValue::from_static("close"));
            }
            // Whoever comes back soon comes to a connection of its own.
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(CONNECTION, HeaderValue::from_static("close"));
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            StatusCode::TOO_MANY_REQUESTS => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        response
    }
}
