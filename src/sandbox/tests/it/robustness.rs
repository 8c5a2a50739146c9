//! Whatever arrives, there is an answer, and it is one of the protocol's.

use super::{World, json};
use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_api::outcome::{Outcome, outcome};
use formsmith_test_support::cases;
use serde_json::{Value, json};

/// A small generator of numbers that look random and are the same each time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// A request for each operation: its examples and the recorded exchanges.
fn originals(world: &World, model: &Model) -> Vec<HttpRequest> {
    let mut requests = Vec::new();
    for service in model.services() {
        for operation in &service.operations {
            for example in &operation.traits.examples {
                let (prefix, name) = (&service.name, operation.name());
                requests.push(world.request(prefix, name, &example.input));
            }
        }
    }
    for (_, case) in cases::exchanges() {
        let (service, name) = (case["service"].as_str(), case["operation"].as_str());
        let body = case["request"]["body"].as_str().unwrap();
        let input: Value = serde_json::from_str(body).unwrap();
        requests.push(world.request(service.unwrap(), name.unwrap(), &input));
    }
    requests
}

/// Damages one thing: bytes of the body, a value in it, a header, the path or the method.
fn damage(request: &mut HttpRequest, numbers: &mut Numbers) {
    let at = numbers.below(request.body.len());
    match numbers.below(9) {
        0 => request.body.truncate(at),
        1 => request.body.insert(at, numbers.below(256) as u8),
        2 if !request.body.is_empty() => request.body[at] = numbers.below(256) as u8,
        3 => {
            let piece = request.body[at..].to_vec();
            request.body.extend(piece);
        }
        4..=6 => {
            if let Ok(mut body) = serde_json::from_slice(&request.body) {
                replace(&mut body, numbers);
                request.body = body.to_string().into_bytes();
            }
        }
        7 => {
            let at = numbers.below(request.headers.len());
            if let Some(header) = request.headers.get_mut(at) {
                header.1 = odd_text(numbers);
            }
        }
        _ => match numbers.below(3) {
            0 => request.path = odd_text(numbers),
            1 => request.method = odd_text(numbers),
            _ => request.headers.clear(),
        },
    }
}

/// Puts something else in the place of one value.
fn replace(value: &mut Value, numbers: &mut Numbers) {
    let goes_deeper = numbers.below(4) > 0;
    match value {
        Value::Object(members) if goes_deeper && !members.is_empty() => {
            let at = numbers.below(members.len());
            if let Some(member) = members.values_mut().nth(at) {
                replace(member, numbers);
            }
        }
        Value::Array(items) if goes_deeper && !items.is_empty() => {
            let at = numbers.below(items.len());
            replace(&mut items[at], numbers);
        }
        _ => {
            *value = match numbers.below(8) {
                0 => Value::Null,
                1 => json!(numbers.below(1000)),
                2 => json!([]),
                3 => json!({}),
                4 => json!([odd_text(numbers)]),
                5 => json!({ odd_text(numbers): odd_text(numbers) }),
                6 => json!(true),
                _ => odd_text(numbers).into(),
            }
        }
    }
}

fn odd_text(numbers: &mut Numbers) -> String {
    const TEXTS: [&str; 12] = [
        "",
        "/",
        "arn:",
        "arn:aws:billingconductor::123456789012:billinggroup/",
        "i-",
        "S-",
        "2025-00",
        "\u{0}",
        "日本語",
        "🙂",
        "act-fs7abcd89wxyz",
        "AWSPartnerCentralSelling.",
    ];
    let text = TEXTS[numbers.below(TEXTS.len())];
    text.repeat(1 + numbers.below(2) * numbers.below(600))
}

#[test]
fn damaged_requests_are_answered_too() {
    let model = Model::embedded().unwrap();
    let mut world = World::fresh();
    let originals = originals(&world, &model);
    let mut numbers = Numbers(0x5eed_0f5a_9db0_c0de);
    let mut statuses = std::collections::BTreeMap::new();
    for round in 0..20_000 {
        if round % 500 == 0 {
            world = World::fresh();
        }
        let mut request = originals[numbers.below(originals.len())].clone();
        for _ in 0..numbers.below(4) {
            damage(&mut request, &mut numbers);
        }
        world.now_ms = [0, super::NOW_MS, u64::MAX][round % 3];
        let response = world.send(&request);
        *statuses.entry(response.status).or_insert(0) += 1;
        match response.status {
            200 | 404 if response.header("content-type").is_none() => {
                assert_eq!(response.body, b"<UnknownOperationException/>\n");
            }
            _ => assert!(matches!(json(&response), Value::Object(_) | Value::Null)),
        }
    }
    // Both what is refused and what gets through have to occur, or nothing was tried.
    for status in [200, 400, 404, 415] {
        assert!(
            statuses.get(&status).is_some_and(|&count| count > 500),
            "{statuses:?}"
        );
    }
}

/// A client that reads answers as the model says understands every one of them.
#[test]
fn inputs_with_other_values_get_answers_that_can_be_read() {
    let model = Model::embedded().unwrap();
    let mut world = World::fresh();
    let mut numbers = Numbers(42);
    for service in model.services() {
        for operation in &service.operations {
            for round in 0..2_000 {
                let examples = &operation.traits.examples;
                let mut input = examples[round % examples.len()].input.clone();
                replace(&mut input, &mut numbers);
                let request = world.request(&service.name, operation.name(), &input);
                let response = world.send(&request);
                let outcome = outcome(&model, service, operation, &input, &response);
                let is_read = !matches!(outcome, Outcome::NotUnderstood(_));
                assert!(is_read, "{input}: {response:?}");
            }
        }
    }
}
