//! From botocore's models, written in C2J, to a [`Model`].
//!
//! C2J has the same shapes as Smithy under other names. A reference to a shape carries what
//! Smithy has as traits of a member, a shape what Smithy has as traits of the shape, and
//! `locationName` is the name on the wire in whichever protocol the service speaks. Source: the
//! readers in botocore's `model.py`, `serialize.py` and `parsers.py`.

mod heads;
mod shape;

use super::ast::{Malformed, ObjectNode};
use super::load::error;
use super::trait_values::status;
use super::wire_traits::takes_gzip;
use super::{
    Auth, EndpointRule, Http, LoadError, Model, Operation, Paginated, Protocol, Service, ShapeId,
    Stops, Traits, WireTraits,
};
use crate::class::Class;
use crate::protocol::Codecs;
use crate::title;
use serde_json::Value;
use shape::{Names, reference_traits};

pub(super) fn load(name: &str, document: &str, codecs: Codecs) -> Result<Model, LoadError> {
    let document: Value = serde_json::from_str(document).map_err(|e| error("", e.to_string()))?;
    load_parsed(name, &document, codecs)
}

pub(super) fn load_heads(
    name: &str,
    document: &str,
    kept: &dyn Fn(&str) -> bool,
    codecs: Codecs,
) -> Result<Model, LoadError> {
    let document = heads::read(document, kept).map_err(|e| error("", e.to_string()))?;
    load_parsed(name, &document, codecs)
}

pub(super) fn load_parsed(
    name: &str,
    document: &Value,
    codecs: Codecs,
) -> Result<Model, LoadError> {
    let mut model = Model::default();
    let malformed = |at: &str| {
        let at = at.to_owned();
        move |malformed| error(&at, malformed)
    };
    let document = ObjectNode::of(document, "the document").map_err(malformed(""))?;
    let metadata = document.object("metadata").map_err(malformed(""))?;
    let metadata = metadata.ok_or_else(|| error("", "metadata is missing".into()))?;
    let mut service = service(name, metadata, codecs).map_err(malformed("metadata"))?;
    let names = Names { service: name };
    let shapes = document.object("shapes").map_err(malformed("shapes"))?;
    for (id, ast) in shapes.into_iter().flat_map(ObjectNode::members) {
        names.add(&mut model, id, ast).map_err(malformed(id))?;
    }
    let operations = document.object("operations");
    let operations = operations.map_err(malformed("operations"))?;
    for (id, ast) in operations.into_iter().flat_map(ObjectNode::members) {
        let operation = operation(names, id, ast).map_err(malformed(id))?;
        service.operations.push(operation);
    }
    model.add_prelude();
    model.check_operations(&service)?;
    model.refuse(&service);
    if let Some(what) = unknown_signature(metadata) {
        for operation in &service.operations {
            if operation.traits.wire.auth != Auth::Unsigned {
                model.refuse_operation(operation, None, &what, Stops::Signing);
            }
        }
    }
    model.check_targets()?;
    model.services.push(service);
    Ok(model)
}

fn service(name: &str, metadata: ObjectNode<'_>, codecs: Codecs) -> Result<Service, Malformed> {
    let text = |name| metadata.optional_text(name);
    let endpoint_prefix = text("endpointPrefix")?.unwrap_or_else(|| name.to_owned());
    let signing_name = text("signingName")?.unwrap_or_else(|| endpoint_prefix.clone());
    let sdk_id = text("serviceId")?.unwrap_or_else(|| name.to_owned());
    let target_prefix = text("targetPrefix")?.unwrap_or_else(|| sdk_id.replace(' ', ""));
    let protocol = protocol(metadata)?;
    let query_compatible = metadata.get("awsQueryCompatible").is_some();
    Ok(Service {
        id: ShapeId::new(format!("{name}#{target_prefix}")),
        version: text("apiVersion")?.unwrap_or_default(),
        title: {
            let full_name = text("serviceFullName")?;
            let short = text("serviceAbbreviation")?.or(full_name.clone());
            let short = short.as_deref().unwrap_or(&sdk_id);
            title::of_service(
                name,
                &[short, full_name.as_deref().unwrap_or_default(), &sdk_id],
            )
        },
        name: name.to_owned(),
        sdk_id,
        iam_prefix: signing_name.clone(),
        signing_name,
        paginated: None,
        protocol,
        codec: codecs(protocol),
        target_prefix,
        wire: WireTraits {
            query_compatible,
            ..WireTraits::default()
        },
        endpoint: EndpointRule {
            prefix: endpoint_prefix.clone(),
            ..EndpointRule::default()
        },
        endpoint_prefix,
        operations: Vec::new(),
    })
}

/// Of several the one that botocore prefers.
fn protocol(metadata: ObjectNode<'_>) -> Result<Protocol, Malformed> {
    let mut offered = metadata.texts("protocols")?;
    if offered.is_empty() {
        offered = vec![metadata.text("protocol")?];
    }
    let version = metadata.optional_text("jsonVersion")?;
    let known = offered.iter().filter_map(|name| {
        Some(match name.as_str() {
            "json" if version.as_deref() == Some("1.0") => Protocol::AwsJson1_0,
            "json" => Protocol::AwsJson1_1,
            "rest-json" => Protocol::RestJson1,
            "rest-xml" => Protocol::RestXml,
            "smithy-rpc-v2-cbor" => Protocol::RpcV2Cbor,
            "query" => Protocol::AwsQuery,
            "ec2" => Protocol::Ec2Query,
            _ => return None,
        })
    });
    let unknown = || format!("none of the protocols is known: {}", offered.join(", "));
    known.max().ok_or_else(unknown)
}

/// The way to sign that is the only one the service has and that isn't known here.
fn unknown_signature(metadata: ObjectNode<'_>) -> Option<String> {
    let version = metadata.get("signatureVersion").and_then(Value::as_str);
    let ways = metadata.get("auth").and_then(Value::as_array);
    let mut ways = ways.into_iter().flatten().filter_map(Value::as_str);
    let first = ways.next();
    let is_known = match first {
        Some(first) => first == "aws.auth#sigv4" || ways.any(|way| way == "aws.auth#sigv4"),
        None => version.is_none_or(|version| matches!(version, "v4" | "s3" | "s3v4")),
    };
    let unknown = first.or(version).filter(|_| !is_known)?;
    Some(format!("signing by {unknown}"))
}

fn operation(names: Names<'_>, id: &str, ast: &Value) -> Result<Operation, Malformed> {
    let ast = ObjectNode::of(ast, "the operation")?;
    let shape_of = |name: &str| -> Result<Option<ShapeId>, Malformed> {
        let reference = ast.object(name)?;
        let shape = reference.map(|it| it.text("shape")).transpose()?;
        Ok(shape.map(|shape| names.id(&shape)))
    };
    let errors = ast.items("errors")?.iter().map(|reference| {
        let shape = ObjectNode::of(reference, "the error")?.text("shape")?;
        Ok(names.id(&shape))
    });
    Ok(Operation {
        id: names.id(id),
        class: Class::Write,
        input: shape_of("input")?,
        output: shape_of("output")?,
        errors: errors.collect::<Result<_, Malformed>>()?,
        failures: Vec::new(),
        waiters: ast.texts("waiters")?,
        traits: operation_traits(ast)?,
    })
}

fn operation_traits(ast: ObjectNode<'_>) -> Result<Traits, Malformed> {
    let mut traits = Traits {
        documentation: ast.optional_text("documentation")?,
        idempotent: ast.flag("idempotent")?,
        http: ast.object("http")?.map(http).transpose()?,
        ..Traits::default()
    };
    // What stands at the reference to the input is about the root of the body.
    if let Some(input) = ast.object("input")? {
        traits.wire = reference_traits("", input)?.wire;
        traits.wire.xml_root = traits.wire.xml_name.take();
    }
    let wire = &mut traits.wire;
    if let Some(output) = ast.object("output")? {
        wire.result_wrapper = output.optional_text("resultWrapper")?.map(Box::from);
    }
    let endpoint = ast.object("endpoint")?;
    let host_prefix = endpoint.map(|it| it.optional_text("hostPrefix"));
    wire.host_prefix = host_prefix.transpose()?.flatten().map(Box::from);
    wire.auth = auth(ast)?;
    traits.paginated = ast.object("pagination")?.map(paginated).transpose()?;
    let compression = ast.get("requestcompression");
    wire.request_compression = compression.is_some_and(takes_gzip);
    if ast.get("httpChecksumRequired").and_then(Value::as_bool) == Some(true) {
        wire.checksum().is_required = true;
    }
    if let Some(checksum) = ast.object("httpChecksum")? {
        wire.read_checksum(checksum)?;
    }
    Ok(traits)
}

/// What botocore's own files have beside the model, and `make models` puts into it.
fn paginated(ast: ObjectNode<'_>) -> Result<Paginated, Malformed> {
    // One text, or a list of them.
    let texts = |name| match ast.get(name) {
        Some(Value::Array(_)) => ast.texts(name),
        _ => ast.optional_text(name).map(Vec::from_iter),
    };
    let mut results = texts("result_key")?.into_iter();
    Ok(Paginated {
        input_tokens: texts("input_token")?,
        output_tokens: texts("output_token")?,
        more: ast.optional_text("more_results")?,
        items: results.next(),
        more_items: results.collect(),
        page_size: ast.optional_text("limit_key")?,
    })
}

fn auth(ast: ObjectNode<'_>) -> Result<Auth, Malformed> {
    let ways = ast.texts("auth")?;
    Ok(match ast.optional_text("authtype")?.as_deref() {
        Some("none") => Auth::Unsigned,
        Some("v4-unsigned-body") => Auth::UnsignedPayload,
        _ if ast.flag("unsignedPayload")? => Auth::UnsignedPayload,
        _ if !ways.is_empty() && ways.iter().all(|way| way == "smithy.api#noAuth") => {
            Auth::Unsigned
        }
        _ => Auth::SigV4,
    })
}

fn http(ast: ObjectNode<'_>) -> Result<Http, Malformed> {
    Ok(Http {
        method: ast.text("method")?,
        uri: ast
            .optional_text("requestUri")?
            .unwrap_or_else(|| "/".into()),
        code: status(ast.integer("responseCode")?.unwrap_or(200))?,
    })
}
