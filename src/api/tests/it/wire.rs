//! Exchanges recorded from AWS's own client: the same input gives the same request, and the
//! same response the same result or error.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::protocol::{self, Answer};
use formsmith_test_support::cases;
use serde_json::Value;

#[test]
fn every_recorded_input_gives_the_recorded_request() {
    let model = Model::embedded().unwrap();
    let exchanges = cases::exchanges();
    assert_eq!(exchanges.len(), 31);
    for (file, case) in exchanges {
        let (service, operation) = operation(&model, &case);
        let recorded = &case["request"];
        let recorded_body: Value =
            serde_json::from_str(recorded["body"].as_str().unwrap()).unwrap();
        let mut input = case["params"].clone();
        // Tokens the client made up are taken from what it sent.
        let mut tokens = recorded_body
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| case["params"].get(name).is_none())
            .map(|(_, token)| token.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .into_iter();
        protocol::fill_tokens(&model, operation, &mut input, &mut || {
            tokens.next().expect("a recorded token")
        });
        let request = protocol::request(&model, service, operation, &input).unwrap();
        assert_eq!(request.method, recorded["method"], "{file}");
        assert_eq!(request.path, recorded["path"], "{file}");
        for name in ["Content-Type", "X-Amz-Target"] {
            assert_eq!(
                request.header(name),
                recorded["headers"].get(name).and_then(Value::as_str),
                "{file}: {name}"
            );
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body, recorded_body, "{file}");
        assert_eq!(tokens.next(), None, "{file}: a token too many was recorded");
    }
}

#[test]
fn every_recorded_response_gives_the_recorded_result() {
    let model = Model::embedded().unwrap();
    for (file, case) in cases::exchanges() {
        let (service, operation) = operation(&model, &case);
        let response = response(&case["response"]);
        let answer = protocol::response(&model, service, operation, &response).unwrap();
        match answer {
            Answer::Output(output) => {
                assert_same(&file, &Value::Object(output), &case["result"]);
            }
            Answer::Error(error) => {
                let recorded = &case["error"];
                let code = recorded["error"]["Code"].as_str();
                assert_eq!(error.name.as_deref(), code, "{file}");
                let message = recorded["error"]["Message"].as_str();
                assert_eq!(error.message.as_deref(), message, "{file}");
                assert_eq!(
                    error.is_modeled,
                    recorded["class"] != "ClientError",
                    "{file}"
                );
                let mut members = recorded.as_object().unwrap().clone();
                for own in ["class", "error", "Message"] {
                    members.remove(own);
                }
                assert_same(&file, &Value::Object(error.members), &members.into());
            }
        }
    }
}

fn operation<'a>(
    model: &'a Model,
    case: &Value,
) -> (
    &'a formsmith_api::model::Service,
    &'a formsmith_api::model::Operation,
) {
    crate::operation(
        model,
        case["service"].as_str().unwrap(),
        case["operation"].as_str().unwrap(),
    )
}

fn response(case: &Value) -> HttpResponse {
    HttpResponse {
        status: u16::try_from(case["status"].as_u64().unwrap()).unwrap(),
        headers: case["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        body: case["body"].as_str().unwrap().as_bytes().to_vec(),
        file: None,
    }
}

/// The recording writes times as dates; the wire has epoch seconds.
fn assert_same(file: &str, ours: &Value, recorded: &Value) {
    match (ours, recorded) {
        (Value::Number(seconds), Value::Object(date)) => {
            let iso =
                protocol::to_iso_8601(formsmith_api::decimal::float(&seconds.to_string()).unwrap())
                    .unwrap();
            let recorded = date["$datetime"].as_str().unwrap();
            let recorded = recorded.replace("000+00:00", "Z").replace("+00:00", "Z");
            assert_eq!(iso, recorded, "{file}");
        }
        (Value::Object(ours), Value::Object(recorded)) => {
            let names = |object: &serde_json::Map<String, Value>| {
                let mut names: Vec<_> = object.keys().cloned().collect();
                names.sort();
                names
            };
            assert_eq!(names(ours), names(recorded), "{file}");
            for (name, value) in ours {
                assert_same(file, value, &recorded[name]);
            }
        }
        (Value::Array(ours), Value::Array(recorded)) => {
            assert_eq!(ours.len(), recorded.len(), "{file}");
            for (ours, recorded) in ours.iter().zip(recorded) {
                assert_same(file, ours, recorded);
            }
        }
        _ => assert_eq!(ours, recorded, "{file}"),
    }
}
