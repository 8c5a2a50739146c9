//! A question's answer: all that is done for it is done by formsmith-api.

use crate::http;
use crate::models::Models;
use formsmith_api::endpoint::endpoint;
use formsmith_api::http::HttpRequest;
use formsmith_api::model::{Model, Operation, Service, Stops};
use formsmith_api::outcome::request_id;
use formsmith_api::protocol::{self, Answer};
use formsmith_api::validate;
use formsmith_words::{Words, violation, why_not_understood};
use serde_json::{Value, json};

pub fn to(models: &mut Models, question: &Value) -> Value {
    let answer = asked(models, question);
    answer.unwrap_or_else(|refused| json!({ "refused": refused }))
}

/// The error says why there is no answer.
fn asked(models: &mut Models, question: &Value) -> Result<Value, String> {
    let text = |name: &str| {
        let text = question[name].as_str();
        text.ok_or_else(|| format!("the question's {name} is missing, or no text"))
    };
    let (model, service, operation) = models.operation(text("service")?, text("operation")?)?;
    match question.get("response") {
        Some(response) => read(model, service, operation, response),
        None => {
            let region = match question.get("region") {
                Some(_) => text("region")?,
                None => "us-east-1",
            };
            write(model, service, operation, question, region)
        }
    }
}

fn write(
    model: &Model,
    service: &Service,
    operation: &Operation,
    question: &Value,
    region: &str,
) -> Result<Value, String> {
    refuse(model, operation, Stops::Writing)?;
    let mut input = question.get("input").cloned().unwrap_or(json!({}));
    // Whoever compares gives the token, so that others can have the same.
    protocol::fill_tokens(
        model,
        operation,
        &mut input,
        &mut || match question["token"].as_str() {
            Some(token) => token.to_owned(),
            None => uuid::Uuid::new_v4().to_string(),
        },
    );
    let violations = violations(model, operation, &input);
    if !violations.is_empty() {
        return Ok(json!({ "violations": violations }));
    }
    let request = protocol::write(model, service, operation, &input);
    let mut request = request.map_err(|error| error.to_string())?;
    if operation.traits.wire.request_compression {
        pack(&mut request);
    }
    let endpoint = endpoint(&service.endpoint, region);
    let endpoint = endpoint.ok_or_else(|| format!("{region} can't be the name of a region"))?;
    Ok(http::described(request, &endpoint.host))
}

/// Packs the body as it is sent.
fn pack(request: &mut HttpRequest) {
    let headers = request.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
    let Some(packed) = protocol::packed(headers, &request.body) else {
        return;
    };
    let is_other = |name: &str| !name.eq_ignore_ascii_case("content-encoding");
    request.headers.retain(|(name, _)| is_other(name));
    let encoding = ("Content-Encoding".to_owned(), packed.content_encoding);
    request.headers.push(encoding);
    request.body = packed.body;
}

/// How a request is signed is no matter here.
fn refuse(model: &Model, operation: &Operation, stops: Stops) -> Result<(), String> {
    let mut refusals = model.refusals(operation);
    match refusals.find(|it| it.stops == Some(stops)) {
        Some(refusal) => Err(format!("{}, at {}", refusal.what, refusal.at)),
        None => Ok(()),
    }
}

/// What is wrong with an input, and where, less what may be sent all the same.
fn violations(model: &Model, operation: &Operation, input: &Value) -> Vec<String> {
    let root = operation.input.as_ref().and_then(|id| model.root(id));
    let Some(root) = root else {
        return Vec::new();
    };
    let found = validate::input(model, root, input).into_iter();
    let found = found.filter(|found| !found.violation.is_warning());
    let words = Words {
        title: "a value".to_owned(),
        item: "item".to_owned(),
        items: "items".to_owned(),
        ..Words::default()
    };
    let described =
        found.map(|found| format!("{}: {}", found.path, violation(&found.violation, &words)));
    described.collect()
}

fn read(
    model: &Model,
    service: &Service,
    operation: &Operation,
    response: &Value,
) -> Result<Value, String> {
    let response = http::response(response)?;
    if response.status < 300 {
        refuse(model, operation, Stops::Reading)?;
    }
    let answer = protocol::response(model, service, operation, &response);
    Ok(match answer.map_err(|why| why_not_understood(&why))? {
        Answer::Output(output) => json!({ "output": output }),
        Answer::Error(error) => json!({"error": {
            "name": error.name,
            "message": error.message,
            "members": error.members,
            "requestId": request_id(&response),
        }}),
    })
}
