//! Between the JSON of the stories and the SDK's own types. A member that has no place in those
//! types, either way, fails the test.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::hash::Hash;

/// Something that an SDK gave, as a story tells it.
pub trait Told {
    /// `null` if it is not there.
    fn told(&self) -> Value;
}

/// Something that an SDK takes, from a story.
pub trait Asked {
    fn asked(value: &Value) -> Self;
}

impl Told for String {
    fn told(&self) -> Value {
        self.as_str().into()
    }
}

impl Told for i32 {
    fn told(&self) -> Value {
        (*self).into()
    }
}

impl Told for i64 {
    fn told(&self) -> Value {
        (*self).into()
    }
}

impl Told for f64 {
    fn told(&self) -> Value {
        (*self).into()
    }
}

impl Told for bool {
    fn told(&self) -> Value {
        (*self).into()
    }
}

impl Told for DateTime {
    fn told(&self) -> Value {
        self.as_secs_f64().into()
    }
}

impl<T: Told> Told for Vec<T> {
    fn told(&self) -> Value {
        self.iter().map(Told::told).collect()
    }
}

impl<T: Told> Told for Option<T> {
    fn told(&self) -> Value {
        self.as_ref().map_or(Value::Null, Told::told)
    }
}

impl Asked for String {
    fn asked(value: &Value) -> Self {
        value.as_str().expect("a string").to_owned()
    }
}

impl Asked for i32 {
    fn asked(value: &Value) -> Self {
        value.as_i64().expect("an integer").try_into().unwrap()
    }
}

impl Asked for bool {
    fn asked(value: &Value) -> Self {
        value.as_bool().expect("a boolean")
    }
}

impl Asked for DateTime {
    fn asked(value: &Value) -> Self {
        let text = value.as_str().expect("a time");
        Self::from_str(text, Format::DateTimeWithOffset).unwrap()
    }
}

impl<T: Asked> Asked for Vec<T> {
    fn asked(value: &Value) -> Self {
        let items = value.as_array().expect("a list");
        items.iter().map(Asked::asked).collect()
    }
}

impl<K: Asked + Eq + Hash, V: Asked> Asked for HashMap<K, V> {
    fn asked(value: &Value) -> Self {
        let members = value.as_object().expect("a map").iter();
        members
            .map(|(key, value)| (K::asked(&json!(key)), V::asked(value)))
            .collect()
    }
}

/// The members of a structure that were not asked for yet.
pub struct Members(Map<String, Value>);

impl Members {
    pub fn of(value: &Value) -> Self {
        Self(value.as_object().expect("a structure").clone())
    }

    /// The member that a builder's method sets.
    pub fn take<T: Asked>(&mut self, setter: &str) -> Option<T> {
        let name = member_name(setter.strip_prefix("set_").unwrap());
        self.0.shift_remove(&name).map(|value| T::asked(&value))
    }

    pub fn end(self) {
        assert!(self.0.is_empty(), "the SDK has no {:?}", self.0);
    }
}

/// The name in the model of a field in Rust.
pub fn member_name(field: &str) -> String {
    let field = field.strip_prefix("r#").unwrap_or(field);
    if field == "product_arn" {
        return "ProductARN".to_owned();
    }
    let words = field.split('_');
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}

pub fn named<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let there = fields.into_iter().filter(|(_, value)| !value.is_null());
    there
        .map(|(field, value)| (member_name(field), value))
        .collect::<Map<_, _>>()
        .into()
}

/// What a story tells of an error.
pub fn error(name: &str, status: u16, message: Option<&str>, members: Value) -> Value {
    let mut error = json!({ "name": name, "status": status, "message": message });
    if members != json!({}) {
        error["members"] = members;
    }
    json!({ "error": error })
}

/// The fields of a structure that are there, under the names of the model.
macro_rules! members {
    ($structure:expr, $($field:ident)*) => {
        $crate::typed::named([
            $((stringify!($field), $crate::typed::Told::told(&$structure.$field))),*
        ])
    };
}

/// Structures that an SDK gives.
macro_rules! told {
    ($($shape:path { $($field:ident)* })*) => {$(
        impl $crate::typed::Told for $shape {
            fn told(&self) -> serde_json::Value {
                members!(self, $($field)*)
            }
        }
    )*};
}

/// Structures that an SDK takes. The builders of some can fail: those are unwrapped.
macro_rules! asked {
    ($($shape:ident { $($set:ident)* } $(=> $unwrap:ident)?)*) => {$(
        impl $crate::typed::Asked for types::$shape {
            fn asked(value: &serde_json::Value) -> Self {
                let mut members = $crate::typed::Members::of(value);
                let built = types::$shape::builder()
                    $(.$set(members.take(stringify!($set))))*
                    .build();
                members.end();
                built$(.$unwrap())?
            }
        }
    )*};
}

/// Enumerations. An SDK takes any word, and gives one that it does not know as such.
macro_rules! words {
    ($($shape:ident)*) => {$(
        impl $crate::typed::Told for types::$shape {
            fn told(&self) -> serde_json::Value {
                let word = self.as_str();
                assert!(types::$shape::values().contains(&word), "the SDK has no {word}");
                word.into()
            }
        }

        impl $crate::typed::Asked for types::$shape {
            fn asked(value: &serde_json::Value) -> Self {
                value.as_str().expect("a word").into()
            }
        }
    )*};
}

/// Calls an operation with the input of a story. An answer that is neither its output nor one of
/// its own errors fails the test.
macro_rules! call {
    (
        $client:ident.$operation:ident($input:ident) { $($set:ident)* } -> { $($field:ident)* }
        $error:ident { $($modeled:ident)* }
    ) => {{
        use operation::RequestId as _;
        let mut members = $crate::typed::Members::of($input);
        let call = $client.$operation();
        $(let call = call.$set(members.take(stringify!($set)));)*
        members.end();
        match call.send().await {
            Ok(output) => {
                assert!(output.request_id().is_some(), "no request ID");
                serde_json::json!({ "output": members!(output, $($field)*) })
            }
            Err(error) => {
                assert!(error.request_id().is_some(), "no request ID: {error:?}");
                let response = error.raw_response();
                let status = response.map_or(0, |response| response.status().as_u16());
                match error.into_service_error() {
                    $(operation::$operation::$error::$modeled(error) => {
                        let name = stringify!($modeled);
                        let members = $crate::typed::Told::told(&error);
                        $crate::typed::error(name, status, error.message().into(), members)
                    })*
                    error => panic!("not an error of the operation: {error:?}"),
                }
            }
        }
    }};
}
