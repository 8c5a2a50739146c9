//! Which functions a protocol's requests are written and its responses read with.
//!
//! A model from outside refers to the code of its own protocol, and nothing else does. So a page can
//! fetch the code for checksums with the first such model, and that for XML or CBOR with the first
//! that needs it. What the built-in models need is reached by writing and by reading alone, so that
//! who only writes has no reader.

#[cfg(feature = "cbor")]
use super::rpc_v2_cbor;
use super::{Answer, not_sendable};
use super::{Call, NotSendable, NotUnderstood, aws_json, clients, rest_json};
#[cfg(feature = "xml")]
use super::{aws_query, ec2_query, rest_xml};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::Protocol;
use serde_json::Value;

type Request = for<'a> fn(Call<'a>, &Value) -> Result<HttpRequest, NotSendable>;
type Response = for<'a> fn(Call<'a>, &HttpResponse) -> Result<Answer, NotUnderstood>;
type Amend = for<'a> fn(Call<'a>, &Value) -> Option<Value>;
type Finish = for<'a> fn(Call<'a>, &Value, &mut HttpRequest) -> Result<(), NotSendable>;

/// The code for the protocol of a model that is not built in.
#[derive(Debug, Clone, Copy)]
pub struct Codec {
    amend: Amend,
    request: Request,
    response: Response,
    finish: Finish,
}

/// Gives the code for a protocol, where there is one.
pub type Codecs = fn(Protocol) -> Option<Codec>;

impl Codec {
    /// Of any protocol; none where the crate was built without it.
    pub fn of(protocol: Protocol) -> Option<Self> {
        let others = || Self::xml(protocol).or_else(|| Self::cbor(protocol));
        Self::json(protocol).or_else(others)
    }

    /// Of protocols whose bodies are JSON.
    pub fn json(protocol: Protocol) -> Option<Self> {
        match protocol {
            Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
                Some(Self::new(aws_json::request, aws_json::response))
            }
            Protocol::RestJson1 => Some(Self::new(rest_json::request, rest_json::response)),
            _ => None,
        }
    }

    /// Of protocols that answer in XML.
    pub fn xml(protocol: Protocol) -> Option<Self> {
        match protocol {
            #[cfg(feature = "xml")]
            Protocol::RestXml => Some(Self::new(rest_xml::request, rest_xml::response)),
            #[cfg(feature = "xml")]
            Protocol::AwsQuery => Some(Self::new(aws_query::request, aws_query::response)),
            #[cfg(feature = "xml")]
            Protocol::Ec2Query => Some(Self::new(ec2_query::request, ec2_query::response)),
            _ => None,
        }
    }

    /// Of the protocol whose bodies are CBOR.
    pub fn cbor(protocol: Protocol) -> Option<Self> {
        match protocol {
            #[cfg(feature = "cbor")]
            Protocol::RpcV2Cbor => Some(Self::new(rpc_v2_cbor::request, rpc_v2_cbor::response)),
            _ => None,
        }
    }

    fn new(request: Request, response: Response) -> Self {
        Self {
            amend: clients::amend,
            request,
            response,
            finish: clients::finish,
        }
    }
}

/// What is sent in the place of an input; `None` where it is sent as it is.
pub fn amend(call: Call<'_>, input: &Value) -> Option<Value> {
    (call.service.codec.as_ref()?.amend)(call, input)
}

pub fn request(call: Call<'_>, input: &Value) -> Result<HttpRequest, NotSendable> {
    match (&call.service.codec, call.service.protocol) {
        (Some(codec), _) => (codec.request)(call, input),
        (None, Protocol::RestJson1) => rest_json::request(call, input),
        (None, Protocol::AwsJson1_0 | Protocol::AwsJson1_1) => aws_json::request(call, input),
        (None, _) => Err(not_sendable(
            "no code for the protocol of",
            &call.service.name,
        )),
    }
}

pub fn response(call: Call<'_>, response: &HttpResponse) -> Result<Answer, NotUnderstood> {
    match (&call.service.codec, call.service.protocol) {
        (Some(codec), _) => (codec.response)(call, response),
        (None, Protocol::RestJson1) => rest_json::response(call, response),
        (None, _) => aws_json::response(call, response),
    }
}

/// Adds what stands in the request besides the input: a header, a checksum.
pub fn finish(call: Call<'_>, input: &Value, request: &mut HttpRequest) -> Result<(), NotSendable> {
    match (&call.service.codec, &call.operation.traits.wire.checksum) {
        (Some(codec), _) => (codec.finish)(call, input, request),
        (None, None) => Ok(()),
        (None, Some(_)) => Err(not_sendable("no checksum of", call.operation.name())),
    }
}
