//! Presets: made of forms without their secrets, and placeholders in forms.

mod file;

use crate::library;
use formsmith_api::draft::{Content, Draft, Edit, MistakeKind, NodeId};
use formsmith_api::json;
use formsmith_api::model::{Model, Operation};
use formsmith_api::placeholder;
use formsmith_api::preset::{Label, NotMade, Preset, read_stored, written, written_stored};
use formsmith_api::validate::Violation;
use serde_json::{Value, json};

fn label(name: &str) -> Label {
    Label {
        folder: "team/billing".into(),
        name: name.into(),
        description: String::new(),
    }
}

fn draft(model: &Model, operation: &Operation, input: &Value) -> Draft {
    Draft::from_text(model, operation, &json::compact(input))
        .unwrap()
        .unwrap()
}

fn member(draft: &Draft, name: &str) -> NodeId {
    draft.member(draft.root(), name).unwrap()
}

fn preset(name: &str) -> Preset {
    Preset {
        folder: "team/billing".into(),
        name: name.into(),
        description: "Lends a book".into(),
        service: "library".into(),
        operation: "Lend".into(),
        input: json!({"Reader": "{{reader}}", "Note": "{{note}}"}),
        placeholders: vec!["reader".into()],
    }
}

#[test]
fn a_placeholder_is_a_whole_text_with_a_name() {
    for (text, name) in [
        ("{{reader}}", Some("reader")),
        ("{{_a.b-c9}}", Some("_a.b-c9")),
        ("{{ reader }}", None),
        ("Dear {{reader}}", None),
        ("{{resolve:ssm:name}}", None),
        ("{{9}}", None),
        ("{{}}", None),
        ("{reader}", None),
        ("{{{reader}}}", None),
        ("{{é}}", None),
    ] {
        assert_eq!(placeholder::name(text), name, "{text}");
    }
    let long = "a".repeat(65);
    assert_eq!(placeholder::name(&placeholder::of(&long)), None);
}

#[test]
fn a_draft_with_a_placeholder_is_not_sent_until_it_is_filled_or_meant_as_it_is() {
    let model = library::model();
    let (_, lend) = library::named(&model, "Lend");
    // A number takes one as well, and comes back from JSON.
    let input = json!({
        "Books": [{"Isbn": "{{isbn}}", "Days": "{{days}}"}, {"Isbn": "{{isbn}}"}],
        "Note": "{{note}}"
    });
    let mut draft = draft(&model, lend, &input);
    assert_eq!(draft.to_json(&model, draft.root()), input);
    let found = draft.check(&model);
    assert!(
        found
            .iter()
            .all(|it| it.violation == Violation::Placeholder)
    );
    assert_eq!(found.len(), 4);
    assert!(
        !Violation::Placeholder.is_warning(),
        "it can't be sent anyway"
    );
    let open = draft.placeholders();
    let names: Vec<&str> = open.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["isbn", "days", "note"]);
    assert_eq!(open[0].nodes.len(), 2);

    let days = open[1].nodes[0];
    let wrong = draft.check_in_place(&model, days, "many");
    assert_eq!(wrong, [Violation::NotANumber]);
    assert_eq!(draft.check_in_place(&model, days, "9"), []);
    assert_eq!(
        draft.check_in_place(&model, days, "{{days}}"),
        [Violation::Placeholder]
    );
    draft.fill_placeholder(&model, &open[0], "978-3");
    draft.fill_placeholder(&model, &open[1], "9");
    let note = member(&draft, "Note");
    draft.apply(&model, Edit::TakeLiterally(note));
    assert_eq!(draft.check(&model), []);
    let expected = json!({
        "Books": [{"Isbn": "978-3", "Days": 9}, {"Isbn": "978-3"}],
        "Note": "{{note}}"
    });
    assert_eq!(draft.to_json(&model, draft.root()), expected);

    // The word holds over a reload, and until the text is changed.
    let again = Draft::from_snapshot(&draft.to_snapshot(&model)).unwrap();
    assert_eq!(again, draft);
    draft.apply(&model, Edit::SetText(note, "{{note}}".into()));
    assert_eq!(draft.check(&model)[0].violation, Violation::Placeholder);
}

#[test]
fn any_other_text_in_the_place_of_a_number_stays_a_mistake() {
    let model = library::model();
    let (_, lend) = library::named(&model, "Lend");
    let read = Draft::from_text(&model, lend, r#"{"Books": [{"Days": "{{ days }}"}]}"#);
    let mistake = read.unwrap().unwrap_err();
    assert!(matches!(mistake.kind, MistakeKind::WrongType { .. }));
}

#[test]
fn placeholders_stand_in_keys_and_in_json_too() {
    let model = library::model();
    let (_, print) = library::named(&model, "PrintCard");
    let input = json!({
        "Options": {"{{option}}": {"Value": "1"}},
        "Layout": {"title": "{{title}}", "text": "Dear {{title}}"}
    });
    let mut draft = draft(&model, print, &input);
    assert_eq!(draft.check(&model).len(), 2);
    for open in draft.placeholders() {
        draft.fill_placeholder(&model, &open, "x");
    }
    assert_eq!(draft.check(&model), []);
    let expected = json!({
        "Options": {"x": {"Value": "1"}},
        "Layout": {"title": "x", "text": "Dear {{title}}"}
    });
    assert_eq!(draft.to_json(&model, draft.root()), expected);
}

#[test]
fn a_preset_asks_for_what_was_chosen_and_takes_the_rest_as_it_is() {
    let model = library::model();
    let (_, lend) = library::named(&model, "Lend");
    let input = json!({
        "Books": [{"Isbn": "1", "Shelf": "a"}, {"Isbn": "1", "Shelf": "b"}],
        "Reader": "{{Shelf}}", "Note": "{{note}}", "Request": "a-token"
    });
    let mut draft = draft(&model, lend, &input);
    draft.apply(&model, Edit::TakeLiterally(member(&draft, "Note")));
    let texts = ["1", "a", "b"];
    let asked: Vec<NodeId> = draft
        .in_order()
        .into_iter()
        .filter(|&id| texts.contains(&draft.text(id)))
        .collect();
    let made = Preset::of(&model, "library", lend, &draft, &asked, label("Lend")).unwrap();
    let expected = json!({
        "Books": [
            {"Isbn": "{{Isbn}}", "Shelf": "{{Shelf2}}"},
            {"Isbn": "{{Isbn}}", "Shelf": "{{Shelf3}}"}
        ],
        "Reader": "{{Shelf}}", "Note": "{{note}}"
    });
    assert_eq!(
        made.input, expected,
        "each by a name of its own, tokens left out"
    );
    assert_eq!(made.placeholders, ["Isbn", "Shelf2", "Shelf3", "Shelf"]);
    assert_eq!(made.path(), "team/billing/Lend");

    // What is no placeholder of it is none in the form that it fills.
    let mut opened = self::draft(&model, lend, &made.input);
    opened.take_literally(&made.placeholders);
    let open: Vec<String> = opened
        .placeholders()
        .into_iter()
        .map(|it| it.name)
        .collect();
    assert_eq!(open, made.placeholders);

    draft.apply(
        &model,
        Edit::SetText(member(&draft, "Reader"), "{{note}}".into()),
    );
    let refused = Preset::of(&model, "library", lend, &draft, &[], label("Lend"));
    assert_eq!(refused, Err(NotMade::Ambiguous("note".into())));
}

fn secret_model() -> Model {
    let model = json!({
        "smithy": "2.0",
        "shapes": {
            "s#S": {
                "type": "service", "version": "1", "operations": [{"target": "s#Put"}],
                "traits": {
                    "aws.api#service": {"sdkId": "Secrets", "endpointPrefix": "s"},
                    "aws.auth#sigv4": {"name": "s"},
                    "aws.protocols#awsJson1_1": {}
                }
            },
            "s#Put": {
                "type": "operation", "input": {"target": "s#In"}, "output": {"target": "s#Out"}
            },
            "s#Out": {"type": "structure", "members": {}},
            "s#In": {"type": "structure", "members": {
                "Name": {"target": "smithy.api#String"},
                "Password": {"target": "s#Secret"},
                "Pin": {"target": "s#Pin"},
                "Login": {"target": "s#Login"},
                "Codes": {"target": "s#Codes"},
                "Tags": {"target": "s#Tags"},
                "Layout": {"target": "smithy.api#Document"}
            }},
            "s#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}}},
            "s#Pin": {"type": "integer", "traits": {"smithy.api#sensitive": {}}},
            "s#Codes": {
                "type": "list", "member": {"target": "smithy.api#String"},
                "traits": {"smithy.api#sensitive": {}}
            },
            "s#Tags": {
                "type": "map", "key": {"target": "s#Secret"},
                "value": {"target": "smithy.api#String"}
            },
            "s#Login": {
                "type": "structure", "members": {
                    "User": {"target": "smithy.api#String"},
                    "Tries": {"target": "smithy.api#Integer"}
                },
                "traits": {"smithy.api#sensitive": {}}
            }
        }
    });
    Model::load(&[&json::compact(&model)]).unwrap()
}

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl";

#[test]
fn no_preset_has_a_secret() {
    let model = secret_model();
    let (service, put) = (&model.services()[0], &model.services()[0].operations[0]);
    let input = json!({
        "Name": "plain", "Password": "hunter2", "Pin": 4711,
        "Login": {"User": "hunter3", "Tries": 4712},
        "Codes": ["hunter4", "hunter5"], "Tags": {"hunter6": "hunter7"},
        "Layout": {"link": TOKEN}
    });
    let expected = json!({
        "Name": "plain", "Password": "{{Password}}", "Pin": "{{Pin}}",
        "Login": {"User": "{{User}}", "Tries": "{{Tries}}"},
        "Codes": ["{{Codes}}", "{{Codes2}}"], "Tags": {"{{Tags}}": "{{Tags2}}"},
        "Layout": {"link": "{{link}}"}
    });
    let form = draft(&model, put, &input);
    let made = Preset::of(&model, &service.name, put, &form, &[], label("x")).unwrap();
    assert_eq!(made.input, expected);
    let names = [
        "Password", "Pin", "User", "Tries", "Codes", "Codes2", "Tags", "Tags2", "link",
    ];
    assert_eq!(made.placeholders, names);
    let file = written(std::slice::from_ref(&made));
    for secret in ["hunter", "4711", "4712", TOKEN] {
        assert!(!file.contains(secret), "{secret}");
    }
    // All of it can be filled in again.
    let mut opened = draft(&model, put, &made.input);
    for open in opened.placeholders() {
        let text = if ["Pin", "Tries"].contains(&&*open.name) {
            "1"
        } else {
            "x"
        };
        opened.fill_placeholder(&model, &open, text);
    }
    assert_eq!(opened.check(&model), []);

    // A secret that a reload has left a hole of is asked for in the same way.
    let kept = Draft::from_snapshot(&form.to_snapshot(&model)).unwrap();
    assert!(matches!(
        kept.content(member(&kept, "Password")),
        Content::NotKept(_)
    ));
    let made = Preset::of(&model, &service.name, put, &kept, &[], label("x")).unwrap();
    assert_eq!(made.input["Password"], "{{Password}}");
    assert_eq!(made.input["Codes"], json!(["{{Codes}}"]));
    assert_eq!(made.input["Tags"], json!({"{{Tags}}": "{{Tags2}}"}));
    assert!(!json::compact(&made.input).contains("notKept"));
    draft(&model, put, &made.input);
}

#[test]
fn a_file_with_secrets_is_read_without_them() {
    let model = secret_model();
    let put = &model.services()[0].operations[0];
    let hand_made = Preset {
        input: json!({"Password": "hunter2", "Name": TOKEN, "Pin": "{{Pin}}"}),
        placeholders: vec!["Pin".into()],
        ..preset("x")
    };
    let (clean, count) = hand_made.clone().without_secrets(Some((&model, put)));
    let expected = json!({"Password": "{{Password}}", "Name": "{{Name}}", "Pin": "{{Pin}}"});
    assert_eq!((clean.input, count), (expected, 2));
    assert_eq!(clean.placeholders, ["Pin", "Password", "Name"]);
    let (unknown, count) = hand_made.without_secrets(None);
    assert_eq!(
        (unknown.input["Name"].as_str(), count),
        (Some("{{Name}}"), 1)
    );
}

#[test]
fn what_is_asked_for_within_a_secret_goes_with_it() {
    let model = secret_model();
    let put = &model.services()[0].operations[0];
    let hand_made = Preset {
        input: json!({"Password": ["{{reader}}"], "Name": "{{name}}"}),
        placeholders: vec!["reader".into(), "name".into()],
        ..preset("x")
    };
    let (clean, count) = hand_made.without_secrets(Some((&model, put)));
    assert_eq!(
        clean.input,
        json!({"Password": "{{Password}}", "Name": "{{name}}"})
    );
    assert_eq!(count, 1);
    assert_eq!(clean.placeholders, ["name", "Password"]);
    assert_eq!(read_stored(&written_stored(&clean)), Some(clean));
}

#[test]
fn a_preset_under_another_label_holds_the_same() {
    let moved = Label {
        folder: String::new(),
        ..label("Moved")
    };
    assert_eq!(
        (moved.path(), label("x").path()),
        ("Moved".into(), "team/billing/x".into())
    );
    let expected = Preset {
        folder: String::new(),
        description: String::new(),
        ..preset("Moved")
    };
    assert_eq!(preset("x").labeled(moved.clone()), expected);
    assert_eq!((expected.path(), expected.label()), ("Moved".into(), moved));
}

#[test]
fn ten_thousand_secrets_are_asked_for_one_by_one() {
    let many = Preset {
        input: json!({"Links": vec![TOKEN; 10_000]}),
        placeholders: Vec::new(),
        ..preset("x")
    };
    let (clean, count) = many.without_secrets(None);
    assert_eq!((count, clean.placeholders.len()), (10_000, 10_000));
    assert_eq!(clean.input["Links"][9_999], "{{Links10000}}");
    assert_eq!(read_stored(&written_stored(&clean)), Some(clean));
}
