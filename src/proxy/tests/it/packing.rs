//! Bodies that an operation has packed on their way to the service.

use super::models::{proxy, service, write};
use super::upstream::Upstream;
use crate::signature;
use flate2::read::GzDecoder;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::sign::{Scope, sign};
use serde_json::json;
use std::io::Read;
use std::path::Path;

#[test]
fn what_was_agreed_to_is_packed_before_it_is_signed_where_it_is_large() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packing");
    let operation = json!({
        "name": "Measure",
        "http": { "method": "POST", "requestUri": "/" },
        "input": { "shape": "Measured" },
        "requestcompression": { "encodings": ["gzip"] },
    });
    let mut other = operation.clone();
    other["requestcompression"] = json!({ "encodings": ["br"] });
    let metadata =
        json!({ "protocol": "rest-json", "endpointPrefix": "meter", "apiVersion": "2020-01-01" });
    let shapes = json!({
        "Text": { "type": "string" },
        "Measured": { "type": "structure", "members": {
            "Encoding": { "shape": "Text", "location": "header", "locationName": "Content-Encoding" },
        } },
    });
    let operations = json!({ "Measure": operation, "Other": other });
    write(&folder, [("meter", service(metadata, operations, shapes))]);

    let body: Vec<u8> = (0..10_240).map(|at| b'a' + (at / 512) as u8).collect();
    for (operation, body, own, encoding) in [
        ("Measure", &body[..], None, Some("gzip")),
        ("Measure", &body[..], Some("own"), Some("own,gzip")),
        ("Measure", &body[1..], None, None),
        ("Other", &body[..], Some("own"), Some("own")),
    ] {
        let upstream = Upstream::answering("{}");
        let proxy = proxy(&upstream, &folder, true);
        let content_type = ("Content-Type".to_owned(), "application/json".to_owned());
        let own = own.map(|own| ("Content-Encoding".to_owned(), own.to_owned()));
        let named = ("X-Formsmith-Operation".to_owned(), operation.to_owned());
        let headers = [Some(content_type), own, Some(named)];
        let request = HttpRequest {
            host_prefix: String::new(),
            method: "POST".into(),
            path: "/".into(),
            headers: headers.into_iter().flatten().collect(),
            body: body.to_vec(),
            file: None,
        };
        let answer = proxy.reviewed("/api/meter/us-east-1", &request, &[]);
        assert_eq!(answer.status, 200, "{answer:?}");
        let received = upstream.received().remove(0);
        let told = (received.headers.iter()).find(|(name, _)| name == "content-encoding");
        assert_eq!(told.map(|(_, value)| value.as_str()), encoding);
        match encoding {
            Some("gzip" | "own,gzip") => {
                let mut unpacked = Vec::new();
                let mut gzip = GzDecoder::new(&received.body[..]);
                gzip.read_to_end(&mut unpacked).unwrap();
                assert!(unpacked == body);
                assert!(received.body.len() < 500, "{}", received.body.len());
            }
            _ => assert!(received.body == body),
        }

        // The signature is of what was received.
        let signed = ["content-type", "content-encoding"];
        let headers = received.headers.iter();
        let sent = HttpRequest {
            headers: headers
                .filter(|(name, _)| signed.contains(&name.as_str()))
                .cloned()
                .collect(),
            body: received.body.clone(),
            ..request
        };
        let scope = Scope {
            region: "us-east-1",
            service: "meter",
        };
        let time = signature::time(received.header("X-Amz-Date"));
        let credentials = signature::credentials(None);
        let added = sign(&sent, received.header("Host"), scope, &credentials, time).unwrap();
        let mut added = added.iter();
        let (_, authorization) = added.find(|(name, _)| name == "authorization").unwrap();
        assert_eq!(received.header("Authorization"), authorization);
    }
}
