//! Shapes and references of C2J.

use super::super::ast::{Malformed, ObjectNode};
use super::super::prelude::simple;
use super::super::trait_values::status;
use super::super::{
    Binding, Fault, Lacking, Length, Member, Model, Range, Retryable, Shape, ShapeId, ShapeKind,
    TimestampFormat, Traits, Unsupported, XmlNamespace,
};
use crate::curated::UNIONS;
use crate::pattern::Pattern;
use serde_json::{Number, Value};

/// What the ids of a model's shapes begin with.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub service: &'a str,
}

impl Names<'_> {
    pub fn id(self, shape: &str) -> ShapeId {
        ShapeId::new(format!("{}#{shape}", self.service))
    }

    pub fn add(self, model: &mut Model, name: &str, ast: &Value) -> Result<(), Malformed> {
        let ast = ObjectNode::of(ast, "the shape")?;
        let id = self.id(name);
        let mut traits = shape_traits(ast)?;
        let kind = match ast.text("type")?.as_str() {
            "string" if ast.get("enum").is_some() => ShapeKind::Enum(enum_members(ast)?),
            "character" => ShapeKind::String,
            "structure" if ast.flag("document")? => ShapeKind::Document,
            "structure" => {
                let members = self.members(ast)?;
                let is_union = ast.flag("union")? || UNIONS.contains(&[self.service, name]);
                match is_union || ast.flag("eventstream")? {
                    true => ShapeKind::Union(members),
                    false => ShapeKind::Structure(members),
                }
            }
            "list" => {
                traits.wire.xml_flattened |= ast.flag("flattened")?;
                ShapeKind::List(Box::new(self.member("member", part(ast, "member")?)?))
            }
            "map" => {
                traits.wire.xml_flattened |= ast.flag("flattened")?;
                ShapeKind::Map {
                    key: Box::new(self.member("key", part(ast, "key")?)?),
                    value: Box::new(self.member("value", part(ast, "value")?)?),
                }
            }
            other => simple(other).unwrap_or_else(|| {
                model.unsupported.push(Unsupported {
                    at: id.as_str().to_owned(),
                    what: other.to_owned(),
                    kind: Lacking::Type,
                    stops: None,
                });
                ShapeKind::Other(other.into())
            }),
        };
        if let Some(pattern) = traits.pattern.as_ref().filter(|it| !it.is_supported()) {
            model.unsupported.push(Unsupported {
                at: id.as_str().to_owned(),
                what: pattern.source().to_owned(),
                kind: Lacking::Pattern,
                stops: None,
            });
        }
        model.insert(Shape { id, kind, traits });
        Ok(())
    }

    /// What is required, and what is the payload, stands in C2J at the structure.
    fn members(self, ast: ObjectNode<'_>) -> Result<Vec<Member>, Malformed> {
        let required = ast.texts("required")?;
        let payload = ast.optional_text("payload")?;
        let members = ast.object("members")?;
        let members = members.into_iter().flat_map(ObjectNode::members);
        let members = members.map(|(name, reference)| {
            let reference = ObjectNode::of(reference, name)?;
            let mut member = self.member(name, reference)?;
            member.traits.required = required.contains(name);
            if payload.as_ref() == Some(name) {
                member.traits.wire.binding = Binding::Payload;
            }
            Ok(member)
        });
        members.collect()
    }

    fn member(self, name: &str, reference: ObjectNode<'_>) -> Result<Member, Malformed> {
        Ok(Member {
            name: name.to_owned(),
            target: self.id(&reference.text("shape")?),
            traits: reference_traits(name, reference)?,
        })
    }
}

fn part<'a>(ast: ObjectNode<'a>, name: &str) -> Result<ObjectNode<'a>, Malformed> {
    ast.object(name)?
        .ok_or_else(|| format!("{name} is missing"))
}

fn enum_members(ast: ObjectNode<'_>) -> Result<Vec<Member>, Malformed> {
    let values = ast.texts("enum")?.into_iter().map(|value| Member {
        name: value,
        target: ShapeId::new("smithy.api#Unit"),
        traits: Traits::default(),
    });
    Ok(values.collect())
}

/// The traits of the member that a reference leads from.
pub fn reference_traits(name: &str, ast: ObjectNode<'_>) -> Result<Traits, Malformed> {
    let mut traits = Traits {
        documentation: ast.optional_text("documentation")?,
        idempotency_token: ast.flag("idempotencyToken")?,
        ..Traits::default()
    };
    let location_name = ast.optional_text("locationName")?;
    let on_wire = location_name.as_deref().unwrap_or(name);
    let wire = &mut traits.wire;
    wire.binding = match ast.optional_text("location")?.as_deref() {
        Some("uri") => Binding::Label(on_wire.into()),
        // A map is told from what it leads to when the request is written.
        Some("querystring") => Binding::Query(on_wire.into()),
        Some("header") => Binding::Header(on_wire.into()),
        Some("headers") => Binding::PrefixHeaders(location_name.as_deref().unwrap_or("").into()),
        Some("statusCode") => Binding::StatusCode,
        _ => Binding::Body,
    };
    if let Some(on_wire) = location_name.as_deref() {
        wire.json_name = Some(on_wire.into());
        wire.xml_name = Some(on_wire.into());
    }
    wire.ec2_query_name = ast.optional_text("queryName")?.map(Box::from);
    wire.xml_attribute = ast.flag("xmlAttribute")?;
    wire.xml_flattened = ast.flag("flattened")?;
    wire.host_label = ast.flag("hostLabel")?;
    wire.is_json = ast.flag("jsonvalue")?;
    wire.streaming = ast.flag("streaming")?;
    shared(&mut traits, ast)?;
    Ok(traits)
}

/// What stands at a shape.
fn shape_traits(ast: ObjectNode<'_>) -> Result<Traits, Malformed> {
    let mut traits = Traits {
        documentation: ast.optional_text("documentation")?,
        ..Traits::default()
    };
    let location_name = ast.optional_text("locationName")?;
    traits.wire.xml_root = location_name.as_deref().map(Box::from);
    traits.wire.xml_name = location_name.map(Box::from);
    traits.wire.streaming = ast.flag("streaming")?;
    traits.wire.event_stream = ast.flag("eventstream")?;
    traits.wire.sparse = ast.flag("sparse")?;
    let bounds = (ast.get("min"), ast.get("max"));
    match ast.text("type")?.as_str() {
        _ if bounds == (None, None) => {}
        "string" | "blob" | "list" | "map" => traits.length = Some(length(ast)?),
        "integer" | "long" | "float" | "double" => {
            traits.range = Some(Range {
                min: bounds.0.and_then(number),
                max: bounds.1.and_then(number),
            });
        }
        _ => {}
    }
    // botocore's patterns are of the whole value.
    if let Some(pattern) = ast.optional_text("pattern")? {
        traits.pattern = Some(Pattern::whole(&pattern));
    }
    if ast.flag("exception")? {
        exception(&mut traits, ast)?;
    }
    shared(&mut traits, ast)?;
    Ok(traits)
}

/// Bounds below zero, which some models have, bound nothing.
fn length(ast: ObjectNode<'_>) -> Result<Length, Malformed> {
    let bound = |name| ast.get(name).and_then(Value::as_u64).map(|it| it as usize);
    Ok(Length {
        min: bound("min"),
        max: bound("max"),
    })
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        _ => None,
    }
}

fn exception(traits: &mut Traits, ast: ObjectNode<'_>) -> Result<(), Malformed> {
    let error = ast.object("error")?;
    let code = error.map(|it| it.optional_text("code")).transpose()?;
    traits.wire.error_code = code.flatten().map(Box::from);
    let http_status = error.map(|it| it.integer("httpStatusCode")).transpose()?;
    traits.http_error = http_status.flatten().map(status).transpose()?;
    let is_server = ast.flag("fault")? || traits.http_error.is_some_and(|it| it >= 500);
    traits.error = Some(match is_server {
        true => Fault::Server,
        false => Fault::Client,
    });
    if let Some(retryable) = ast.object("retryable")? {
        let throttling = retryable.flag("throttling")?;
        traits.retryable = Some(Retryable { throttling });
    }
    Ok(())
}

/// What stands at shapes and at references to them.
fn shared(traits: &mut Traits, ast: ObjectNode<'_>) -> Result<(), Malformed> {
    traits.sensitive = ast.flag("sensitive")?;
    let wire = &mut traits.wire;
    if let Some(format) = ast.optional_text("timestampFormat")? {
        let known = TimestampFormat::named(&format);
        wire.timestamp_format = Some(known.ok_or_else(|| format!("timestampFormat is {format}"))?);
    }
    wire.xml_namespace = match ast.get("xmlNamespace") {
        None => None,
        Some(Value::String(uri)) => Some(Box::new(XmlNamespace {
            uri: uri.as_str().into(),
            prefix: None,
        })),
        Some(object) => {
            let object = ObjectNode::of(object, "xmlNamespace")?;
            Some(Box::new(XmlNamespace {
                uri: object.text("uri")?.into(),
                prefix: object.optional_text("prefix")?.map(Box::from),
            }))
        }
    };
    Ok(())
}
