//! What is said, and what the build refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../../overlays.rs"]
mod overlays;
#[allow(dead_code)]
#[path = "../../rules.rs"]
mod rules;
#[allow(dead_code)]
#[path = "../../tables.rs"]
mod tables;
mod waits;

use formsmith_api::draft::Hint;
use formsmith_api::validate::Violation;
use formsmith_run::{Place, Target};
use formsmith_words as words;
use tables::{PSEUDO, SOURCE, Table};

const ENGLISH: &str = r#"{
    "plain": "Text",
    "named": "{one} before {other}",
    "rows": { "one": "{count} row of {name}", "other": "{count} rows of {name}" }
}"#;

fn refused(tag: &str, file: &str) -> String {
    let source = Table::read(SOURCE, ENGLISH).unwrap();
    let checked = Table::read(tag, file).and_then(|table| table.check(&source));
    checked.expect_err("it is not complete")
}

#[test]
fn a_language_that_is_not_complete_is_refused_with_its_tag_and_the_key() {
    let without = |from: &str, to: &str| ENGLISH.replace(from, to);
    for (file, why) in [
        (
            without(r#""plain": "Text","#, ""),
            r#"en-GB: the text "plain" is missing"#,
        ),
        (
            without(r#""named""#, r#""plain""#),
            r#"en-GB: the text "plain" is there twice"#,
        ),
        (
            without("plain", "plane"),
            r#"en-GB: the text "plane" is not in en"#,
        ),
        (
            without("{one} before", "{two} before"),
            r#"en-GB: the text "named" has the placeholders ["two", "other"], and en has ["one", "other"]"#,
        ),
        (
            without(r#""one": "{count} row of {name}", "#, ""),
            r#"en-GB: the text "rows" has the plural forms ["other"], and the language has ["one", "other"]"#,
        ),
        (
            without("\"Text\"", "\"\""),
            r#"en-GB: the text "plain" is empty"#,
        ),
        (
            without("{one} before", "one} before"),
            r#"en-GB: the text "named" has braces that don't match"#,
        ),
    ] {
        let told = refused("en-GB", &file);
        assert!(told.starts_with(why), "{told}");
    }
    assert_eq!(refused("xx", ENGLISH), "xx: rules.rs has no rules for it");
}

#[test]
fn an_overlay_that_is_not_complete_is_refused_with_its_name_and_the_place() {
    let model = overlays::read("model", r#"{ "/a": "A", "/b": "B" }"#).unwrap();
    let told = |overlay: &str| {
        let overlay = overlays::read("xx/model", overlay)?;
        overlays::check("xx/model", &overlay, &model)
    };
    assert_eq!(told(r#"{ "/b": "2", "/a": "1" }"#), Ok(()));
    let missing = told(r#"{ "/a": "1" }"#);
    assert_eq!(
        missing,
        Err("xx/model: the text at /b is missing".to_owned())
    );
    let needless = told(r#"{ "/a": "1", "/b": "2", "/c": "3" }"#);
    assert_eq!(
        needless,
        Err("xx/model: the model has no text at /c".to_owned())
    );
}

#[test]
fn texts_are_functions_of_their_placeholders() {
    let code = Table::read(SOURCE, ENGLISH).unwrap().code();
    for signature in [
        "pub fn plain() -> &'static str",
        "pub fn named(one: &str, other: &str) -> String",
        "pub fn rows(count: usize, name: &str) -> String",
    ] {
        assert!(code.contains(signature), "{code}");
    }
}

#[test]
fn plural_forms_numbers_and_titles_are_as_in_english() {
    assert_eq!(words::pasted(1), "1 row pasted.");
    assert_eq!(words::pasted(0), "0 rows pasted.");
    assert_eq!(words::pasted(12_345), "12,345 rows pasted.");
    assert_eq!(
        words::room(2, "association", "associations"),
        "You can add 2 more associations."
    );
    assert_eq!(words::in_sentence("Product ID"), "product ID");
    assert_eq!(words::in_sentence("ID of it"), "ID of it");
    assert_eq!(
        words::copy_value("product ID", "prod-1"),
        "Copy product ID prod-1"
    );
    let imported = words::runs_imported(1, 2, 0, 1_000);
    let expected = "1 run imported. 2 already in the history. 1,000 skipped: they can't be read.";
    assert_eq!(imported, expected);
}

/// Whatever the title, with no article that the code would have to choose.
#[test]
fn titles_stand_in_sentences_without_an_article() {
    let hint = |belongs_to: &str| {
        words::hint(&Hint::OtherKind {
            prefix: "x-".into(),
            belongs_to: belongs_to.into(),
            expected: "y-".into(),
        })
    };
    let after = " (begins with x-). Values here begin with y-";
    for (title, said) in [("Account ID", "account ID"), ("Tags", "tags")] {
        let looks = format!("This looks like something else: {said}{after}");
        assert_eq!(hint(title), looks);
    }
    assert_eq!(
        words::nothing_chosen("Output format"),
        "Choose output format"
    );
}

#[test]
fn a_run_of_another_account_names_the_account() {
    let place = |account: Option<&str>| Place {
        target: Target::ProxyAws,
        region: "us-east-1".into(),
        account: account.map(str::to_owned),
        profile: None,
        endpoint: None,
    };
    assert_eq!(
        words::other_place(&place(Some("111122223333"))),
        "This ran in AWS account 1111-2222-3333. Switch to that account to continue."
    );
    assert_eq!(
        words::other_place(&place(None)),
        "This was sent to: AWS through the local proxy. Choose that target to continue."
    );
}

/// What a page in the pseudo-language says, without making it the language of these tests.
#[test]
fn the_pseudo_language_has_every_text_in_marks() {
    let source = Table::read(SOURCE, ENGLISH).unwrap();
    let file = source.pseudo().file(&source);
    let table: Vec<String> = serde_json::from_str(&file).unwrap();
    let plural = "⟦\u{1} row of \u{2}⟧\0⟦\u{1} rows of \u{2}⟧";
    assert_eq!(table[1..], ["⟦Text⟧", "⟦\u{1} before \u{2}⟧", plural]);
    let another = Table::read(SOURCE, &ENGLISH.replace("plain", "plane")).unwrap();
    assert_ne!(
        another.pseudo().file(&another),
        file,
        "its fingerprint tells"
    );
}

#[test]
fn a_table_of_another_version_is_not_spoken() {
    assert!(words::Language::read(PSEUDO, r#"["another", "⟦Text⟧"]"#).is_none());
    assert!(words::Language::read(PSEUDO, "no JSON").is_none());
    assert_eq!(words::tag(), None);
}

#[test]
fn what_is_wrong_is_said_of_the_field_it_is_about() {
    let said = |violation| {
        let title = "Schedule type".to_owned();
        let words = words::Words {
            title,
            ..words::Words::default()
        };
        words::violation(&violation, &words)
    };
    assert_eq!(said(Violation::NotANumber), "Enter a number");
    let members = |actual| said(Violation::NotOneMember { actual });
    assert_eq!(members(0), "Choose schedule type");
    assert_eq!(members(2), "Give exactly one member, not 2");
    let bytes = Violation::TooManyBytes {
        actual: 1_025,
        max: 1,
    };
    assert_eq!(said(bytes), "1,025 bytes: 1,024 too many");
}
