//! Requests and responses as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use formsmith_api::http::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

/// A request, with the host that it goes to.
pub fn described(request: HttpRequest, host: &str) -> Value {
    let headers = request.headers.into_iter();
    let headers = headers.map(|(name, value)| (name, value.into()));
    let host = request.host_prefix + host;
    let mut described = json!({
        "method": request.method,
        "host": host,
        "path": request.path,
        "headers": Value::Object(headers.collect()),
    });
    if let Some(file) = request.file {
        described["bodyFile"] = file.as_str().into();
        return described;
    }
    match String::from_utf8(request.body) {
        Ok(text) => described["body"] = text.into(),
        Err(error) => described["bodyBase64"] = STANDARD.encode(error.as_bytes()).into(),
    }
    described
}

/// A response as the question has it; or what is wrong with it.
pub fn response(described: &Value) -> Result<HttpResponse, String> {
    let status = described["status"].as_u64();
    let status = status.and_then(|status| u16::try_from(status).ok());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let headers = described["headers"].as_object().into_iter().flatten();
    let headers = headers.map(|(name, value)| Some((name.clone(), text(value)?)));
    let headers: Option<Vec<_>> = headers.collect();
    let body = match (described.get("body"), described.get("bodyBase64")) {
        (_, Some(body)) => body.as_str().and_then(|text| STANDARD.decode(text).ok()),
        (Some(body), None) => body.as_str().map(|text| text.as_bytes().to_vec()),
        (None, None) => Some(Vec::new()),
    };
    Ok(HttpResponse {
        status: status.ok_or("the response's status is no number of three digits")?,
        headers: headers.ok_or("a header of the response is no text")?,
        body: body.ok_or("the response's body is no text, or not in base64")?,
        file: None,
    })
}
