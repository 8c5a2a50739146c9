//! One call, as other tools write it.

mod cli;
mod curl;
mod javascript;
mod literal;
mod python;
mod quote;
mod rust;

use formsmith_api::model::{Model, Operation, Service};
use serde_json::{Map, Value};

/// An input of an operation, on its way to a region.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub model: &'a Model,
    pub service: &'a Service,
    pub operation: &'a Operation,
    pub region: &'a str,
    pub input: &'a Value,
    /// What its answer is queried with, in JMESPath, or nothing. The AWS CLI alone takes it.
    pub query: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    AwsCli,
    Boto3,
    Rust,
    JavaScript,
    Curl,
}

impl Language {
    pub const ALL: [Self; 5] = [
        Self::AwsCli,
        Self::Boto3,
        Self::Rust,
        Self::JavaScript,
        Self::Curl,
    ];
}

/// Why a call can't be written in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritable {
    /// The language has types, and this value is of another.
    OtherType { at: String, expected: &'static str },
    /// The model has no such member, and so neither has the language.
    UnknownMember { at: String },
    /// A shape that this crate can't write there.
    UnknownShape { at: String, kind: String },
    /// No host name can have such a region.
    NoEndpoint { region: String },
    /// The request itself can't be written.
    NoRequest(String),
}

/// The whole text that makes this call. It ends with a line's end.
pub fn write(language: Language, call: &Call<'_>) -> Result<String, NotWritable> {
    match language {
        Language::AwsCli => Ok(cli::write(call)),
        Language::Boto3 => Ok(python::write(call)),
        Language::Rust => rust::write(call),
        Language::JavaScript => javascript::write(call),
        Language::Curl => curl::write(call),
    }
}

impl<'a> Call<'a> {
    /// The members that are sent: `null` says as much as nothing.
    fn members(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        given(self.input.as_object())
    }
}

fn given(object: Option<&Map<String, Value>>) -> impl Iterator<Item = (&String, &Value)> {
    object
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
}
