//! Traits, read into what the rest of the crate asks for.

use crate::pattern::Pattern;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The traits of one shape or member. A trait that isn't there has its neutral value.
#[derive(Debug, Default)]
pub struct Traits {
    pub documentation: Option<String>,
    pub title: Option<String>,
    pub required: bool,
    pub length: Option<Length>,
    pub range: Option<Range>,
    pub pattern: Option<Pattern>,
    pub unique_items: bool,
    pub idempotency_token: bool,
    pub sensitive: bool,
    pub sparse: bool,
    pub enum_value: Option<String>,
    pub json_name: Option<String>,
    pub timestamp_format: Option<String>,
    pub http: Option<Http>,
    pub http_header: Option<String>,
    pub http_error: Option<u16>,
    pub error: Option<Fault>,
    pub retryable: bool,
    pub readonly: bool,
    pub idempotent: bool,
    pub examples: Vec<Example>,
    pub label: Option<Label>,
    pub batch: Option<Batch>,
    /// Documented values of an open string, with what they mean.
    pub known_values: Vec<(String, String)>,
    /// What identifiers of this kind begin with.
    pub id_prefix: Option<String>,
    /// What the person can do about an error or an entry's code.
    pub remedy: Option<String>,
    /// What a status says about the thing it is the status of.
    pub state: Option<State>,
    pub endpoint: Option<EndpointRule>,
    pub signing_name: Option<String>,
    pub endpoint_prefix: Option<String>,
    pub protocol: Option<super::Protocol>,
}

/// Bounds of a string (in Unicode scalar values), list or map; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Length {
    pub min: Option<usize>,
    pub max: Option<usize>,
}

/// Bounds of a number; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Range {
    pub min: Option<f64>,
    pub max: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Http {
    pub method: String,
    pub uri: String,
    #[serde(default = "ok")]
    pub code: u16,
}

fn ok() -> u16 {
    200
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    Client,
    Server,
}

/// `formsmith#state`: how far something has come whose status is an enum value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Accepted and not begun.
    Pending,
    Running,
    /// Already lost, and not yet at its end.
    Failing,
    Succeeded,
    Failed,
}

/// An input worth showing, from `smithy.api#examples`.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    pub title: String,
    pub documentation: Option<String>,
    #[serde(default)]
    pub input: Value,
}

/// `formsmith#label`: the person's words for an operation or a member.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Label {
    #[serde(default)]
    pub title: String,
    /// The verb on the button that sends.
    pub verb: Option<String>,
    /// The sentence for an empty answer that means success.
    pub done: Option<String>,
    /// One item of a list or map, and several.
    pub item: Option<String>,
    pub items: Option<String>,
}

/// `formsmith#batch`: an operation that answers entry by entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Batch {
    /// The input member that lists the entries.
    pub entries: String,
    /// The output member that lists the failed entries.
    pub failed: String,
    /// The output member that lists the entries that were done, where there is one.
    pub succeeded: Option<String>,
    /// The members that identify an entry in the answer.
    pub entry_key: Vec<String>,
    /// Where a failed entry has its code and its message: member names joined by dots.
    pub code: String,
    pub message: String,
    /// The codes of failures that may go away when the entry is sent again.
    #[serde(default)]
    pub retryable: Vec<String>,
    /// What was done to an entry, such as `disassociated`.
    pub done: String,
}

/// `formsmith#endpoint`: where the service answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EndpointRule {
    pub prefix: String,
    /// The host always has the partition's dual-stack suffix.
    #[serde(default)]
    pub dual_stack: bool,
    /// Partitions in which one region answers for all.
    #[serde(default)]
    pub partition_region: BTreeMap<String, String>,
}

/// Why a trait could not be used.
pub enum Refused {
    /// Not known, or known and not done by this crate.
    Unsupported,
    /// Known, and written in a way it can't be.
    Malformed(String),
}

impl Traits {
    /// Reads the traits of one shape or member; `refuse` hears of each that can't be used.
    pub fn read(ast: &Map<String, Value>, refuse: &mut dyn FnMut(&str, Refused)) -> Self {
        let mut traits = Self::default();
        for (id, value) in ast {
            if let Err(refused) = traits.add(id, value) {
                refuse(id, refused);
            }
        }
        traits
    }

    fn add(&mut self, id: &str, value: &Value) -> Result<(), Refused> {
        match id {
            "smithy.api#documentation" => self.documentation = Some(typed(value)?),
            "smithy.api#title" => self.title = Some(typed(value)?),
            "smithy.api#required" => self.required = true,
            "smithy.api#length" => self.length = Some(typed(value)?),
            "smithy.api#range" => self.range = Some(typed(value)?),
            "smithy.api#pattern" => self.pattern = Some(Pattern::new(&typed::<String>(value)?)),
            "smithy.api#uniqueItems" => self.unique_items = true,
            "smithy.api#idempotencyToken" => self.idempotency_token = true,
            "smithy.api#sensitive" => self.sensitive = true,
            "smithy.api#sparse" => self.sparse = true,
            "smithy.api#enumValue" => self.enum_value = Some(typed(value)?),
            "smithy.api#jsonName" => self.json_name = Some(typed(value)?),
            "smithy.api#timestampFormat" => self.timestamp_format = Some(typed(value)?),
            "smithy.api#http" => self.http = Some(typed(value)?),
            "smithy.api#httpHeader" => self.http_header = Some(typed(value)?),
            "smithy.api#httpError" => self.http_error = Some(typed(value)?),
            "smithy.api#error" => self.error = Some(typed(value)?),
            "smithy.api#retryable" => self.retryable = true,
            "smithy.api#readonly" => self.readonly = true,
            "smithy.api#idempotent" => self.idempotent = true,
            "smithy.api#examples" => self.examples = typed(value)?,
            // They say where a shape is used, which the operations say too.
            "smithy.api#input" | "smithy.api#output" => {}
            "aws.auth#sigv4" => self.signing_name = Some(text(value, "name")?),
            "aws.api#service" => self.endpoint_prefix = Some(text(value, "endpointPrefix")?),
            "aws.protocols#awsJson1_0" => self.protocol = Some(super::Protocol::AwsJson1_0),
            "aws.protocols#awsJson1_1" => self.protocol = Some(super::Protocol::AwsJson1_1),
            "aws.protocols#restJson1" => self.protocol = Some(super::Protocol::RestJson1),
            "formsmith#label" => self.label = Some(typed(value)?),
            "formsmith#batch" => self.batch = Some(typed(value)?),
            "formsmith#endpoint" => self.endpoint = Some(typed(value)?),
            "formsmith#idPrefix" => self.id_prefix = Some(typed(value)?),
            "formsmith#state" => self.state = Some(typed(value)?),
            "formsmith#remedy" => self.remedy = Some(typed(value)?),
            "formsmith#knownValues" => {
                self.known_values = typed::<Map<String, Value>>(value)?
                    .into_iter()
                    .map(|(value, meaning)| Ok((value, typed(&meaning)?)))
                    .collect::<Result<_, Refused>>()?;
            }
            _ => return Err(Refused::Unsupported),
        }
        Ok(())
    }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Refused> {
    T::deserialize(value).map_err(|error| Refused::Malformed(error.to_string()))
}

fn text(value: &Value, member: &str) -> Result<String, Refused> {
    match value.get(member) {
        Some(Value::String(text)) => Ok(text.clone()),
        _ => Err(Refused::Malformed(format!("`{member}` must be a string"))),
    }
}
