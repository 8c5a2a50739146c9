//! CBOR as JSON values: byte strings as base64, moments as seconds since 1970.

use crate::protocol::{Format, NotUnderstood, base64};
use minicbor::Decoder;
use minicbor::data::{IanaTag, Type};
use minicbor::decode::Error;
use serde_json::{Map, Number, Value};

/// Answers of AWS are far from that deep; one that is deeper is not read.
const DEPTH: usize = 128;

/// The map that a body is; an empty body is one without members.
pub fn body(bytes: &[u8]) -> Result<Map<String, Value>, NotUnderstood> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    let mut decoder = Decoder::new(bytes);
    match value(&mut decoder, DEPTH) {
        Ok(Value::Object(members)) if decoder.position() == bytes.len() => Ok(members),
        Ok(Value::Object(_)) => Err(NOT_CBOR),
        Ok(_) => Err(NotUnderstood::NotAnObject),
        Err(error) if error.is_end_of_input() => Err(NotUnderstood::CutOff),
        Err(_) => Err(NOT_CBOR),
    }
}

const NOT_CBOR: NotUnderstood = NotUnderstood::NotInFormat(Format::Cbor);

fn value(decoder: &mut Decoder<'_>, depth: usize) -> Result<Value, Error> {
    let depth = depth.checked_sub(1);
    let depth = depth.ok_or_else(|| Error::message("deeper than answers are"))?;
    Ok(match decoder.datatype()? {
        Type::Bool => decoder.bool()?.into(),
        Type::Null => {
            decoder.null()?;
            Value::Null
        }
        Type::Undefined => {
            decoder.undefined()?;
            Value::Null
        }
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => decoder.u64()?.into(),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => decoder.i64()?.into(),
        Type::F16 => float(decoder.f16()?.into()),
        Type::F32 => float(decoder.f32()?.into()),
        Type::F64 => float(decoder.f64()?),
        Type::String | Type::StringIndef => {
            let parts = decoder.str_iter()?;
            parts.collect::<Result<String, _>>()?.into()
        }
        Type::Bytes | Type::BytesIndef => {
            let parts = decoder.bytes_iter()?;
            let parts = parts.collect::<Result<Vec<_>, _>>()?;
            base64::text(&parts.concat()).into()
        }
        Type::Array | Type::ArrayIndef => {
            let mut length = decoder.array()?;
            let mut items = Vec::new();
            while is_there(decoder, &mut length)? {
                items.push(value(decoder, depth)?);
            }
            Value::Array(items)
        }
        Type::Map | Type::MapIndef => {
            let mut length = decoder.map()?;
            let mut entries = Map::new();
            while is_there(decoder, &mut length)? {
                let key = match value(decoder, depth)? {
                    Value::String(key) => key,
                    key => key.to_string(),
                };
                entries.insert(key, value(decoder, depth)?);
            }
            Value::Object(entries)
        }
        Type::Tag if decoder.tag()? == IanaTag::Timestamp.tag() => value(decoder, depth)?,
        _ => return Err(Error::message("a type that answers don't have")),
    })
}

/// Is there another item? A length of `None` is that of a list with an end mark.
fn is_there(decoder: &mut Decoder<'_>, length: &mut Option<u64>) -> Result<bool, Error> {
    match length {
        Some(0) => Ok(false),
        Some(length) => {
            *length -= 1;
            Ok(true)
        }
        None if decoder.datatype()? == Type::Break => {
            decoder.skip()?;
            Ok(false)
        }
        None => Ok(true),
    }
}

/// What JSON has no number for is a text, as in all protocols.
fn float(value: f64) -> Value {
    match Number::from_f64(value) {
        Some(number) => Value::Number(number),
        None if value.is_nan() => "NaN".into(),
        None if value > 0.0 => "Infinity".into(),
        None => "-Infinity".into(),
    }
}
