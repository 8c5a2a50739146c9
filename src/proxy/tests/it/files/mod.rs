//! Files, which are passed on as they come: a folder of models whose operations have some, a
//! service that reads as the test says, and a client that sends in pieces.

mod downloads;
mod refused;
mod service;
mod uploads;

use super::running::{Answer, Running, TOKEN, one, read, signing, start};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Limits;
use formsmith_proxy::hash::sha256_hex;
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

const PREFIX: &str = "/api/depot/us-east-1";
const MIB: usize = 1024 * 1024;

/// A service that is signed for as S3 is. Of its operations some have a file, in and out.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(["files-", name].concat());
    let http = |method: &str, uri: &str| json!({ "method": method, "requestUri": uri });
    let model = json!({
        "metadata": {
            "serviceId": "Depot", "endpointPrefix": "depot", "signingName": "s3",
            "signatureVersion": "v4", "protocol": "rest-xml", "apiVersion": "2020-01-01",
        },
        "operations": {
            "Store": { "name": "Store", "http": http("PUT", "/{Key+}"), "input": { "shape": "Thing" } },
            "Fetch": {
                "name": "Fetch", "http": http("GET", "/{Key+}"), "readonly": true,
                "input": { "shape": "Named" }, "output": { "shape": "Thing" },
            },
            "Leave": {
                "name": "Leave", "http": http("POST", "/{Key+}"), "input": { "shape": "Thing" },
                "authtype": "v4-unsigned-body",
            },
            "Label": { "name": "Label", "http": http("PATCH", "/{Key+}"), "input": { "shape": "Tag" } },
        },
        "shapes": {
            "Text": { "type": "string" },
            "Bytes": { "type": "blob" },
            "Named": { "type": "structure", "members": {
                "Key": { "shape": "Text", "location": "uri", "locationName": "Key" },
            } },
            "Thing": { "type": "structure", "payload": "Body", "members": {
                "Key": { "shape": "Text", "location": "uri", "locationName": "Key" },
                "Body": { "shape": "Bytes" },
            } },
            "Tag": { "type": "structure", "payload": "Body", "members": {
                "Key": { "shape": "Text", "location": "uri", "locationName": "Key" },
                "Body": { "shape": "Text" },
            } },
        },
    });
    let of_service = folder.join("services/depot");
    fs::create_dir_all(&of_service).unwrap();
    fs::write(of_service.join("0.json"), model.to_string()).unwrap();
    let names: Vec<_> = model["operations"].as_object().unwrap().keys().collect();
    let index = json!({ "services": { "depot": { "title": "Depot", "operations": [names] } } });
    fs::write(folder.join("index.json"), index.to_string()).unwrap();
    folder
}

fn proxy(name: &str, url: &str, limits: Limits) -> Running {
    let folder = folder(name);
    start(|config| {
        config.target = signing(url, signature::credentials(None), true);
        config.models = Some(folder);
        config.limits = limits;
    })
}

/// Bytes without a pattern that would hide a part in the wrong place.
fn bytes(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    std::iter::repeat_with(next).take(count).collect()
}

fn request(method: &str, operation: &str, body: Vec<u8>) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: "/a/b".into(),
        headers: vec![
            ("Content-Type".into(), "image/png".into()),
            ("X-Formsmith-Operation".into(), operation.into()),
        ],
        body,
        file: None,
    }
}

fn store(body: Vec<u8>) -> HttpRequest {
    request("PUT", "Store", body)
}

/// One upload, sent piece by piece.
struct Sending(TcpStream);

impl Sending {
    /// The head, with the hash of the body that was agreed to.
    fn begin(proxy: &Running, request: &HttpRequest, consent: &str, length: usize) -> Self {
        let mut head = format!(
            "{} {PREFIX}{} HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
             X-Formsmith-Consent: {consent}\r\nX-Formsmith-Body-SHA256: {}\r\n",
            request.method,
            request.path,
            proxy.address,
            sha256_hex(&[&request.body]),
        );
        for (name, value) in &request.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {length}\r\nConnection: close\r\n\r\n");
        let mut stream = TcpStream::connect(proxy.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        Self(stream)
    }

    /// As much as is taken.
    fn piece(&mut self, bytes: &[u8]) -> &mut Self {
        let _ = self.0.write_all(bytes);
        self
    }

    fn stop(&mut self) -> &mut Self {
        self.0.shutdown(Shutdown::Write).unwrap();
        self
    }

    fn answer(&mut self) -> Answer {
        let mut answer = Vec::new();
        let _ = self.0.read_to_end(&mut answer);
        read(&answer)
    }
}

/// Agrees to a request and sends these bytes as its file.
fn upload(proxy: &Running, agreed: &HttpRequest, sent: &[u8]) -> Answer {
    let id = proxy.agree(&one(PREFIX, agreed)).unwrap();
    Sending::begin(proxy, agreed, &id, sent.len())
        .piece(sent)
        .answer()
}

/// Code, and whether anything may have been done.
fn told(answer: &Answer) -> (u16, String, String) {
    let code = answer
        .code()
        .unwrap_or_else(|| panic!("an answer: {answer:?}"));
    let sent = answer.json()["sent"].as_str().unwrap().to_owned();
    (answer.status, code, sent)
}

fn failure(status: u16, code: &str, sent: &str) -> (u16, String, String) {
    (status, code.into(), sent.into())
}
