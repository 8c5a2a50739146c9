//! One call, as other tools write it.

mod cli;
mod curl;
mod javascript;
mod literal;
mod python;
mod quote;
mod rust;

use formsmith_api::model::{Model, Operation, Place, Service, ShapeKind};
use serde_json::{Map, Value};

/// An input of an operation, on its way to a region.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    pub model: &'a Model,
    pub service: &'a Service,
    pub operation: &'a Operation,
    /// Does its model come with the page? Of others the endpoint is not known here, nor what AWS's
    /// SDK for Rust makes of each shape: no text is better than one that doesn't compile.
    pub is_built_in: bool,
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
    /// The language is written for the built-in services only.
    BuiltInOnly,
    /// The language takes bytes from files.
    Bytes { at: String },
}

/// The whole text that makes this call. It ends with a line's end.
pub fn write(language: Language, call: &Call<'_>) -> Result<String, NotWritable> {
    match language {
        Language::AwsCli => cli::write(call),
        Language::Boto3 => python::write(call),
        Language::Rust | Language::Curl if !call.is_built_in => Err(NotWritable::BuiltInOnly),
        Language::Rust => rust::write(call),
        Language::JavaScript => javascript::write(call),
        Language::Curl => curl::write(call),
    }
}

impl<'a> Call<'a> {
    fn input_place(&self) -> Option<Place<'a>> {
        self.model.root(self.operation.input.as_ref()?)
    }

    /// The members that are sent: `null` says as much as nothing.
    fn members(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        given(self.input.as_object())
    }
}

/// Where bytes stand in a value, which comes as base64; none where it has none.
fn bytes(model: &Model, place: Option<Place<'_>>, value: &Value, at: &str) -> Option<String> {
    let place = place?;
    let below = |name: &str| match at {
        "" => name.to_owned(),
        at => [at, name].join("."),
    };
    match (&place.shape.kind, value) {
        (ShapeKind::Blob, _) => Some(at.to_owned()),
        (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
            let mut members = given(Some(object));
            members.find_map(|(name, value)| {
                let place = model.place(place.shape.member(name)?);
                bytes(model, place, value, &below(name))
            })
        }
        (ShapeKind::Map { value: inner, .. }, Value::Object(entries)) => {
            let mut entries = entries.iter();
            entries.find_map(|(name, value)| bytes(model, model.place(inner), value, &below(name)))
        }
        (ShapeKind::List(inner), Value::Array(items)) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(number, value)| {
                bytes(
                    model,
                    model.place(inner),
                    value,
                    &below(&number.to_string()),
                )
            })
        }
        _ => None,
    }
}

fn given(object: Option<&Map<String, Value>>) -> impl Iterator<Item = (&String, &Value)> {
    object
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
}
