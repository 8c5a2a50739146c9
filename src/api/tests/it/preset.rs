//! Presets: made of forms without their secrets, written and read back as they are, and compared.

use crate::library;
use formsmith_api::draft::{Content, Draft, Edit, MistakeKind, NodeId};
use formsmith_api::json;
use formsmith_api::model::{Model, Operation};
use formsmith_api::placeholder;
use formsmith_api::preset::{
    BadName, Difference, Label, Mistake, NoPresets, NotMade, Preset, Why, check_folder, check_name,
    compare, read, read_stored, written, written_stored,
};
use formsmith_api::validate::Violation;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

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
fn a_file_has_a_line_for_each_value_in_an_order_that_stays() {
    let one = Preset {
        folder: String::new(),
        input: json!({"Books": [{"Isbn": "1"}], "Note": "é\n"}),
        placeholders: Vec::new(),
        ..preset("One")
    };
    let text = r#"{
  "formsmithPresets": 1,
  "presets": [
    {
      "folder": "",
      "name": "One",
      "description": "Lends a book",
      "service": "library",
      "operation": "Lend",
      "input": {
        "Books": [
          {
            "Isbn": "1"
          }
        ],
        "Note": "é\n"
      },
      "placeholders": []
    },
    {
      "folder": "team/billing",
      "name": "Two",
      "description": "Lends a book",
      "service": "library",
      "operation": "Lend",
      "input": {
        "Reader": "{{reader}}",
        "Note": "{{note}}"
      },
      "placeholders": [
        "reader"
      ]
    }
  ]
}
"#;
    assert_eq!(written(&[preset("Two"), one.clone()]), text);
    assert_eq!(read(text.as_bytes()), Ok(vec![one, preset("Two")]));
    let with_mark = ["\u{FEFF}", text].concat();
    assert_eq!(read(with_mark.as_bytes()).map(|it| it.len()), Ok(2));
}

fn mistakes(presets: &Value) -> Vec<Mistake> {
    let file = json!({"formsmithPresets": 1, "presets": presets});
    match read(json::compact(&file).as_bytes()) {
        Err(NoPresets::Mistakes(mistakes)) => mistakes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_with_its_place() {
    let good = json::parse(written_stored(&preset("x")).as_bytes()).unwrap();
    for (name, value, why) in [
        ("name", Some(json!("a/b")), Why::Name(BadName::Slash)),
        ("name", Some(json!("")), Why::Name(BadName::Empty)),
        (
            "name",
            Some(json!("a\u{202E}b")),
            Why::Name(BadName::Invisible),
        ),
        ("name", Some(json!(" a")), Why::Name(BadName::Space)),
        (
            "name",
            Some(json!("x".repeat(101))),
            Why::Name(BadName::TooLong),
        ),
        ("name", Some(json!(7)), Why::NotText),
        ("name", None, Why::Missing),
        ("folder", Some(json!("a//b")), Why::Name(BadName::Empty)),
        ("folder", Some(json!("/a")), Why::Name(BadName::Empty)),
        (
            "folder",
            Some(json!("a/".repeat(9) + "a")),
            Why::Name(BadName::TooDeep),
        ),
        (
            "description",
            Some(json!("x".repeat(501))),
            Why::TooLong { max: 500 },
        ),
        ("service", Some(json!("../x")), Why::NoApiName),
        ("operation", Some(json!("A?input=")), Why::NoApiName),
        ("operation", None, Why::Missing),
        ("input", Some(json!([])), Why::NotObject),
        ("input", None, Why::Missing),
        (
            "input",
            Some(json!({"a": "x".repeat(400_001)})),
            Why::TooLong { max: 400_000 },
        ),
        ("placeholders", Some(json!({})), Why::NotList),
        ("colour", Some(json!(1)), Why::UnknownMember),
    ] {
        let mut bad = good.clone();
        let members = bad.as_object_mut().unwrap();
        members.remove(name);
        members.extend(value.map(|value| (name.to_owned(), value)));
        let at = format!("presets[1].{name}");
        let found = mistakes(&json!([good, bad]));
        assert!(
            found.contains(&Mistake {
                at,
                why: why.clone()
            }),
            "{name} {why:?} {found:?}"
        );
    }
    for (name, why) in [
        (json!("no name"), Why::NoPlaceholder),
        (json!(1), Why::NotText),
        (json!("other"), Why::NotInInput),
        (json!("reader"), Why::Twice),
    ] {
        let mut bad = good.clone();
        bad["placeholders"] = json!(["reader", name]);
        let at = "presets[0].placeholders[1]".to_owned();
        assert_eq!(mistakes(&json!([bad])), [Mistake { at, why }]);
    }
    let twice = Mistake {
        at: "presets[1]".into(),
        why: Why::Twice,
    };
    assert_eq!(mistakes(&json!([good, good])), [twice]);
    assert_eq!(mistakes(&json!(vec![1; 30])).len(), 20, "of many the first");
}

#[test]
fn other_files_have_no_presets() {
    let read = |text: &str| read(text.as_bytes());
    for text in ["{}", "[]", "7", r#"{"presets":[]}"#] {
        assert_eq!(read(text), Err(NoPresets::OtherFile), "{text}");
    }
    for text in ["", "{", "\u{FEFF}", r#"{"formsmithPresets":1} x"#] {
        assert!(matches!(read(text), Err(NoPresets::NotJson(_))), "{text}");
    }
    let deep = format!(
        r#"{{"formsmithPresets":1,"presets":{}"#,
        "[".repeat(100_000)
    );
    assert!(matches!(read(&deep), Err(NoPresets::NotJson(_))));
    let newer = r#"{"formsmithPresets":2,"presets":[]}"#;
    assert_eq!(read(newer), Err(NoPresets::Version("2".into())));
    let many = json!({"formsmithPresets": 1, "presets": vec![0; 1001]});
    assert_eq!(read(&json::compact(&many)), Err(NoPresets::TooMany));
}

#[test]
fn a_file_is_compared_with_what_is_there() {
    let changed = Preset {
        description: "Other".into(),
        ..preset("b")
    };
    let elsewhere = Preset {
        folder: "other".into(),
        ..preset("a")
    };
    let there = [preset("a"), preset("b")];
    let compared = compare(vec![preset("a"), changed, elsewhere], &there);
    let found: Vec<Difference> = compared.iter().map(|it| it.difference()).collect();
    assert_eq!(
        found,
        [Difference::Same, Difference::Changed, Difference::New]
    );
    assert_eq!(compared[1].before, Some(preset("b")));
}

#[test]
fn names_are_what_people_can_read() {
    assert_eq!(check_name("Restart web (EU) – 2"), Ok(()));
    assert_eq!(check_folder(""), Ok(()));
    assert_eq!(check_folder("team/billing"), Ok(()));
    assert_eq!(check_folder("team/"), Err(BadName::Empty));
    assert_eq!(check_name("a\nb"), Err(BadName::Invisible));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "-?[1-9][0-9]{0,30}(\\.[0-9]{1,20})?"
            .prop_map(|text| json::parse(text.as_bytes()).unwrap()),
        ".*".prop_map(Value::from),
        "[a-z]{1,3}".prop_map(|name| placeholder::of(&name).into()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((".*", inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn any_preset() -> impl Strategy<Value = Preset> {
    let name = "[a-zA-Zé0-9{}\"\\\\<&]([a-z \"'\\\\{}<>&é😀]{0,12}[a-z\"])?";
    let folder = prop_oneof![
        Just(String::new()),
        prop::collection::vec(name, 1..4).prop_map(|it| it.join("/"))
    ];
    let members = prop::collection::vec((".*", any_value()), 0..4);
    let api_name = "[A-Za-z0-9_.-]{1,20}";
    (
        folder,
        name,
        ".{0,40}",
        api_name,
        api_name,
        members,
        any::<bool>(),
    )
        .prop_map(
            |(folder, name, description, service, operation, members, asks)| {
                let input = Value::Object(members.into_iter().collect::<Map<_, _>>());
                let placeholders = if asks {
                    placeholder::names(&input)
                } else {
                    Vec::new()
                };
                Preset {
                    folder,
                    name,
                    description,
                    service,
                    operation,
                    input,
                    placeholders,
                }
            },
        )
}

proptest! {
    #[test]
    fn what_is_exported_is_imported_as_it_was(presets in prop::collection::vec(any_preset(), 0..6)) {
        let mut unique: Vec<Preset> = Vec::new();
        for preset in presets {
            if !unique.iter().any(|it| it.path() == preset.path()) {
                let stored = read_stored(&written_stored(&preset));
                prop_assert_eq!(stored.as_ref(), Some(&preset));
                unique.push(preset);
            }
        }
        let file = written(&unique);
        unique.sort_by(|one, other| (&one.folder, &one.name).cmp(&(&other.folder, &other.name)));
        let read = read(file.as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&unique));
        prop_assert_eq!(written(&unique), file, "the order stays");
        let compared = compare(unique.clone(), &unique);
        prop_assert!(compared.iter().all(|it| it.difference() == Difference::Same));
    }

    #[test]
    fn no_file_harms_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..200), value in any_value()) {
        let _ = read(&bytes);
        let file = json!({"formsmithPresets": 1, "presets": [value]});
        let _ = read(json::compact(&file).as_bytes());
    }
}
