//! What comes of a response, and errors as all protocols have them.

use super::{Call, error_name};
use crate::http::HttpResponse;
use crate::model::Shape;
use serde_json::{Map, Value};

/// What the service said.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The output; an empty body is an output without members.
    Output(Map<String, Value>),
    Error(ServiceError),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ServiceError {
    /// The bare shape name, or the code that the service has for it; `None` when the response has
    /// neither.
    pub name: Option<String>,
    pub message: Option<String>,
    pub status: u16,
    /// Members besides the message, those that arrive in headers included.
    pub members: Map<String, Value>,
    /// Is the error one the operation's model lists?
    pub is_modeled: bool,
}

/// A response that isn't one of the protocol's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotUnderstood {
    /// The body isn't JSON; where it departs from it.
    NotJson { line: usize, column: usize },
    /// The body isn't what the protocol has instead of JSON.
    NotInFormat(Format),
    /// The body ends in the middle.
    CutOff,
    /// The body is JSON and not the object that was expected.
    NotAnObject,
    /// A member of the output has another type than the model's.
    WrongType {
        member: String,
        expected: &'static str,
    },
    /// A redirection, which AWS's services don't send.
    Redirect { status: u16 },
    /// The status says error and nothing in the response names one.
    NoErrorName { status: u16 },
}

/// What a body should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Xml,
    Cbor,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Xml, Self::Cbor];

    pub fn name(self) -> &'static str {
        match self {
            Self::Xml => "XML",
            Self::Cbor => "CBOR",
        }
    }
}

/// An error as it was found in a response, before the model is asked for it.
pub struct Found {
    pub name: Option<String>,
    /// The members, message and name included.
    pub members: Map<String, Value>,
}

pub fn is_success(response: &HttpResponse) -> bool {
    (200..300).contains(&response.status)
}

/// The error of a response; `read` makes members of what was found.
pub fn error(
    call: Call<'_>,
    response: &HttpResponse,
    found: Found,
    read: impl FnOnce(&Shape, Map<String, Value>) -> Map<String, Value>,
) -> Result<Answer, NotUnderstood> {
    let status = response.status;
    let name = found.name.ok_or(NotUnderstood::NoErrorName { status })?;
    let shape = call.model.error(call.operation, &name);
    let mut members = match shape {
        Some(shape) => read(shape, found.members),
        None => found.members,
    };
    let mut message = None;
    for told in ["Message", "message", "errorMessage"] {
        if let Some(text) = members.shift_remove(told) {
            message = message.or(text.as_str().map(str::to_owned));
        }
    }
    // OAuth 2's name for it, which the model has as a member.
    let described = || {
        members
            .get("error_description")?
            .as_str()
            .map(str::to_owned)
    };
    let message = message.or_else(described);
    let is_member = |name| shape.is_some_and(|shape| shape.member(name).is_some());
    for told in error_name::MEMBERS
        .into_iter()
        .filter(|name| !is_member(*name))
    {
        members.shift_remove(told);
    }
    // Formerly errors of awsQuery have the code of that time in a header.
    let former = response.header("x-amzn-query-error");
    let former = former.filter(|_| call.service.wire.query_compatible);
    let former = former
        .and_then(|it| it.split_once(';'))
        .map(|(code, _)| code);
    let former = former.filter(|code| !code.is_empty()).map(str::to_owned);
    Ok(Answer::Error(ServiceError {
        name: Some(former.unwrap_or(name)),
        message,
        status,
        members,
        is_modeled: shape.is_some(),
    }))
}
