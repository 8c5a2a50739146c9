//! Answers and errors in XML.

use super::node::NOT_XML;
use super::{Node, read};
use crate::http::HttpResponse;
use crate::model::Shape;
use crate::protocol::error::{self, Found, is_success};
use crate::protocol::{Answer, Call, NotUnderstood};
use serde_json::{Map, Value};

/// What stands beside the members in an answer or error.
const METADATA: [&str; 6] = [
    "ResponseMetadata",
    "requestId",
    "RequestId",
    "RequestID",
    "HostId",
    "Type",
];

/// An answer whose output stands in the element that `output` finds in the root.
pub fn respond(
    call: Call<'_>,
    response: &HttpResponse,
    output: &dyn Fn(&Node) -> Option<&Node>,
) -> Result<Answer, NotUnderstood> {
    let root = Node::parse(&response.body)?;
    if !is_success(response) {
        return error(call, response, root.as_ref(), |_| Map::new());
    }
    let shape = call.operation.output.as_ref();
    let shape = shape.and_then(|id| call.model.root(id));
    let (Some(place), Some(root)) = (shape, &root) else {
        return Ok(Answer::Output(Map::new()));
    };
    let node = output(root).ok_or(NOT_XML)?;
    let members = match read(call.model, place, node) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    Ok(Answer::Output(without_metadata(place.shape, members)))
}

/// An error, wherever the protocols have it; `elsewhere` reads the members of its shape that don't
/// stand in the body.
pub fn error(
    call: Call<'_>,
    response: &HttpResponse,
    root: Option<&Node>,
    elsewhere: impl Fn(&Shape) -> Map<String, Value>,
) -> Result<Answer, NotUnderstood> {
    let node = root.and_then(error_node);
    let code = node.and_then(|node| node.text_of("Code"));
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    let members = match node.map(Node::value) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let found = Found {
        name: code.map(str::to_owned),
        members: without_metadata_of(None, members),
    };
    error::error(call, response, found, |shape, _| {
        let mut members = elsewhere(shape);
        let place = call.model.root(&shape.id);
        let value = place.zip(node).map(|(it, node)| read(call.model, it, node));
        if let Some(Value::Object(body)) = value {
            members.extend(without_metadata(shape, body));
        }
        members
    })
}

/// The element with the code and message: the root of S3, else one within it.
fn error_node(root: &Node) -> Option<&Node> {
    let within = root.child("Errors").unwrap_or(root);
    within.child("Error").or(Some(root))
}

/// Metadata that is no member stands in the answer itself.
pub fn without_metadata(shape: &Shape, members: Map<String, Value>) -> Map<String, Value> {
    without_metadata_of(Some(shape), members)
}

fn without_metadata_of(shape: Option<&Shape>, members: Map<String, Value>) -> Map<String, Value> {
    let is_member = |name: &str| shape.is_some_and(|shape| shape.member(name).is_some());
    let is_told = |name: &str| METADATA.contains(&name) && !is_member(name);
    let members = members.into_iter().filter(|(name, _)| !is_told(name));
    members.collect()
}
