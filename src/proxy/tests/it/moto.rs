//! A judge of signatures that is not ours: moto's server, which knows a user's key pair and
//! checks what it is sent against it.

use super::running::{Answer, Running, TOKEN, signing, start};
use super::signing::{PREFIX, with_token};
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_proxy::Credentials;
use formsmith_proxy::sign::{Scope, sign};
use serde_json::json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// Ends with this process, however that ends: its standard input closes then.
const SERVER: &str = "
import os, sys, threading
from moto.server import main

def follow():
    sys.stdin.read()
    os._exit(0)

threading.Thread(target=follow, daemon=True).start()
main(['-H', '127.0.0.1', '-p', '0'])
";

/// What our models don't have and moto does.
const MODEL: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "test#AWS242ServiceCatalogService": {
      "type": "service",
      "version": "2015-12-10",
      "operations": [{ "target": "test#ListPortfolios" }],
      "traits": {
        "aws.api#service": { "sdkId": "Service Catalog", "endpointPrefix": "servicecatalog" },
        "formsmith#name": "servicecatalog",
        "aws.auth#sigv4": { "name": "servicecatalog" },
        "aws.protocols#awsJson1_1": {},
        "smithy.api#title": "Service Catalog",
        "formsmith#endpoint": { "prefix": "servicecatalog", "dualStack": false, "partitionRegion": {} }
      }
    },
    "test#ListPortfolios": {
      "type": "operation",
      "input": { "target": "test#ListPortfoliosInput" },
      "output": { "target": "test#ListPortfoliosOutput" },
      "traits": { "smithy.api#readonly": {} }
    },
    "test#ListPortfoliosInput": { "type": "structure", "members": {} },
    "test#ListPortfoliosOutput": { "type": "structure", "members": {} }
  }
}"#;

struct Moto {
    host: String,
    key: String,
    secret: String,
    _server: Child,
}

/// One server for all tests: it takes seconds to start.
fn moto() -> &'static Moto {
    static MOTO: OnceLock<Moto> = OnceLock::new();
    MOTO.get_or_init(|| {
        let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/python/bin/python");
        let mut server = Command::new(&python)
            .args(["-c", SERVER])
            // So many requests are taken as they come: those that make the user.
            .env("INITIAL_NO_AUTH_ACTION_COUNT", "3")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("no moto ({error}): run `tools/setup test` first"));
        let host = address(BufReader::new(server.stderr.take().unwrap()));
        iam(&host, "Action=CreateUser&UserName=someone");
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }],
        });
        iam(
            &host,
            &format!(
                "Action=PutUserPolicy&UserName=someone&PolicyName=all&PolicyDocument={policy}"
            ),
        );
        let key = iam(&host, "Action=CreateAccessKey&UserName=someone");
        Moto {
            host,
            key: element(&key, "AccessKeyId"),
            secret: element(&key, "SecretAccessKey"),
            _server: server,
        }
    })
}

/// Where the server says it listens. Whatever else it says is read, so that it never waits.
fn address(mut output: impl BufRead + Send + 'static) -> String {
    let mut said = String::new();
    let host = loop {
        let from = said.len();
        let count = output.read_line(&mut said).unwrap();
        assert!(count > 0, "moto ended, run `tools/setup test`:\n{said}");
        if let Some((_, host)) = said[from..].split_once("Running on http://") {
            break host.trim().to_owned();
        }
    };
    std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    host
}

/// Asks IAM, by whom does not matter.
fn iam(host: &str, action: &str) -> String {
    let request = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![(
            "Content-Type".into(),
            "application/x-www-form-urlencoded".into(),
        )],
        body: format!("{action}&Version=2010-05-08").into(),
        file: None,
    };
    let scope = Scope {
        region: "us-east-1",
        service: "iam",
    };
    let nobody = Credentials::builder()
        .access_key_id("nobody")
        .secret_access_key("nothing")
        .provider_name("test")
        .build();
    let added = sign(&request, host, scope, &nobody, SystemTime::now()).unwrap();
    let mut head = format!("POST / HTTP/1.0\r\nHost: {host}\r\n");
    head += &format!("Content-Length: {}\r\n", request.body.len());
    for (name, value) in request.headers.iter().chain(&added) {
        head += &format!("{name}: {value}\r\n");
    }
    let mut stream = TcpStream::connect(host).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(b"\r\n").unwrap();
    stream.write_all(&request.body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.lines().next().unwrap().contains(" 200 "), "{answer}");
    answer
}

fn element(xml: &str, name: &str) -> String {
    let (_, rest) = xml.split_once(&format!("<{name}>")).expect(name);
    rest.split_once('<').unwrap().0.to_owned()
}

/// A proxy in front of moto that signs with the user's key and this secret.
fn proxy(secret: &str) -> Running {
    let credentials = Credentials::builder()
        .access_key_id(&moto().key)
        .secret_access_key(secret)
        .provider_name("test")
        .build();
    let url = format!("http://{}", moto().host);
    start(|config| {
        config.target = signing(&url, credentials, false);
        config.model = Arc::new(Model::load(&[MODEL]).unwrap());
    })
}

fn list_portfolios(proxy: &Running) -> Answer {
    let request = HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![
            ("Content-Type".into(), "application/x-amz-json-1.1".into()),
            (
                "X-Amz-Target".into(),
                "AWS242ServiceCatalogService.ListPortfolios".into(),
            ),
        ],
        body: b"{}".to_vec(),
        file: None,
    };
    proxy.console(PREFIX, &request, &with_token(&[]))
}

fn identity(proxy: &Running) -> serde_json::Value {
    let host = proxy.address.to_string();
    let headers = [("Host", host.as_str()), ("X-Formsmith-Token", TOKEN)];
    let answer = proxy.send("GET", "/api/status", &headers, b"");
    assert_eq!(answer.status, 200);
    answer.json()["identity"].clone()
}

#[test]
fn a_request_signed_with_the_right_secret_is_answered() {
    let answer = list_portfolios(&proxy(&moto().secret));
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json(), json!({ "PortfolioDetails": [] }));
    assert_eq!(answer.header("X-Formsmith-Error"), None);
}

#[test]
fn a_request_signed_with_a_wrong_secret_is_refused_as_such() {
    let almost = format!("{}x", moto().secret);
    let answer = list_portfolios(&proxy(&almost));
    let body = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 403, "{body}");
    assert!(
        body.contains("<Code>SignatureDoesNotMatch</Code>"),
        "{body}"
    );
    assert_eq!(
        answer.header("X-Formsmith-Error"),
        None,
        "it is moto's refusal"
    );
}

#[test]
fn the_status_says_whose_the_credentials_are() {
    let arn = "arn:aws:iam::123456789012:user/someone";
    assert_eq!(
        identity(&proxy(&moto().secret)),
        json!({ "label": arn, "account": "123456789012", "arn": arn })
    );
}

#[test]
fn credentials_that_are_refused_have_no_account() {
    let identity = identity(&proxy("of somebody else"));
    let label = identity["label"].as_str().unwrap();
    assert!(label.starts_with("unknown-"), "{identity}");
    assert!(identity["error"]["code"].is_string(), "{identity}");
    assert!(identity["error"]["message"].is_string(), "{identity}");
    assert_eq!(
        (&identity["account"], &identity["arn"]),
        (&json!(null), &json!(null))
    );
}
