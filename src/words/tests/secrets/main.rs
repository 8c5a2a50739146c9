//! The secrets of a small service, through all ways out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod values;
mod ways;

use formsmith_api::class::Class;
use formsmith_api::draft::{Draft, Edit};
use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::outcome::Outcome;
use formsmith_api::secret::{has_hole, hole};
use formsmith_api::validate::Violation;
use formsmith_run::{Answer, OperationRef};
use serde_json::{Value, json};
use values::{Maker, response};
use ways::{Ways, of_form, of_output, of_run};

/// Secrets at members and shapes, in lists, maps, unions, blobs, headers and errors.
fn model() -> &'static Model {
    model_of_class(Class::Write)
}

/// The same with operations that can do what a class says.
fn model_of_class(class: Class) -> &'static Model {
    let target = |id: &str| json!({"target": id});
    let secret = |id: &str| json!({"target": id, "traits": {"smithy.api#sensitive": {}}});
    let text = "smithy.api#String";
    let document = json!({
        "smithy": "2.0",
        "shapes": {
            "a#Vault": {
                "type": "service", "version": "1",
                "operations": [target("a#Put"), target("a#Get")],
                "traits": {
                    "aws.api#service": {"sdkId": "Vault"}, "aws.protocols#restJson1": {},
                    "aws.auth#sigv4": {"name": "vault"},
                },
            },
            "a#Put": {
                "type": "operation", "input": target("a#Putting"), "output": target("a#Kept"),
                "errors": [target("a#Wrong")],
                "traits": {"smithy.api#http": {"method": "POST", "uri": "/put/{Name}", "code": 200}},
            },
            "a#Get": {
                "type": "operation", "input": target("a#Getting"), "output": target("a#Got"),
                "traits": {"smithy.api#http": {"method": "POST", "uri": "/get", "code": 200}},
            },
            "a#Putting": {"type": "structure", "members": {
                "Name": {"target": "a#Name", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}},
                "Password": secret(text), "Key": secret("smithy.api#Blob"), "Pin": secret("smithy.api#Integer"),
                "Answers": target("a#Answers"), "Labels": target("a#Labels"), "Where": target("a#Where"),
                "Owner": secret("a#Person"), "Header": {"target": text, "traits": {
                    "smithy.api#sensitive": {}, "smithy.api#httpHeader": "x-secret"}},
                "Note": target(text),
            }},
            "a#Name": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
            "a#Answers": {"type": "list", "member": secret(text)},
            "a#Labels": {"type": "map", "key": secret(text), "value": target(text)},
            "a#Where": {"type": "union", "members": {"Door": target("a#Person"), "Code": secret(text)}},
            "a#Person": {"type": "structure", "members": {"Mail": target(text), "Street": target(text)}},
            "a#Kept": {"type": "structure", "members": {
                "Token": secret(text), "Id": target(text), "Header": {"target": text, "traits": {
                    "smithy.api#sensitive": {}, "smithy.api#httpHeader": "x-secret"}},
                "People": target("a#People"), "Url": target(text),
            }},
            "a#People": {"type": "list", "member": secret("a#Person")},
            "a#Wrong": {"type": "structure", "members": {"message": target(text), "Given": secret(text)},
                "traits": {"smithy.api#error": "client"}},
            "a#Getting": {"type": "structure", "members": {"Id": target(text)}},
            "a#Got": {"type": "structure", "members": {"Value": target(text), "Size": target("smithy.api#Integer")}},
        },
    });
    let mut model = Model::load(&[&document.to_string()]).unwrap();
    model.classify(|_| Some(class));
    Box::leak(Box::new(model))
}

fn op(model: &'static Model, name: &str) -> OperationRef {
    OperationRef::find(model, "vault", name).unwrap()
}

fn made(model: &'static Model, name: &str) -> (OperationRef, Value, Vec<String>) {
    let op = op(model, name);
    let mut maker = Maker::new(model, "in");
    let input = maker.value(model.input(op.operation).unwrap(), false);
    (op, input, maker.markers)
}

fn texts<'a>(ways: &'a Ways, way: &'a str) -> impl Iterator<Item = &'a str> {
    let of_way = ways.out.iter().filter(move |(its, _)| *its == way);
    of_way.map(|(_, text)| text.as_str())
}

fn plain(status: u16, body: &str) -> HttpResponse {
    HttpResponse {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
        file: None,
    }
}

#[test]
fn no_way_out_has_a_secret_of_an_input() {
    let (op, input, markers) = made(model(), "Put");
    assert!(markers.len() > 8, "{markers:?}");
    let mut ways = Ways::default();
    of_form(op, &input, &mut ways);
    let restored = of_run(op, &input, plain(200, "{}"), &mut ways);
    ways.assert_without(&markers, "Put");
    assert!(has_hole(&restored.input));
    assert_eq!(restored.input["Note"], "plain");
    let words: Vec<&str> = texts(&ways, "snippet").collect();
    assert!(
        words.iter().any(|text| text.contains("<Password>")),
        "{words:?}"
    );
    // What is not secret is as ever.
    assert!(texts(&ways, "draft").all(|text| text.contains("plain")));
}

#[test]
fn no_way_out_has_a_secret_of_an_answer() {
    let model = model();
    let op = op(model, "Put");
    let place = model.root(op.operation.output.as_ref().unwrap()).unwrap();
    let mut maker = Maker::new(model, "out");
    let mut output = maker.value(place, false);
    output["Url"] = "https://a.example/b?X-Amz-Signature=0123456789abcdef".into();
    maker.markers.push("0123456789abcdef".into());
    let response = response(model, op.service, place.shape, "Put", &output);
    let input = json!({"Name": "n", "Note": "plain"});
    let mut ways = Ways::default();
    of_output(op, &output, &mut ways);
    let restored = of_run(op, &input, response, &mut ways);
    ways.assert_without(&maker.markers, "Put");
    let Some(Outcome::Output(output)) = restored.attempts[0].outcome() else {
        panic!("{restored:?}");
    };
    assert_eq!(output["Id"], "plain");
    assert_eq!(output["Token"], hole(""));
    assert_eq!(output["Url"], hole(""));
}

#[test]
fn an_error_that_repeats_what_was_typed_is_stored_without_it() {
    let (op, input, markers) = made(model(), "Put");
    let password = input["Password"].as_str().unwrap();
    for (status, body) in [
        (
            400,
            format!(r#"{{"__type":"Wrong","message":"'{password}' is bad","Given":"{password}"}}"#),
        ),
        (500, format!("<html>{password}")),
        (200, format!(r#"{{"Token":"{password}"#)),
    ] {
        let mut ways = Ways::default();
        let restored = of_run(op, &input, plain(status, &body), &mut ways);
        ways.assert_without(&markers, &body);
        if status == 400 {
            let Some(Outcome::Error(error)) = restored.attempts[0].outcome() else {
                panic!("{restored:?}");
            };
            assert_eq!(error.message.as_deref(), Some("'••••••' is bad"));
        }
    }
}

#[test]
fn an_answer_whose_operation_reads_a_secret_is_not_stored() {
    let body = r#"{"Value":"out-hush","Size":123456}"#;
    let output = serde_json::from_str(body).unwrap();
    for class in Class::ALL {
        let is_stored = !matches!(class, Class::Secret | Class::Credentials);
        let op = op(model_of_class(class), "Get");
        let mut ways = Ways::default();
        if !is_stored {
            of_output(op, &output, &mut ways);
        }
        let restored = of_run(op, &json!({"Id": "a"}), plain(200, body), &mut ways);
        let is_whole = matches!(restored.attempts[0].answer(), Some(Answer::Whole { .. }));
        assert_eq!(is_whole, is_stored, "{class:?}");
        if !is_stored {
            ways.assert_without(&["out-hush".into(), "123456".into()], class.word());
        }
    }
}

#[test]
fn of_two_secrets_that_begin_alike_nothing_is_left() {
    let op = op(model(), "Put");
    let input = json!({"Name": "n", "Password": "hunter", "Answers": ["hunter42-hush"]});
    let body = r#"{"__type":"Wrong","message":"'hunter42-hush' is too weak"}"#;
    let mut ways = Ways::default();
    let restored = of_run(op, &input, plain(400, body), &mut ways);
    ways.assert_without(&["hunter".into(), "42-hush".into()], body);
    let Some(Outcome::Error(error)) = restored.attempts[0].outcome() else {
        panic!("{restored:?}");
    };
    assert_eq!(error.message.as_deref(), Some("'••••••' is too weak"));
}

#[test]
fn a_member_of_a_secret_is_called_by_its_name() {
    let op = op(model(), "Put");
    let input = json!({"Name": "n", "Owner": {"Mail": "mail-hush", "Street": "street-hush"}});
    let body = r#"{"__type":"Wrong","message":"Street 'street-hush' is too long"}"#;
    let restored = of_run(op, &input, plain(400, body), &mut Ways::default());
    let Some(Outcome::Error(error)) = restored.attempts[0].outcome() else {
        panic!("{restored:?}");
    };
    assert_eq!(
        error.message.as_deref(),
        Some("Street '••••••' is too long")
    );
}

#[test]
fn a_secret_that_is_a_name_is_not_stored_when_it_is_repeated() {
    let op = op(model(), "Put");
    let input = json!({"Name": "n", "Labels": {"label-hush": "a"}});
    let body = r#"{"Id":"a","Echo":{"label-hush":"a"}}"#;
    let mut ways = Ways::default();
    of_run(op, &input, plain(200, body), &mut ways);
    ways.assert_without(&["label-hush".into()], body);
}

#[test]
fn what_is_typed_and_looks_like_a_secret_is_not_stored() {
    let op = op(model(), "Put");
    for text in [
        "https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=hush",
        "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.hush",
    ] {
        let input = json!({"Name": "n", "Note": text});
        let mut ways = Ways::default();
        of_form(op, &input, &mut ways);
        let restored = of_run(op, &input, plain(200, "{}"), &mut ways);
        ways.assert_without(&["hush".into()], text);
        assert!(has_hole(&restored.input["Note"]), "{:?}", restored.input);
    }
}

#[test]
fn what_looks_like_a_secret_is_not_stored() {
    let op = op(model(), "Get");
    for text in [
        "https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIA&Expires=1&Signature=hush%3D",
        "-----BEGIN RSA PRIVATE KEY-----\nhush\n-----END RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.hush",
        "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.hush",
    ] {
        let mut ways = Ways::default();
        // As some services write it.
        let body = json!({"Value": text}).to_string().replace('=', "\\u003d");
        of_run(op, &json!({"Id": "a"}), plain(200, &body), &mut ways);
        ways.assert_without(&["hush".into()], text);
    }
    for text in [
        "arn:aws:iam::123456789012:role/a",
        "eyJhIjoxfQ==",
        "-----BEGIN CERTIFICATE-----",
    ] {
        let mut ways = Ways::default();
        of_run(
            op,
            &json!({"Id": "a"}),
            plain(200, &json!({"Value": text}).to_string()),
            &mut ways,
        );
        assert!(
            texts(&ways, "fact").any(|fact| fact.contains(text)),
            "{text}"
        );
    }
}

#[test]
fn a_secret_that_is_not_kept_is_asked_for_and_never_sent() {
    let (op, input, _) = made(model(), "Put");
    let restored = of_run(op, &input, plain(500, "{}"), &mut Ways::default());
    assert!(op.request(&restored.input).is_err());
    let text = restored.input.to_string();
    let mut draft = Draft::from_text(op.model, op.operation, &text)
        .unwrap()
        .unwrap();
    let lacks = |draft: &Draft| {
        let found = draft.check(op.model).into_iter();
        let lacks = found.filter(|it| it.violation == Violation::NotKept);
        lacks.map(|it| it.node).collect::<Vec<_>>()
    };
    let password = draft.member(draft.root(), "Password").unwrap();
    assert!(lacks(&draft).contains(&password));
    draft.apply(op.model, Edit::SetText(password, "anew".into()));
    assert!(!lacks(&draft).contains(&password));
    let pin = draft.member(draft.root(), "Pin").unwrap();
    draft.apply(op.model, Edit::Omit(pin));
    assert!(!lacks(&draft).contains(&pin));
}

#[test]
fn a_hash_is_salted_with_the_run() {
    let op = op(model(), "Put");
    let input = json!({"Name": "n", "Password": "twice-hush"});
    let restored = of_run(op, &input, plain(200, "{}"), &mut Ways::default());
    // SHA-256 of the run's id, a zero byte and "twice-hush" in its quotes.
    let hash = "8df347ad3a61a5c9489cefd674921b956f4d078d5be94e441a4793a188f768cd";
    assert_eq!(restored.input["Password"], hole(hash));
}
