//! Why a file was not passed on to its end. In all of these the service did not get the last of
//! it, except where it was silent after that.

use crate::body::BoxError;
use crate::config::Limits;
use crate::failure::Failure;
use crate::http::StatusCode;
use crate::incoming;
use crate::limits;
use formsmith_wire::Code;

const NOT_STORED: &str = "The service did not get the whole file, so none of it was stored.";

/// What is wrong with what the client sends.
#[derive(Debug, Clone, Copy)]
pub enum Why {
    Mismatch,
    CutOff,
    TooSlow,
    /// The proxy is to end.
    Stopping,
}

impl Why {
    pub fn of(error: &BoxError) -> Self {
        match incoming::is_stopping(error) {
            true => Self::Stopping,
            false => Self::CutOff,
        }
    }

    pub fn into_failure(self, limits: &Limits) -> Failure {
        let (status, code, message, action) = match self {
            Self::Mismatch => (
                StatusCode::BAD_REQUEST,
                Code::FileMismatch,
                "The file that arrived is not the one that was announced: its SHA-256 is different.".into(),
                "Choose the file again, then review and send it again.",
            ),
            Self::CutOff => (
                StatusCode::BAD_REQUEST,
                Code::FileCutOff,
                "The file broke off before its end.".into(),
                "Review and send it again.",
            ),
            // A browser might take a 408 for that of an old connection, and send again.
            Self::TooSlow => (
                StatusCode::BAD_REQUEST,
                Code::FileCutOff,
                format!(
                    "Nothing more of the file arrived for {} seconds.",
                    limits.body.as_secs_f32()
                ),
                "Review and send it again.",
            ),
            Self::Stopping => (
                StatusCode::SERVICE_UNAVAILABLE,
                Code::FileCutOff,
                "The proxy was stopped before the whole file arrived.".into(),
                "Start the proxy again, then review and send the file again.",
            ),
        };
        Failure::new(status, code, message, format!("{NOT_STORED} {action}"))
    }
}

pub fn malformed() -> Failure {
    Failure::bad_request(
        Code::NotSendable,
        "The header with which the request brings or wants a file is malformed, or repeated.",
        "Send what the console would send.",
    )
}

pub fn too_large() -> Failure {
    Failure::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::RequestTooLarge,
        format!(
            "The file is larger than {} bytes, the most the proxy passes on.",
            limits::FILE_BYTES
        ),
        "Use AWS's own tools for a file of this size.",
    )
}

/// The service takes nothing more.
pub fn not_taken(host: &str, limits: &Limits) -> Failure {
    let limit = limits.first_byte.as_secs_f32();
    Failure::new(
        StatusCode::GATEWAY_TIMEOUT,
        Code::FileNotTaken,
        format!("{host} took nothing more of the file for {limit} seconds."),
        format!("{NOT_STORED} Check the network, then review and send it again."),
    )
}

/// The service says that all went well, and has not got what was agreed to.
pub fn answered_early(host: &str, status: StatusCode) -> Failure {
    Failure::upstream(
        Code::FileNotTaken,
        format!(
            "{host} answered (HTTP {}) before the whole file was sent.",
            status.as_u16()
        ),
        "Nobody knows what it stored: check that before you send it again.",
    )
    .perhaps_sent()
}

/// The service has closed the connection without an answer.
pub fn hung_up(host: &str) -> Failure {
    Failure::upstream(
        Code::FileNotTaken,
        format!("The connection to {host} closed before the whole file was sent."),
        format!("{NOT_STORED} Check the network, then review and send it again."),
    )
}

/// The whole file is on its way, and there is no answer.
pub fn no_answer(host: &str, limits: &Limits) -> Failure {
    let limit = limits.file_answer.as_secs_f32();
    Failure::new(
        StatusCode::GATEWAY_TIMEOUT,
        Code::UpstreamFirstByteTimeout,
        format!("{host} was sent the whole file but did not begin to answer within {limit} seconds."),
        "It's not known whether the request was carried out: check the resources before you send it \
         again.",
    )
    .perhaps_sent()
}
