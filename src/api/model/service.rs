//! Services and operations, with the facts a client asks for most.

use super::{EndpointRule, Paginated, ShapeId, Traits};

#[derive(Debug)]
pub struct Service {
    pub id: ShapeId,
    /// The API version, such as `2015-12-10`.
    pub version: String,
    /// In words, such as `Service Catalog`.
    pub title: String,
    /// Stands in the endpoint's host and in the console's and proxy's paths.
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
    pub endpoint: EndpointRule,
    pub operations: Vec<Operation>,
}

#[derive(Debug)]
pub struct Operation {
    pub id: ShapeId,
    pub input: Option<ShapeId>,
    pub output: Option<ShapeId>,
    pub errors: Vec<ShapeId>,
    pub traits: Traits,
}

/// How requests and responses are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    AwsJson1_0,
    AwsJson1_1,
    RestJson1,
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
                Some(format!("{}.{}", self.id.name(), operation.name()))
            }
            Protocol::RestJson1 => None,
        }
    }

    /// The operation that a value of `X-Amz-Target` names.
    pub fn targeted(&self, target: &str) -> Option<&Operation> {
        let name = target.strip_prefix(self.id.name())?.strip_prefix('.')?;
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
            _ => super::shape::in_words(self.name()),
        }
    }
}

impl Protocol {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson1_0 => "application/x-amz-json-1.0",
            Self::AwsJson1_1 => "application/x-amz-json-1.1",
            Self::RestJson1 => "application/json",
        }
    }
}
