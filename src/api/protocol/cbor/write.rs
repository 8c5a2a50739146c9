//! Values of an input as CBOR: whole numbers and lengths in their shortest form, all lengths
//! known, moments with tag 1.

use crate::decimal;
use crate::model::{Model, Place, Shape, ShapeKind, TimestampFormat};
use crate::protocol::{NotSendable, base64, not_sendable, timestamp};
use minicbor::Encoder;
use minicbor::data::IanaTag;
use minicbor::encode::Error;
use serde_json::{Map, Number, Value};
use std::convert::Infallible;

pub fn write(model: &Model, place: Place<'_>, value: &Value) -> Result<Vec<u8>, NotSendable> {
    let mut writer = Writer {
        model,
        out: Encoder::new(Vec::new()),
    };
    match value {
        // An operation without anything in its input.
        Value::Null => writer.value(place, &Value::Object(Map::new()))?,
        value => writer.value(place, value)?,
    }
    Ok(writer.out.into_writer())
}

struct Writer<'a> {
    model: &'a Model,
    out: Encoder<Vec<u8>>,
}

/// Writing into memory does not fail.
type Written<'a> = Result<&'a mut Encoder<Vec<u8>>, Error<Infallible>>;

fn done(written: Written<'_>) -> Result<(), NotSendable> {
    let failed = |error: Error<_>| not_sendable("CBOR:", &error.to_string());
    written.map(|_| ()).map_err(failed)
}

impl Writer<'_> {
    fn value(&mut self, place: Place<'_>, value: &Value) -> Result<(), NotSendable> {
        let name = place.shape.id.name();
        match (&place.shape.kind, value) {
            (_, Value::Null) => done(self.out.null()),
            (ShapeKind::Structure(_) | ShapeKind::Union(_), Value::Object(object)) => {
                self.structure(place.shape, object)
            }
            (ShapeKind::List(item), Value::Array(items)) => {
                done(self.out.array(items.len() as u64))?;
                let place = self.model.place(item);
                let place = place.ok_or_else(|| not_sendable("there is no shape for", name))?;
                items.iter().try_for_each(|item| self.value(place, item))
            }
            (ShapeKind::Map { value: member, .. }, Value::Object(entries)) => {
                done(self.out.map(entries.len() as u64))?;
                let place = self.model.place(member);
                let place = place.ok_or_else(|| not_sendable("there is no shape for", name))?;
                entries.iter().try_for_each(|(key, value)| {
                    done(self.out.str(key))?;
                    self.value(place, value)
                })
            }
            (ShapeKind::Blob, value) => {
                let bytes = base64::blob(value, name)?;
                done(self.out.bytes(&bytes))
            }
            (ShapeKind::Timestamp, value) => {
                let seconds = timestamp::text(value, TimestampFormat::EpochSeconds, name)?;
                done(self.out.tag(IanaTag::Timestamp))?;
                self.number(&seconds, true, name)
            }
            (ShapeKind::Float | ShapeKind::Double, Value::Number(number)) => {
                let is_double = matches!(place.shape.kind, ShapeKind::Double);
                self.float(number, is_double, name)
            }
            (ShapeKind::Float | ShapeKind::Double, Value::String(text)) => {
                // Half a precision is enough for these.
                let special = match text.as_str() {
                    "NaN" => f32::NAN,
                    "Infinity" => f32::INFINITY,
                    "-Infinity" => f32::NEG_INFINITY,
                    _ => return Err(not_sendable("this is no number:", name)),
                };
                done(self.out.f16(special))
            }
            (_, Value::String(text)) => done(self.out.str(text)),
            (_, Value::Bool(value)) => done(self.out.bool(*value)),
            (_, Value::Number(number)) => self.number(&number.to_string(), false, name),
            _ => Err(not_sendable("this is of another type:", name)),
        }
    }

    fn structure(&mut self, shape: &Shape, object: &Map<String, Value>) -> Result<(), NotSendable> {
        let members = object.iter().filter(|(_, value)| !value.is_null());
        done(self.out.map(members.clone().count() as u64))?;
        for (name, value) in members {
            let place = shape.member(name).and_then(|it| self.model.place(it));
            let place = place.ok_or_else(|| not_sendable("the model has no member", name))?;
            done(self.out.str(name))?;
            self.value(place, value)?;
        }
        Ok(())
    }

    fn float(&mut self, number: &Number, is_double: bool, at: &str) -> Result<(), NotSendable> {
        let value = decimal::float(&number.to_string())
            .ok_or_else(|| not_sendable("this is no number:", at))?;
        match is_double {
            true => done(self.out.f64(value)),
            false => done(self.out.f32(value as f32)),
        }
    }

    /// A whole number; with `or_decimal` another one as a double.
    fn number(&mut self, text: &str, or_decimal: bool, at: &str) -> Result<(), NotSendable> {
        if let Ok(number) = text.parse::<u64>() {
            return done(self.out.u64(number));
        }
        if let Ok(number) = text.parse::<i64>() {
            return done(self.out.i64(number));
        }
        match decimal::float(text) {
            Some(number) if or_decimal => done(self.out.f64(number)),
            _ => Err(not_sendable("this is not a whole number of 64 bits:", at)),
        }
    }
}
