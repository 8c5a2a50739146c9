//! What flags and a policy file allow, and which of them holds.

use formsmith_api::class::Class;
use formsmith_proxy::permits::{Asked, Classes, Named, Permits};
use formsmith_proxy::policy_file::{self, KEYS};
use serde_json::Value;
use std::path::Path;

#[test]
fn a_star_stands_for_any_characters() {
    for (pattern, text, expected) in [
        ("Get", "Get", true),
        ("Get", "GetObject", false),
        ("Get*", "GetObject", true),
        ("*", "", true),
        ("*Object", "GetObject", true),
        ("*Object", "GetObjects", false),
        ("G*t*t", "GetObject", true),
        ("G*x*t", "GetObject", false),
        ("Get*Object*", "GetMyObjectAcl", true),
        ("a*a", "a", false),
    ] {
        let named: Named = format!("s3:{pattern}").parse().unwrap();
        assert_eq!(named.matches("s3", text), expected, "{pattern} {text}");
    }
}

#[test]
fn a_denial_of_what_no_operation_is_called_is_told() {
    let named = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect();
    let permits = Permits {
        deny: named(&["s3:PutObject", "s3:PutObjct", "s3:Put*", "s5:*"]),
        most: Some(Box::new(Permits {
            deny: named(&["S3:putobject", "ec3:Run*"]),
            ..Permits::default()
        })),
        ..Permits::default()
    };
    let in_vain: Vec<_> = permits
        .denied_in_vain()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(in_vain, ["s3:PutObjct", "s5:*", "ec3:Run*"]);
}

#[test]
fn names_have_two_parts() {
    for text in ["s3:PutObject", "s3:*", "*:*", "s3*:Get*"] {
        assert!(text.parse::<Named>().is_ok(), "{text}");
    }
    for text in [
        "",
        "s3",
        "s3:",
        ":Get",
        "s3:Get Object",
        "s3:Get:Object",
        "s3/Get",
    ] {
        assert!(text.parse::<Named>().is_err(), "{text}");
    }
}

#[test]
fn each_class_needs_its_flag_and_a_denial_always_wins() {
    let asked = |class| Asked {
        service: "s3",
        operation: "PutObject",
        own: class,
        class,
    };
    for class in Class::ALL {
        let nothing = Permits::default().check(&asked(class));
        assert_eq!(nothing.is_ok(), class == Class::Read);
        assert_eq!(
            nothing.err().and_then(|it| it.class),
            Some(class).filter(|it| *it != Class::Read)
        );
        for flagged in Class::ALL {
            let Some(classes) = flagged.flag().and_then(Classes::of_flag) else {
                continue;
            };
            let permits = Permits {
                classes,
                ..Permits::default()
            };
            let is_allowed = class == Class::Read || class.flag() == flagged.flag();
            assert_eq!(
                permits.check(&asked(class)).is_ok(),
                is_allowed,
                "{class:?}"
            );
        }
        let name = |text: &str| vec![text.parse::<Named>().unwrap()];
        let mut permits = Permits {
            allow: name("s3:Put*"),
            ..Permits::default()
        };
        assert!(permits.check(&asked(class)).is_ok());
        permits.classes = Classes::all();
        permits.deny = name("*:PutObject");
        assert!(permits.check(&asked(class)).is_err());
    }
    let raised = Asked {
        own: Class::Write,
        class: Class::Permissions,
        ..asked(Class::Write)
    };
    let named = Permits {
        allow: vec!["s3:PutObject".parse().unwrap()],
        ..Permits::default()
    };
    assert!(
        named.check(&raised).is_err(),
        "what a request adds is not the operation's"
    );
}

#[test]
fn within_a_policy_flags_only_narrow() {
    let asked = |class| Asked {
        service: "s3",
        operation: "PutObject",
        own: class,
        class,
    };
    let most = Permits {
        classes: Classes::default().with(Class::Write).with(Class::Secret),
        file: Some("policy.toml".into()),
        ..Permits::default()
    };
    let mut permits = Permits {
        most: Some(Box::new(most)),
        ..Permits::default()
    };
    assert!(
        permits.check(&asked(Class::Write)).is_ok(),
        "the file alone"
    );
    permits.classes = permits.classes.with(Class::Secret).with(Class::Destroys);
    assert!(permits.check(&asked(Class::Secret)).is_ok());
    assert!(
        permits.check(&asked(Class::Write)).is_err(),
        "not by the flags"
    );
    let refused = permits.check(&asked(Class::Destroys));
    assert!(
        refused.is_err_and(|it| it.action.contains("policy.toml")),
        "not by the file"
    );
    assert_eq!(permits.allowed().words(), ["read", "secret"]);
}

/// Reads a policy of this text.
fn policy(text: &str) -> Result<Permits, String> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("policy.toml");
    std::fs::write(&file, text).unwrap();
    policy_file::read(&file)
}

#[test]
fn a_policy_is_read_and_an_error_says_where() {
    let text = "# Ours.\nclasses = [\"write\", \"destroys\"]\nallow = [\"iam:CreateAccessKey\"]\n\
                deny = [\"*:DeleteBucket\"]\nregions = [\"eu-west-1\"]\naccounts = [\"111122223333\"]\n\
                [profiles.\"a b\"]\nregions = [\"eu-west-3\"]\n";
    let permits = policy(text).unwrap();
    assert!(permits.classes.has(Class::Write) && !permits.classes.has(Class::Secret));
    assert_eq!((permits.allow.len(), permits.deny.len()), (1, 1));
    assert_eq!(
        permits.regions.as_deref(),
        Some(&["eu-west-1".to_owned()][..])
    );
    assert_eq!(permits.profiles["a b"], ["eu-west-3"]);
    for (text, line, column, says) in [
        ("classes = [\n  \"writes\",\n]", 2, 3, "no class"),
        ("deny = [\"s3:*\"]\nforbid = []", 2, 1, "no setting"),
        ("deny = \"s3:*\"", 1, 8, "list of texts"),
        ("deny = [1]", 1, 9, "list of texts"),
        ("allow = [\"s3\"]", 1, 10, "s3:PutObject"),
        ("regions = [\"moon\"]", 1, 12, "eu-west-1"),
        ("profiles = 1", 1, 12, "profiles.staging"),
        ("[profiles]\na = []", 2, 5, "profiles.staging"),
        ("[profiles.a]\ndeny = []", 2, 1, "profiles.staging"),
        ("[profiles.a]\nregions = [\"moon\"]", 2, 12, "eu-west-1"),
        ("accounts = [\"12\"]", 1, 13, "twelve digits"),
        ("deny = [\n", 1, 9, "not TOML"),
        ("deny = []\ndeny = []", 2, 1, "not TOML"),
    ] {
        let why = policy(text).unwrap_err();
        let place = format!("policy.toml:{line}:{column}: ");
        assert!(why.contains(&place), "{text}: {why}");
        assert!(why.contains(says), "{text}: {why}");
    }
}

#[test]
fn the_schema_for_editors_has_the_same_settings_and_classes() {
    let schema = include_str!("../../../../docs/policy.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let settings = schema["properties"].as_object().unwrap();
    let mut keys: Vec<_> = settings.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, KEYS);
    assert_eq!(schema["additionalProperties"], false);
    let words = Class::ALL.map(Class::word);
    assert_eq!(
        settings["classes"]["items"]["enum"],
        serde_json::json!(words)
    );
}
