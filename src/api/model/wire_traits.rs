//! Traits that change the bytes of a request, or say how those of an answer are read.

use super::ast::{Malformed, ObjectNode, must_be, text};
use serde_json::Value;

/// A trait that isn't there has its neutral value.
#[derive(Debug, Default)]
pub struct WireTraits {
    pub binding: Binding,
    /// The member's value stands in the host prefix, too (`smithy.api#hostLabel`).
    pub host_label: bool,
    pub json_name: Option<Box<str>>,
    /// The name of the element or attribute of a member; the name of a form's key as well. In
    /// botocore's models a shape may say it for all members that lead to it.
    pub xml_name: Option<Box<str>>,
    /// What a structure's element is called where no member leads to it.
    pub xml_root: Option<Box<str>>,
    pub xml_namespace: Option<Box<XmlNamespace>>,
    pub xml_flattened: bool,
    pub xml_attribute: bool,
    pub ec2_query_name: Option<Box<str>>,
    pub timestamp_format: Option<TimestampFormat>,
    /// A payload that is read and sent as it comes.
    pub streaming: bool,
    /// A union of events, which come one after the other.
    pub event_stream: bool,
    /// A text that holds JSON (`smithy.api#mediaType` of `application/json`): in a header it is
    /// written in base64.
    pub is_json: bool,
    /// A list or map that may hold `null`.
    pub sparse: bool,
    /// What an error is called in answers, where that isn't its shape's name.
    pub error_code: Option<Box<str>>,
    pub checksum: Option<Box<Checksum>>,
    pub auth: Auth,
    /// What stands before the endpoint's host, labels in braces: `{AccountId}.`.
    pub host_prefix: Option<Box<str>>,
    /// Of a service: its errors have names from the time it spoke awsQuery, and it has to be
    /// told that the client knows (`aws.protocols#awsQueryCompatible`).
    pub query_compatible: bool,
    /// Of an operation: large bodies may be packed with gzip.
    pub request_compression: bool,
    /// Of an awsQuery operation of botocore's models: the element around the output.
    pub result_wrapper: Option<Box<str>>,
}

/// The part of an HTTP message that a member of an input, output or error stands in. Only the
/// protocols restJson1 and restXml heed it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Binding {
    /// Together with others.
    #[default]
    Body,
    /// A label of the path; `Http::uri` says whether it is a greedy one.
    Label(Box<str>),
    Query(Box<str>),
    /// Each entry of a map is a parameter.
    QueryParams,
    Header(Box<str>),
    /// Each entry of a map is a header whose name begins so.
    PrefixHeaders(Box<str>),
    /// The member alone is the body.
    Payload,
    StatusCode,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlNamespace {
    pub uri: Box<str>,
    pub prefix: Option<Box<str>>,
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970, with a fraction or without: `1763594445.123`.
    EpochSeconds,
    /// RFC 3339 in UTC: `2025-11-19T23:20:45.123Z`.
    DateTime,
    /// RFC 7231's date: `Wed, 19 Nov 2025 23:20:45 GMT`.
    HttpDate,
}

/// A checksum of the body that an operation takes or asks for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Checksum {
    pub is_required: bool,
    /// The member of the input that names the algorithm.
    pub algorithm_member: Option<Box<str>>,
    /// The member of the input that asks for checksums of the answer's body.
    pub mode_member: Option<Box<str>>,
}

impl Checksum {
    /// Whether the request has one.
    pub fn is_sent(&self) -> bool {
        self.is_required || self.algorithm_member.is_some()
    }
}

/// How an operation's requests are signed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    #[default]
    SigV4,
    /// The signature leaves out the body.
    UnsignedPayload,
    /// Not at all.
    Unsigned,
}

impl TimestampFormat {
    /// Reads Smithy's name of a format, or botocore's.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "epoch-seconds" | "unixTimestamp" => Self::EpochSeconds,
            "date-time" | "iso8601" => Self::DateTime,
            "http-date" | "rfc822" => Self::HttpDate,
            _ => return None,
        })
    }
}

impl WireTraits {
    /// Reads a trait of the AST that stands at `name`, a member's name or nothing; false if it is
    /// not known.
    pub(super) fn read(&mut self, name: &str, id: &str, value: &Value) -> Result<bool, Malformed> {
        let object = || ObjectNode::of(value, "the trait");
        let text = || text(value, "the trait").map(Box::from);
        match id {
            "smithy.api#httpLabel" => self.binding = Binding::Label(name.into()),
            "smithy.api#httpQuery" => self.binding = Binding::Query(text()?),
            "smithy.api#httpQueryParams" => self.binding = Binding::QueryParams,
            "smithy.api#httpHeader" => self.binding = Binding::Header(text()?),
            "smithy.api#httpPrefixHeaders" => self.binding = Binding::PrefixHeaders(text()?),
            "smithy.api#httpPayload" => self.binding = Binding::Payload,
            "smithy.api#httpResponseCode" => self.binding = Binding::StatusCode,
            "smithy.api#hostLabel" => self.host_label = true,
            "smithy.api#jsonName" => self.json_name = Some(text()?),
            "smithy.api#xmlName" => self.xml_name = Some(text()?),
            "smithy.api#xmlFlattened" => self.xml_flattened = true,
            "smithy.api#xmlAttribute" => self.xml_attribute = true,
            "smithy.api#xmlNamespace" => {
                let (uri, prefix) = (object()?.text("uri")?, object()?.optional_text("prefix")?);
                self.xml_namespace = Some(Box::new(XmlNamespace {
                    uri: uri.into(),
                    prefix: prefix.map(Box::from),
                }));
            }
            "smithy.api#timestampFormat" => {
                let format = TimestampFormat::named(&text()?);
                self.timestamp_format = format;
                return Ok(format.is_some());
            }
            "smithy.api#streaming" => self.streaming = true,
            "smithy.api#mediaType" => self.is_json = &*text()? == "application/json",
            "smithy.api#sparse" => self.sparse = true,
            "smithy.api#httpChecksumRequired" => self.checksum().is_required = true,
            "smithy.api#endpoint" => {
                self.host_prefix = object()?.optional_text("hostPrefix")?.map(Box::from);
            }
            "smithy.api#requestCompression" => self.request_compression = takes_gzip(value),
            "smithy.api#auth" => self.read_auth(value)?,
            "aws.auth#unsignedPayload" => self.auth = Auth::UnsignedPayload,
            "aws.protocols#ec2QueryName" => self.ec2_query_name = Some(text()?),
            "aws.protocols#awsQueryCompatible" => self.query_compatible = true,
            "aws.protocols#awsQueryError" => {
                self.error_code = Some(object()?.text("code")?.into());
            }
            "aws.protocols#httpChecksum" => {
                self.read_checksum(object()?)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// An empty list of ways to sign is none at all.
    fn read_auth(&mut self, value: &Value) -> Result<(), Malformed> {
        let ways = value.as_array();
        let ways = ways.ok_or_else(|| must_be("the trait", "an array"))?;
        if ways.is_empty() {
            self.auth = Auth::Unsigned;
        }
        Ok(())
    }

    /// botocore's models have the same members.
    pub(super) fn read_checksum(&mut self, object: ObjectNode<'_>) -> Result<(), Malformed> {
        let is_required = object.flag("requestChecksumRequired")?;
        let algorithm = object.optional_text("requestAlgorithmMember")?;
        let mode = object.optional_text("requestValidationModeMember")?;
        let checksum = self.checksum();
        checksum.is_required |= is_required;
        checksum.algorithm_member = algorithm.map(Box::from);
        checksum.mode_member = mode.map(Box::from);
        Ok(())
    }

    pub(super) fn checksum(&mut self) -> &mut Checksum {
        self.checksum.get_or_insert_default()
    }
}

/// Of `smithy.api#requestCompression`, which botocore's models have with the same members: is gzip
/// among its encodings? It is the only one that clients have.
pub(super) fn takes_gzip(compression: &Value) -> bool {
    let encodings = compression["encodings"].as_array();
    encodings.is_some_and(|encodings| encodings.iter().any(|encoding| encoding == "gzip"))
}
