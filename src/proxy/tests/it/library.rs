//! Models with operations that read, and one that changes something, for tests in which nothing
//! but the request itself is to reach the endpoint.

use super::running::{Answer, Running, TOKEN, signing, start};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_proxy::Limits;
use serde_json::json;
use std::sync::Arc;

pub const PREFIX: &str = "/api/library/us-east-1";

pub fn model() -> Model {
    let library = json!({
        "smithy": "2.0",
        "shapes": {
            "test#Library": {
                "type": "service",
                "version": "2026-01-01",
                "operations": [{ "target": "test#FindBook" }, { "target": "test#BurnBook" }],
                "traits": {
                    "aws.api#service": { "endpointPrefix": "library" },
                    "aws.protocols#restJson1": {}
                }
            },
            "test#FindBook": {
                "type": "operation",
                "traits": {
                    "smithy.api#readonly": {},
                    "smithy.api#http": { "method": "POST", "uri": "/find" }
                }
            },
            "test#BurnBook": {
                "type": "operation",
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/burn" } }
            }
        }
    });
    let archive = json!({
        "smithy": "2.0",
        "shapes": {
            "test#Archive": {
                "type": "service",
                "version": "2026-01-01",
                "operations": [{ "target": "test#ReadScroll" }],
                "traits": {
                    "aws.api#service": { "endpointPrefix": "archive" },
                    "aws.protocols#awsJson1_1": {}
                }
            },
            "test#ReadScroll": {
                "type": "operation",
                "traits": { "smithy.api#readonly": {} }
            }
        }
    });
    Model::load(&[&library.to_string(), &archive.to_string()]).unwrap()
}

/// A proxy that signs for this model.
pub fn serving(endpoint: &str, limits: Limits) -> Running {
    start(|config| {
        config.target = signing(endpoint, signature::credentials(None), true);
        config.model = Arc::new(model());
        config.limits = limits;
    })
}

/// The request that reads.
pub fn find() -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/find".into(),
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: b"{}".to_vec(),
        file: None,
    }
}

/// The request that changes something.
pub fn burn() -> HttpRequest {
    HttpRequest {
        path: "/burn".into(),
        ..find()
    }
}

pub fn ask(proxy: &Running) -> Answer {
    proxy.console(PREFIX, &find(), &[("X-Formsmith-Token", TOKEN)])
}

/// The same request as bytes, with another body length than it has.
pub fn head(proxy: &Running, length: usize) -> String {
    format!(
        "POST {PREFIX}/find HTTP/1.1\r\nHost: {}\r\nX-Formsmith-Token: {TOKEN}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n",
        proxy.address
    )
}
