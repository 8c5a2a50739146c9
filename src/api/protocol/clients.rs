//! What AWS's own clients make of the inputs and requests of single services, and no model says.
//! Of which services stands in `curated`.
//!
//! Source: botocore's `handlers.py`; for keys that are in base64 already, the middleware `ssec` of
//! AWS's client for JavaScript.

use super::checksum::{self, digest};
use super::{Call, NotSendable, base64};
use crate::curated::{BARE_IDS, KEY_DIGESTS, KEYS_AS_THEY_ARE, TREE_HASHES};
use crate::file::{FileRef, hexadecimal};
use crate::http::HttpRequest;
use crate::model::Shape;
use serde_json::{Map, Value};

/// The input that is sent in the place of another, or `None` if it is the same one.
pub fn amend(call: Call<'_>, input: &Value) -> Option<Value> {
    let shape = call.model.shape(call.operation.input.as_ref()?)?;
    let service = call.service.sdk_id.as_str();
    let of = |facts: &'static [[&str; 2]]| {
        let own = facts.iter().filter(move |[of, _]| *of == service);
        own.map(|[_, name]| *name).collect::<Vec<_>>()
    };
    let (ids, keys) = (of(BARE_IDS), of(KEY_DIGESTS));
    let has_hash = TREE_HASHES.contains(&service);
    if ids.is_empty() && keys.is_empty() && !has_hash {
        return None;
    }
    let mut input = input.as_object()?.clone();
    bare_ids(shape, &ids, &mut input);
    if !of(KEYS_AS_THEY_ARE).contains(&call.operation.name()) {
        keys.iter()
            .for_each(|key| add_digest(shape, key, &mut input));
    }
    if has_hash {
        add_tree_hash(shape, &mut input)?;
    }
    Some(Value::Object(input))
}

/// Adds the header that the service needs, and the checksum.
pub fn finish(call: Call<'_>, input: &Value, request: &mut HttpRequest) -> Result<(), NotSendable> {
    if let Some((name, value)) = call.service.header(call.operation)
        && request.header(name).is_none()
    {
        request.headers.push((name.to_owned(), value.to_owned()));
    }
    checksum::add(call, input, request)
}

/// Route 53 answers with IDs such as `/hostedzone/Z1`, and takes the last part alone.
fn bare_ids(shape: &Shape, ids: &[&str], input: &mut Map<String, Value>) {
    for member in shape.members() {
        if ids.contains(&member.target.name())
            && let Some(value) = input.get_mut(&member.name)
            && let Some((_, id)) = value.as_str().and_then(|id| id.rsplit_once('/'))
        {
            *value = id.into();
        }
    }
}

/// S3 wants a key of encryption in base64, and its digest beside it. A digest that is there says
/// that the key is in base64 already, and so does the size of a key for AES-256.
fn add_digest(shape: &Shape, name: &str, input: &mut Map<String, Value>) {
    let of_digest = [name, "MD5"].concat();
    if shape.member(&of_digest).is_none() || is_there(input, &of_digest) {
        return;
    }
    let Some(text) = input.get(name).and_then(Value::as_str) else {
        return;
    };
    let key = base64::bytes(text).filter(|key| key.len() == 32);
    let key = key.unwrap_or_else(|| text.as_bytes().to_vec());
    if let Some(digest) = digest("MD5", &key) {
        input.insert(name.to_owned(), base64::text(&key).into());
        input.insert(of_digest, digest.into());
    }
}

/// The algorithms by which a file has to be hashed before the request can be written.
pub fn digests(call: Call<'_>, input: &Value) -> Result<Vec<String>, NotSendable> {
    let checksum = checksum::needed(call, input)?;
    let tree = TREE_HASHES.contains(&call.service.sdk_id.as_str());
    let mut all = vec!["SHA256"];
    all.extend(checksum.into_iter().chain(tree.then_some(TREE)));
    all.dedup();
    Ok(all.into_iter().map(str::to_owned).collect())
}

/// The hash of a file's mebibytes, two by two.
const TREE: &str = "TREE";

/// Glacier takes no archive without the hash of its body's mebibytes, two by two.
fn add_tree_hash(shape: &Shape, input: &mut Map<String, Value>) -> Option<()> {
    shape.member("body")?;
    shape
        .member("checksum")
        .filter(|_| !is_there(input, "checksum"))?;
    let body = input
        .get("body")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let hash = match FileRef::parse(body) {
        Some(file) => file.digest(TREE)?.to_owned(),
        None => digest(TREE, &base64::bytes(body)?)?,
    };
    let hash = base64::bytes(&hash)?;
    input.insert("checksum".to_owned(), hexadecimal(&hash).into());
    Some(())
}

fn is_there(input: &Map<String, Value>, name: &str) -> bool {
    input.get(name).is_some_and(|value| !value.is_null())
}
