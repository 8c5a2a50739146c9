//! Services and operations, with the facts a client asks for most.

use super::{EndpointRule, Paginated, ShapeId, Traits, WireTraits};
use crate::class::Class;
use crate::curated::HEADERS;
use crate::protocol::Codec;

#[derive(Debug)]
pub struct Service {
    pub id: ShapeId,
    /// The API version, such as `2015-12-10`.
    pub version: String,
    /// In words, such as `Service Catalog`.
    pub title: String,
    /// What the service is known by, here and in AWS's own client: `servicecatalog`. No two
    /// services have the same. Stands in the console's and proxy's paths.
    pub name: String,
    /// Stands in the endpoint's host; several services may have the same.
    pub endpoint_prefix: String,
    /// What AWS's SDKs name their clients after, such as `Service Catalog`.
    pub sdk_id: String,
    /// The service name in the credential scope.
    pub signing_name: String,
    /// What the service's actions in a policy begin with.
    pub iam_prefix: String,
    /// What its operations leave out that answer page by page.
    pub paginated: Option<Paginated>,
    pub protocol: Protocol,
    /// The code for that protocol, where the model is not built in.
    pub codec: Option<Codec>,
    /// What the protocol calls the service: in `X-Amz-Target`, or in the path of rpcv2Cbor.
    pub target_prefix: String,
    /// What changes the bytes of all its operations.
    pub wire: WireTraits,
    pub endpoint: EndpointRule,
    pub operations: Vec<Operation>,
}

#[derive(Debug)]
pub struct Operation {
    pub id: ShapeId,
    /// What it can do, as far as its model or [`Model::classify`](super::Model::classify) says.
    pub class: Class,
    pub input: Option<ShapeId>,
    pub output: Option<ShapeId>,
    pub errors: Vec<ShapeId>,
    /// Members of its output that name failures, by what their names and shapes tell; or lists,
    /// and behind a dot the member of an item that only a failure has; with nothing behind the dot
    /// a structure, which is one failure.
    pub failures: Vec<String>,
    /// The names of the waiters that ask it: what can be waited for with it ([`crate::waiter`]).
    pub waiters: Vec<String>,
    pub traits: Traits,
}

/// How requests and responses are written. Of several that a service speaks, AWS's own client
/// prefers the one that stands last here (`PRIORITY_ORDERED_SUPPORTED_PROTOCOLS` of botocore).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    Ec2Query,
    AwsQuery,
    RpcV2Cbor,
    RestXml,
    RestJson1,
    AwsJson1_0,
    AwsJson1_1,
}

impl Service {
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.name() == name)
    }

    /// The value of `X-Amz-Target` for an operation; `None` where the protocol has no such header.
    pub fn target(&self, operation: &Operation) -> Option<String> {
        match self.protocol {
            Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
                Some(format!("{}.{}", self.target_prefix, operation.name()))
            }
            _ => None,
        }
    }

    /// A header that an operation's requests need and no model says, as AWS's own clients have it.
    pub fn header(&self, operation: &Operation) -> Option<(&'static str, &str)> {
        let mut headers = HEADERS.iter();
        let is_its = |of: &str| of.is_empty() || of == operation.name();
        let [.., name, value] =
            headers.find(|[service, of, ..]| *service == self.sdk_id && is_its(of))?;
        Some(match *value {
            "{apiVersion}" => (name, &self.version),
            value => (name, value),
        })
    }

    /// The operation that a value of `X-Amz-Target` names.
    pub fn targeted(&self, target: &str) -> Option<&Operation> {
        let name = target
            .strip_prefix(self.target_prefix.as_str())?
            .strip_prefix('.')?;
        let mut operations = self.operations.iter();
        operations.find(|operation| operation.name() == name)
    }
}

impl Operation {
    pub fn name(&self) -> &str {
        self.id.name()
    }

    /// The title in the person's words, or the operation's name.
    pub fn title(&self) -> String {
        match &self.traits.label {
            Some(label) if !label.title.is_empty() => label.title.clone(),
            _ => super::in_words(self.name()),
        }
    }
}

impl Protocol {
    const ALL: [Self; 7] = [
        Self::Ec2Query,
        Self::AwsQuery,
        Self::RpcV2Cbor,
        Self::RestXml,
        Self::RestJson1,
        Self::AwsJson1_0,
        Self::AwsJson1_1,
    ];

    /// Do members stand where HTTP binding traits put them?
    pub fn is_rest(self) -> bool {
        matches!(self, Self::RestJson1 | Self::RestXml)
    }

    /// Is a body JSON?
    pub fn is_json(self) -> bool {
        matches!(self, Self::AwsJson1_0 | Self::AwsJson1_1 | Self::RestJson1)
    }

    /// The trait of a service that stands for it.
    pub fn trait_id(self) -> &'static str {
        match self {
            Self::AwsJson1_0 => "aws.protocols#awsJson1_0",
            Self::AwsJson1_1 => "aws.protocols#awsJson1_1",
            Self::RestJson1 => "aws.protocols#restJson1",
            Self::RestXml => "aws.protocols#restXml",
            Self::AwsQuery => "aws.protocols#awsQuery",
            Self::Ec2Query => "aws.protocols#ec2Query",
            Self::RpcV2Cbor => "smithy.protocols#rpcv2Cbor",
        }
    }

    /// The protocol that a trait of a service stands for.
    pub fn of_trait(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.trait_id() == id)
    }

    /// The type of a body that holds the members of an input.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson1_0 => "application/x-amz-json-1.0",
            Self::AwsJson1_1 => "application/x-amz-json-1.1",
            Self::RestJson1 => "application/json",
            Self::RestXml => "application/xml",
            Self::AwsQuery | Self::Ec2Query => "application/x-www-form-urlencoded; charset=utf-8",
            Self::RpcV2Cbor => "application/cbor",
        }
    }
}
