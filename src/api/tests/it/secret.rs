//! Values that a model marks as sensitive are found wherever they stand.

use formsmith_api::draft::Draft;
use formsmith_api::http::HttpResponse;
use formsmith_api::json::compact;
use formsmith_api::model::{Model, Place};
use formsmith_api::outcome;
use formsmith_api::protocol::Codec;
use formsmith_api::secret;
use serde_json::{Value, json};

const MARKER: &str = "hunter2";

fn smithy() -> Model {
    let sensitive = json!({"smithy.api#sensitive": {}});
    let document = json!({"smithy": "2.0", "shapes": {
        "a.b#Vault": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Put"}],
            "traits": {
                "aws.protocols#awsJson1_1": {},
                "aws.api#service": {"sdkId": "Vault", "endpointPrefix": "vault"},
                "aws.auth#sigv4": {"name": "vault"},
            },
        },
        "a.b#Put": {
            "type": "operation",
            "input": {"target": "a.b#Tree"}, "output": {"target": "a.b#Tree"},
            "errors": [{"target": "a.b#Bad"}],
        },
        "a.b#Bad": {
            "type": "structure", "traits": {"smithy.api#error": "client"},
            "members": {"secret": {"target": "a.b#Secret"}},
        },
        "a.b#Secret": {"type": "string", "traits": sensitive},
        "a.b#Inner": {
            "type": "structure", "traits": sensitive,
            "members": {"text": {"target": "smithy.api#String"}},
        },
        "a.b#Secrets": {"type": "list", "member": {"target": "a.b#Secret"}},
        "a.b#Trees": {"type": "list", "member": {"target": "a.b#Tree"}},
        "a.b#BySecret": {
            "type": "map",
            "key": {"target": "a.b#Secret"}, "value": {"target": "smithy.api#String"},
        },
        "a.b#ByName": {
            "type": "map",
            "key": {"target": "smithy.api#String"}, "value": {"target": "a.b#Secret"},
        },
        "a.b#Either": {
            "type": "union",
            "members": {
                "one": {"target": "a.b#Secret"}, "other": {"target": "smithy.api#String"},
            },
        },
        "a.b#Tree": {"type": "structure", "members": {
            "name": {"target": "smithy.api#String"},
            "byShape": {"target": "a.b#Secret"},
            "byMember": {"target": "smithy.api#String", "traits": sensitive},
            "bytes": {"target": "smithy.api#Blob", "traits": sensitive},
            "inner": {"target": "a.b#Inner"},
            "secrets": {"target": "a.b#Secrets"},
            "trees": {"target": "a.b#Trees"},
            "bySecret": {"target": "a.b#BySecret"},
            "byName": {"target": "a.b#ByName"},
            "either": {"target": "a.b#Either"},
        }},
    }});
    Model::load(&[&document.to_string()]).unwrap()
}

fn botocore() -> Model {
    let document = json!({
        "metadata": {
            "apiVersion": "1", "endpointPrefix": "vault", "protocol": "json",
            "jsonVersion": "1.1", "serviceId": "Vault", "signatureVersion": "v4",
            "targetPrefix": "Vault", "serviceFullName": "Vault", "uid": "vault-1",
        },
        "operations": {"Put": {
            "name": "Put", "http": {"method": "POST", "requestUri": "/"},
            "input": {"shape": "Tree"}, "output": {"shape": "Tree"}, "errors": [{"shape": "Bad"}],
        }},
        "shapes": {
            "Bad": {
                "type": "structure", "exception": true, "members": {"secret": {"shape": "Secret"}},
            },
            "Text": {"type": "string"},
            "Bytes": {"type": "blob"},
            "Secret": {"type": "string", "sensitive": true},
            "Inner": {
                "type": "structure", "sensitive": true, "members": {"text": {"shape": "Text"}},
            },
            "Secrets": {"type": "list", "member": {"shape": "Secret"}},
            "Trees": {"type": "list", "member": {"shape": "Tree"}},
            "BySecret": {"type": "map", "key": {"shape": "Secret"}, "value": {"shape": "Text"}},
            "ByName": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Secret"}},
            "Either": {
                "type": "structure", "union": true,
                "members": {"one": {"shape": "Secret"}, "other": {"shape": "Text"}},
            },
            "Tree": {"type": "structure", "members": {
                "name": {"shape": "Text"},
                "byShape": {"shape": "Secret"},
                "byMember": {"shape": "Text", "sensitive": true},
                "bytes": {"shape": "Bytes", "sensitive": true},
                "inner": {"shape": "Inner"},
                "secrets": {"shape": "Secrets"},
                "trees": {"shape": "Trees"},
                "bySecret": {"shape": "BySecret"},
                "byName": {"shape": "ByName"},
                "either": {"shape": "Either"},
            }},
        },
    });
    Model::load_botocore("vault", &document.to_string(), Codec::of).unwrap()
}

fn models() -> [Model; 2] {
    [smithy(), botocore()]
}

fn tree() -> Value {
    let leaf = json!({
        "name": "kept", "byShape": MARKER, "byMember": MARKER, "bytes": "aHVudGVyMg==",
        "inner": {"text": MARKER}, "secrets": [MARKER, MARKER], "bySecret": {MARKER: "a"},
        "byName": {"kept-too": MARKER}, "either": {"one": MARKER},
    });
    let mut tree = leaf.clone();
    tree["trees"] = json!([leaf, {"name": "kept as well", "either": {"other": "kept here"}}]);
    tree
}

fn mark(_: Place<'_>, value: &Value) -> Option<Value> {
    Some(match value.get("gone") {
        Some(_) => value.clone(),
        None => json!({"gone": true}),
    })
}

fn shows_a_secret(text: &str) -> bool {
    text.contains(MARKER) || text.contains("aHVudGVyMg==")
}

#[test]
fn every_sensitive_part_is_replaced_and_nothing_else() {
    for model in models() {
        let operation = &model.services()[0].operations[0];
        let masked = secret::input(&model, operation, &tree(), &mark);
        let gone = json!({"gone": true});
        let leaf = json!({
            "name": "kept", "byShape": gone, "byMember": gone, "bytes": gone, "inner": gone,
            "secrets": [gone, gone], "bySecret": gone, "byName": {"kept-too": gone},
            "either": {"one": gone},
        });
        let mut expected = leaf.clone();
        expected["trees"] =
            json!([leaf, {"name": "kept as well", "either": {"other": "kept here"}}]);
        assert_eq!(masked, expected);
        assert_eq!(secret::input(&model, operation, &masked, &mark), masked);
        let plain = json!({"name": "a", "trees": [{"name": "b"}], "unknown": [1.50]});
        assert_eq!(secret::input(&model, operation, &plain, &mark), plain);
    }
}

#[test]
fn what_has_another_type_than_a_part_with_secrets_is_replaced_whole() {
    for model in models() {
        let operation = &model.services()[0].operations[0];
        let input = json!({"name": ["b"], "trees": MARKER, "byName": [MARKER], "secrets": MARKER});
        let masked = secret::input(&model, operation, &input, &mark);
        assert!(!shows_a_secret(&compact(&masked)), "{masked}");
        assert_eq!(masked["name"], json!(["b"]));
    }
}

#[test]
fn a_draft_is_stored_without_what_is_sensitive() {
    for model in models() {
        let operation = &model.services()[0].operations[0];
        let draft = Draft::from_text(&model, operation, &compact(&tree()));
        let draft = draft.unwrap().unwrap();
        assert!(shows_a_secret(&compact(&draft.to_snapshot())));
        let stored = draft.without_secrets(&model);
        let text = compact(&stored.to_snapshot());
        assert!(!shows_a_secret(&text), "{text}");
        assert!(
            text.contains("kept as well") && text.contains("kept here"),
            "{text}"
        );
        assert!(stored.fits(&model));
        assert_eq!(stored.without_secrets(&model), stored);
        let read = Draft::from_snapshot(&stored.to_snapshot()).unwrap();
        assert_eq!(read.to_json(&model, read.root())["name"], "kept");
    }
}

#[test]
fn a_call_for_other_tools_has_texts_in_place_of_secrets() {
    for model in models() {
        let operation = &model.services()[0].operations[0];
        let stand_in =
            |place: Place<'_>, value: &Value| secret::placeholder(&model, place, value, "SECRET");
        let shown = secret::input(&model, operation, &tree(), &stand_in);
        assert!(!shows_a_secret(&compact(&shown)), "{shown}");
        assert_eq!(shown["byShape"], "SECRET");
        assert_eq!(shown["inner"], json!({"text": "SECRET"}));
        assert_eq!(shown["bySecret"], json!({"SECRET": "SECRET"}));
    }
}

#[test]
fn a_response_is_stored_without_what_is_sensitive() {
    for model in models() {
        let service = &model.services()[0];
        let operation = &service.operations[0];
        let answers = [
            (200, tree()),
            (
                400,
                json!({"__type": "Bad", "message": "no", "secret": MARKER}),
            ),
        ];
        for (status, body) in answers {
            let response = HttpResponse {
                status,
                headers: Vec::new(),
                body: compact(&body).into_bytes(),
                file: None,
            };
            let outcome = outcome::outcome(&model, service, operation, &json!({}), &response);
            let answer = (&response, &outcome);
            let (safe, is_whole) = secret::response(&model, service, operation, answer, &mark);
            let text = String::from_utf8(safe.body).unwrap();
            assert!(is_whole && !shows_a_secret(&text), "{text}");
            assert!(text.contains("kept") || text.contains("no"), "{text}");
        }
    }
}
