//! Which functions a protocol's requests are written and its responses read with.
//!
//! A model that is loaded refers to its own protocol's, and nothing else does. So a page can fetch
//! the code for XML and CBOR with the first model that needs it.

#[cfg(feature = "cbor")]
use super::rpc_v2_cbor;
use super::{Answer, Call, NotSendable, NotUnderstood, aws_json, checksum, clients, rest_json};
#[cfg(feature = "xml")]
use super::{aws_query, ec2_query, rest_xml};
use crate::http::{HttpRequest, HttpResponse};
use crate::model::Protocol;
use serde_json::Value;

type Request = for<'a> fn(Call<'a>, &Value) -> Result<HttpRequest, NotSendable>;
type Response = for<'a> fn(Call<'a>, &HttpResponse) -> Result<Answer, NotUnderstood>;
type Amend = for<'a> fn(Call<'a>, &Value) -> Option<Value>;
type AddChecksum = for<'a> fn(Call<'a>, &Value, &mut HttpRequest) -> Result<(), NotSendable>;

#[derive(Debug, Clone, Copy)]
pub struct Codec {
    /// What is sent in the place of an input; `None` where it is sent as it is.
    pub(super) amend: Amend,
    pub(super) request: Request,
    pub(super) response: Response,
    pub(super) add_checksum: AddChecksum,
}

impl Codec {
    /// What the built-in models need: the JSON protocols, without checksums. None for others.
    pub(crate) fn built_in(protocol: Protocol) -> Option<Self> {
        let (request, response): (Request, Response) = match protocol {
            Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => (aws_json::request, aws_json::response),
            Protocol::RestJson1 => (rest_json::request, rest_json::response),
            _ => return None,
        };
        Some(Self {
            amend: |_, _| None,
            request,
            response,
            add_checksum: checksum::refuse,
        })
    }

    /// Any protocol that the crate's features cover.
    pub(crate) fn any(protocol: Protocol) -> Option<Self> {
        let (request, response): (Request, Response) = match protocol {
            #[cfg(feature = "xml")]
            Protocol::RestXml => (rest_xml::request, rest_xml::response),
            #[cfg(feature = "xml")]
            Protocol::AwsQuery => (aws_query::request, aws_query::response),
            #[cfg(feature = "xml")]
            Protocol::Ec2Query => (ec2_query::request, ec2_query::response),
            #[cfg(feature = "cbor")]
            Protocol::RpcV2Cbor => (rpc_v2_cbor::request, rpc_v2_cbor::response),
            _ => {
                let Self {
                    request, response, ..
                } = Self::built_in(protocol)?;
                (request, response)
            }
        };
        Some(Self {
            amend: clients::amend,
            request,
            response,
            add_checksum: checksum::add,
        })
    }
}
