//! The command, as a program that asks it meets it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// Written once: tests that run at the same time read it.
static MODELS: LazyLock<PathBuf> = LazyLock::new(models);

/// A folder of models as `make models` builds it.
fn models() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("models");
    let service = folder.join("services/shop");
    std::fs::create_dir_all(&service).unwrap();
    let index = json!({ "services": {
        "shop": { "operations": [["Other"], ["Order", "Watch", "Note"]] },
        "till": { "operations": [["Other"], ["Order"]] }
    } });
    let model = json!({
        "metadata": {
            "apiVersion": "2024-01-01", "endpointPrefix": "shop", "serviceId": "Shop",
            "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Shop", "signatureVersion": "v4"
        },
        "operations": {
            "Note": {
                "name": "Note", "http": { "method": "POST", "requestUri": "/" },
                "input": { "shape": "NoteInput" }, "requestcompression": { "encodings": ["gzip"] }
            },
            "Watch": {
                "name": "Watch", "http": { "method": "POST", "requestUri": "/" },
                "output": { "shape": "WatchOutput" }, "errors": [{ "shape": "SoldOut" }]
            },
            "Order": {
                "name": "Order", "http": { "method": "POST", "requestUri": "/" },
                "endpoint": { "hostPrefix": "orders." },
                "input": { "shape": "OrderInput" }, "output": { "shape": "OrderOutput" },
                "errors": [{ "shape": "SoldOut" }]
            }
        },
        "shapes": {
            "OrderInput": {
                "type": "structure", "required": ["Name"],
                "members": { "Name": { "shape": "Text" }, "Token": { "shape": "Text", "idempotencyToken": true } }
            },
            "OrderOutput": { "type": "structure", "members": { "At": { "shape": "Time" } } },
            "SoldOut": {
                "type": "structure", "exception": true,
                "members": { "message": { "shape": "Text" }, "Left": { "shape": "Count" } }
            },
            "NoteInput": { "type": "structure", "members": { "Words": { "shape": "Words" } } },
            "Words": { "type": "string" },
            "Text": { "type": "string", "max": 40 },
            "Count": { "type": "integer" },
            "WatchOutput": { "type": "structure", "members": { "Events": { "shape": "Events" } } },
            "Events": { "type": "structure", "eventstream": true, "members": {} },
            "Time": { "type": "timestamp" }
        }
    });
    std::fs::write(folder.join("index.json"), index.to_string()).unwrap();
    std::fs::write(service.join("1.json"), model.to_string()).unwrap();
    // A service that is signed in another way.
    let service = folder.join("services/till");
    std::fs::create_dir_all(&service).unwrap();
    let mut model = model;
    model["metadata"]["auth"] = json!(["smithy.api#httpBearerAuth"]);
    std::fs::write(service.join("1.json"), model.to_string()).unwrap();
    folder
}

/// The answers to some lines, in their order.
fn answers(lines: &[String]) -> Vec<Value> {
    let mut process = Command::new(env!("CARGO_BIN_EXE_formsmith-wire"))
        .arg("--models")
        .arg(&*MODELS)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    input.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success());
    let output = String::from_utf8(output.stdout).unwrap();
    let lines = output.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn question(more: &Value) -> String {
    let mut question = json!({ "service": "shop", "operation": "Order", "region": "eu-west-1" });
    for (name, value) in more.as_object().unwrap() {
        question[name] = value.clone();
    }
    question.to_string()
}

#[test]
fn each_line_gets_an_answer_whatever_it_is() {
    let response = |status: u16, body: &str| {
        question(&json!({ "response": {
            "status": status, "headers": { "x-amzn-RequestId": "r-1" }, "body": body
        } }))
    };
    let answers = answers(&[
        question(&json!({ "input": { "Name": "ä" }, "token": "t-1" })),
        question(&json!({ "input": { "Name": "n" } })),
        question(&json!({ "input": { "Nam": "n", "Token": "t" } })),
        response(200, "{\"At\": 1.5}"),
        response(
            400,
            "{\"__type\": \"s#SoldOut\", \"message\": \"None\", \"Left\": 0}",
        ),
        response(200, "<html>"),
        question(&json!({ "response": { "status": 200, "bodyBase64": "%" } })),
        question(&json!({ "operation": "Return" })),
        question(&json!({ "service": "../shop" })),
        "no JSON".to_owned(),
    ]);
    let expected = json!({
        "method": "POST",
        "host": "orders.shop.eu-west-1.amazonaws.com",
        "path": "/",
        "headers": { "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Shop.Order" },
        "body": "{\"Name\":\"ä\",\"Token\":\"t-1\"}"
    });
    assert_eq!(answers[0], expected);
    let body: Value = serde_json::from_str(answers[1]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["Token"].as_str().unwrap().len(), 36, "a UUID: {body}");
    let violations = json!([
        "Name: Enter a value",
        "Nam: The operation has no such member"
    ]);
    assert_eq!(answers[2]["violations"], violations);
    assert_eq!(answers[3], json!({ "output": { "At": 1.5 } }));
    let error = json!({ "error": {
        "name": "SoldOut", "message": "None", "members": { "Left": 0 }, "requestId": "r-1"
    } });
    assert_eq!(answers[4], error);
    let refused: Vec<_> = answers[5..]
        .iter()
        .map(|answer| answer["refused"].as_str().unwrap())
        .collect();
    assert!(refused[0].contains("not JSON"), "{}", refused[0]);
    assert!(refused[1].contains("base64"), "{}", refused[1]);
    assert_eq!(refused[2], "shop has no operation Return");
    assert_eq!(refused[3], "there is no service ../shop");
    assert_eq!(refused[4], "the line is not a JSON document");
    assert_eq!(refused.len(), 5);
}

#[test]
fn how_a_request_is_signed_is_no_matter() {
    let answers = answers(&[
        question(&json!({ "service": "till", "input": { "Name": "n" }, "token": "t" })),
        question(&json!({ "service": "till", "response": {
            "status": 200, "headers": {}, "body": "{\"At\": 1}"
        } })),
    ]);
    assert_eq!(answers[0]["body"], "{\"Name\":\"n\",\"Token\":\"t\"}");
    assert_eq!(answers[1], json!({ "output": { "At": 1 } }));
}

#[test]
fn of_a_stream_of_events_only_the_output_is_refused() {
    let read = |status: u16, body: &str| {
        question(&json!({ "operation": "Watch", "response": {
            "status": status, "headers": {}, "body": body
        } }))
    };
    let answers = answers(&[
        question(&json!({ "operation": "Watch" })),
        read(200, "{}"),
        read(400, "{\"__type\": \"SoldOut\"}"),
    ]);
    assert_eq!(answers[0]["headers"]["X-Amz-Target"], "Shop.Watch");
    let refused = answers[1]["refused"].as_str().unwrap();
    assert!(refused.starts_with("a stream of events, at "), "{refused}");
    assert_eq!(answers[2]["error"]["name"], "SoldOut");
}

#[test]
fn a_folder_without_models_is_said_to_have_none() {
    let output = Command::new(env!("CARGO_BIN_EXE_formsmith-wire"))
        .args(["--models", "/nowhere"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("make models"), "{said}");
}

#[test]
fn a_large_body_is_told_as_it_is_sent() {
    let note = |length: usize| {
        question(&json!({ "operation": "Note", "input": { "Words": "w".repeat(length) } }))
    };
    // What JSON adds is `{"Words":""}`.
    let answers = answers(&[note(10_240 - 12), note(10_240 - 13)]);
    assert_eq!(answers[0]["headers"]["Content-Encoding"], "gzip");
    let body = answers[0]["bodyBase64"].as_str().unwrap();
    assert!(body.starts_with("H4sI"), "{body} is packed with gzip");
    assert_eq!(answers[1]["headers"].get("Content-Encoding"), None);
    assert_eq!(answers[1]["body"].as_str().unwrap().len(), 10_239);
}
