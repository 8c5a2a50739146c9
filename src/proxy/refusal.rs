//! How a service names the error it answers with, read within bounds: whoever stands at the
//! endpoint chooses what is read here.

use crate::http::{HeaderMap, HeaderName};
use crate::limits;
use crate::xml;
use formsmith_api::protocol::error_name;

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// The name of an error, in JSON or in XML.
pub fn name(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let header = headers.get(&ERROR_TYPE);
    let header = header.and_then(|name| name.to_str().ok());
    let body = if body.len() <= limits::ANSWER_READ_BYTES {
        body
    } else {
        b""
    };
    error_name(header, body).or_else(|| name_in_xml(body))
}

/// The name of an error that is XML, as the Query protocol, EC2 and S3 write it.
pub fn name_in_xml(body: &[u8]) -> Option<String> {
    let places: [&[&str]; 3] = [
        &["ErrorResponse", "Error", "Code"],
        &["Error", "Code"],
        &["Response", "Errors", "Error", "Code"],
    ];
    let name = xml::texts(body, places).into_iter().flatten().next()?;
    let word = name.trim();
    let is_name = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    is_name.then(|| word.to_owned())
}
