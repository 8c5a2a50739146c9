//! Bodies and values that are the same, however they are written.

use formsmith_api::json;
use serde_json::{Map, Value};

/// Numbers are the same as doubles.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(_), Value::Number(_)) => json::float(one) == json::float(other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => same_members(one, other),
        _ => one == other,
    }
}

fn same_members(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .all(|(name, value)| other.get(name).is_some_and(|other| same(value, other)))
}

pub fn same_json(written: &[u8], expected: &str) -> bool {
    match (
        serde_json::from_slice(written),
        serde_json::from_str::<Value>(expected),
    ) {
        (Ok(written), Ok(expected)) => same(&written, &expected),
        // A text or a blob by itself.
        _ => written == expected.as_bytes(),
    }
}

pub fn same_cbor(written: &[u8], expected: &[u8]) -> bool {
    if written.is_empty() || expected.is_empty() {
        return written == expected;
    }
    let read = |bytes| ciborium::from_reader::<ciborium::Value, &[u8]>(bytes).expect("CBOR");
    same_item(&read(written), &read(expected))
}

fn same_item(one: &ciborium::Value, other: &ciborium::Value) -> bool {
    use ciborium::Value as V;
    match (one, other) {
        (V::Map(one), V::Map(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    let mut entries = other.iter();
                    entries.any(|(other_key, other)| key == other_key && same_item(value, other))
                })
        }
        (V::Array(one), V::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same_item(a, b))
        }
        (V::Tag(one, a), V::Tag(other, b)) => one == other && same_item(a, b),
        (V::Float(one), V::Float(other)) => one == other || one.is_nan() && other.is_nan(),
        (V::Integer(one), V::Float(other)) | (V::Float(other), V::Integer(one)) => {
            i128::from(*one) as f64 == *other
        }
        _ => one == other,
    }
}

pub fn same_xml(written: &[u8], expected: &str) -> bool {
    let written = std::str::from_utf8(written).expect("text");
    match (
        roxmltree::Document::parse(written),
        roxmltree::Document::parse(expected),
    ) {
        (Ok(one), Ok(other)) => same_element(one.root_element(), other.root_element()),
        _ => written == expected,
    }
}

fn same_element(one: roxmltree::Node<'_, '_>, other: roxmltree::Node<'_, '_>) -> bool {
    let attributes = |node: roxmltree::Node<'_, '_>| {
        let attributes = node.attributes().map(|it| {
            let namespace = it.namespace().unwrap_or_default().to_owned();
            (namespace, it.name().to_owned(), it.value().to_owned())
        });
        let mut attributes: Vec<_> = attributes.collect();
        attributes.sort();
        attributes
    };
    let declared = |node: roxmltree::Node<'_, '_>| {
        let namespaces = node.namespaces();
        let mut namespaces: Vec<_> = namespaces
            .map(|it| (it.name().map(str::to_owned), it.uri().to_owned()))
            .collect();
        namespaces.sort();
        namespaces
    };
    let text = |node: roxmltree::Node<'_, '_>| {
        let texts = node.children().filter(roxmltree::Node::is_text);
        texts
            .filter_map(|it| it.text())
            .collect::<String>()
            .trim()
            .to_owned()
    };
    let elements = |node: roxmltree::Node<'_, '_>| {
        node.children()
            .filter(roxmltree::Node::is_element)
            .map(|it| it.id())
            .collect::<Vec<_>>()
    };
    let (inner, outer) = (elements(one), elements(other));
    one.tag_name() == other.tag_name()
        && attributes(one) == attributes(other)
        && declared(one) == declared(other)
        && text(one) == text(other)
        && inner.len() == outer.len()
        && inner.into_iter().zip(outer).all(|(a, b)| {
            let pair = one.document().get_node(a).zip(other.document().get_node(b));
            pair.is_some_and(|(a, b)| same_element(a, b))
        })
}
