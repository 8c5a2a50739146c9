//! What is signed is what is sent: AWS's own signer makes the same signature of the bytes that
//! arrive, whatever the protocol and whatever a request holds.

use super::models::{service, write};
use super::places::ruled;
use super::running::{signing, start};
use super::signing::with_token;
use super::upstream::{Received, Upstream};
use crate::signature::{self, time};
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4::SigningParams;
use formsmith_api::http::HttpRequest;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::{Path, PathBuf};

const REQUESTS: u32 = 10_000;

/// A service for each protocol, called as ones of AWS's whose operation reads.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sent");
    let place = |location: &str, name: &str| json!({ "shape": "Text", "location": location, "locationName": name });
    let made = |protocol: &str,
                prefix: &str,
                operation: &str,
                method: &str,
                uri: &str,
                members: Value| {
        let mut metadata =
            json!({ "protocol": protocol, "endpointPrefix": prefix, "apiVersion": "2020-01-01" });
        metadata["jsonVersion"] = "1.0".into();
        metadata["targetPrefix"] = "Target".into();
        service(
            metadata,
            json!({ operation: {
                "name": operation,
                "http": { "method": method, "requestUri": uri },
                "input": { "shape": "In" },
            } }),
            json!({ "Text": { "type": "string" }, "In": { "type": "structure", "members": members } }),
        )
    };
    let object = json!({
        "Bucket": place("uri", "Bucket"), "Key": place("uri", "Key"),
        "Version": place("querystring", "versionId"), "Range": place("header", "Range"),
    });
    let function =
        json!({ "Name": place("uri", "Name"), "Qualifier": place("querystring", "Qualifier") });
    let services = [
        (
            "s3",
            made(
                "rest-xml",
                "s3",
                "GetObject",
                "GET",
                "/{Bucket}/{Key+}",
                object,
            ),
        ),
        (
            "lambda",
            made(
                "rest-json",
                "lambda",
                "GetFunctionConfiguration",
                "GET",
                "/f/{Name}",
                function,
            ),
        ),
        (
            "dynamodb",
            made("json", "dynamodb", "GetItem", "POST", "/", json!({})),
        ),
        (
            "iam",
            made("query", "iam", "ListUsers", "POST", "/", json!({})),
        ),
        (
            "ec2",
            made("ec2", "ec2", "DescribeInstances", "POST", "/", json!({})),
        ),
        (
            "logs",
            made(
                "smithy-rpc-v2-cbor",
                "logs",
                "DescribeLogGroups",
                "POST",
                "/",
                json!({}),
            ),
        ),
    ];
    let names = services.each_ref().map(|(name, _)| *name);
    write(&folder, services);
    let rules = json!({
        "version": "1.0",
        "parameters": {
            "Region": { "type": "string", "builtIn": "AWS::Region" },
            "Endpoint": { "type": "string", "builtIn": "SDK::Endpoint" },
        },
        "rules": [{ "type": "endpoint", "conditions": [], "endpoint": { "url": "{Endpoint}" } }],
    });
    ruled(&folder, &names.map(|name| (name, rules.clone())));
    folder
}

/// The service, and the request.
type Case = (&'static str, HttpRequest);

fn cases() -> impl Strategy<Value = Case> {
    let escaped = "([a-zA-Z0-9_~!$'()*+,;=:@-]|%[2-7][0-9A-E]){1,12}";
    let value = "([a-zA-Z0-9_.~-]|%[2-7][0-9A-F]|\\+){0,9}";
    let words = "[!-~]([ -~]{0,12}[!-~])?";
    let body = proptest::collection::vec(any::<u8>(), 0..60);
    let parts = (0usize..6, escaped, value, words, body);
    parts.prop_map(|(which, name, value, words, body)| {
        let form = |action: &str| {
            format!("Action={action}&Version=2020-01-01&Marker={value}").into_bytes()
        };
        let (service, operation, method, path, kind, body) = match which {
            0 => (
                "s3",
                "GetObject",
                "GET",
                format!("/books/a{name}/{name}?versionId={value}"),
                "",
                vec![],
            ),
            1 => (
                "lambda",
                "GetFunctionConfiguration",
                "GET",
                format!("/f/a{name}?Qualifier={value}"),
                "",
                vec![],
            ),
            2 => (
                "dynamodb",
                "GetItem",
                "POST",
                "/".into(),
                "application/x-amz-json-1.0",
                body,
            ),
            3 => (
                "iam",
                "ListUsers",
                "POST",
                "/".into(),
                FORM,
                form("ListUsers"),
            ),
            4 => (
                "ec2",
                "DescribeInstances",
                "POST",
                "/".into(),
                FORM,
                form("DescribeInstances"),
            ),
            _ => (
                "logs",
                "DescribeLogGroups",
                "POST",
                "/service/Target/operation/DescribeLogGroups".into(),
                "application/cbor",
                body,
            ),
        };
        let mut headers = vec![("X-Formsmith-Operation".to_owned(), operation.to_owned())];
        let mut has = |name: &str, value: &str| headers.push((name.into(), value.into()));
        if !kind.is_empty() {
            has("Content-Type", kind);
        }
        match service {
            "s3" => has("Range", &words),
            "dynamodb" => has("X-Amz-Target", "Target.GetItem"),
            "logs" => has("Smithy-Protocol", "rpc-v2-cbor"),
            _ => {}
        }
        let request = HttpRequest {
            host_prefix: String::new(),
            method: method.into(),
            path,
            headers,
            body,
            file: None,
        };
        (service, request)
    })
}

const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// The signature that AWS's own signer makes of what arrived.
fn of_aws(service: &str, received: &Received) -> String {
    let authorization = received.header("authorization");
    let (_, names) = authorization.split_once("SignedHeaders=").unwrap();
    let names: Vec<_> = names.split(',').next().unwrap().split(';').collect();
    let mut settings = SigningSettings::default();
    if service == "s3" {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let identity = signature::credentials(None).into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region("eu-west-3")
        .name(service)
        .time(time(received.header("x-amz-date")))
        .settings(settings)
        .build()
        .unwrap()
        .into();
    let mut parts = received.line.split(' ');
    let (method, path) = (parts.next().unwrap(), parts.next().unwrap());
    let headers = received.headers.iter().filter(|(name, _)| {
        let name = name.to_ascii_lowercase();
        names.contains(&name.as_str()) && name != "x-amz-date"
    });
    let signable = SignableRequest::new(
        method,
        format!("http://{}{path}", received.header("host")),
        headers.map(|(name, value)| (name.as_str(), value.as_str())),
        SignableBody::Bytes(&received.body),
    );
    let (added, _) = sign(signable.unwrap(), &params).unwrap().into_parts();
    let mut headers = added.headers();
    let (_, value) = headers.find(|(name, _)| *name == "authorization").unwrap();
    value.to_owned()
}

#[test]
fn the_bytes_that_arrive_are_those_that_were_signed() {
    let upstream = Upstream::answering("");
    let proxy = start(|config| {
        config.target = signing(&upstream.url(), signature::credentials(None), false);
        config.models = Some(folder());
    });
    let mut runner = TestRunner::new(Config {
        cases: REQUESTS,
        failure_persistence: None,
        ..Config::default()
    });
    let sent = Cell::new(0);
    let run = runner.run(&cases(), |(service, request)| {
        let answer = proxy.console(
            &format!("/api/{service}/eu-west-3"),
            &request,
            &with_token(&[]),
        );
        // What may be read in two ways is refused, and arrives nowhere.
        if answer.status == 403 {
            prop_assert_eq!(answer.code(), Some("operation-not-allowed".to_owned()));
            return Ok(());
        }
        prop_assert_eq!(answer.status, 200, "{:?}", answer);
        let received = upstream.last();
        prop_assert_eq!(received.header("authorization"), of_aws(service, &received));
        sent.set(sent.get() + 1);
        Ok(())
    });
    run.unwrap();
    assert!(sent.get() > REQUESTS / 10 * 8, "{} were sent", sent.get());
}
