//! The file of presets: what it looks like, what is wrong in one, and that nothing is lost on the way.

use super::preset;
use formsmith_api::json;
use formsmith_api::placeholder;
use formsmith_api::preset::{
    BadName, Difference, Mistake, NoPresets, Preset, Why, check_folder, check_name, compare, read,
    read_stored, written, written_stored,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

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
        Err(NoPresets::Mistakes { first, .. }) => first,
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
    let Err(NoPresets::TooDeep(at)) = read(&deep) else {
        panic!("what is nested so deeply is not read");
    };
    assert_eq!((at.line, at.is_cut_off), (1, false));
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

#[test]
fn of_many_mistakes_the_first_are_named_and_all_are_counted() {
    let nothing = vec![json!({"name": "a", "service": "s", "operation": "o", "inputs": {}}); 90];
    let file = json!({"formsmithPresets": 1, "presets": nothing});
    let Err(NoPresets::Mistakes { first, count }) = read(json::compact(&file).as_bytes()) else {
        panic!("it is read");
    };
    assert!(first.len() < 30 && count >= 180, "{} {count}", first.len());
}
