//! What is said, and what the build refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod glossary;
#[allow(dead_code)]
#[path = "../../rules.rs"]
mod rules;
#[allow(dead_code)]
#[path = "../../tables.rs"]
mod tables;
#[allow(dead_code)]
#[path = "../../translations.rs"]
mod translations;
mod waits;

use formsmith_api::draft::Hint;
use formsmith_api::validate::Violation;
use formsmith_run::{Place, Target};
use formsmith_words as words;
use serde_json::json;
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
fn a_model_that_is_not_translated_whole_is_refused_with_the_file_and_the_text() {
    let places = translations::read("model", r#"{ "/a": "A", "/b": "B", "/c": "A" }"#).unwrap();
    let told = |texts: &str| {
        let texts = translations::read("xx/model", texts)?;
        translations::check("xx/model", &texts, &places)
    };
    assert_eq!(told(r#"{ "B": "2", "A": "1" }"#), Ok(()));
    let refused = |texts: &str| told(texts).unwrap_err();
    assert_eq!(
        refused(r#"{ "A": "1" }"#),
        "xx/model: the text \"B\" is missing"
    );
    assert_eq!(
        refused(r#"{ "A": "1", "B": "2", "C": "3" }"#),
        "xx/model: the model has no text \"C\""
    );
    assert_eq!(
        refused(r#"{ "A": "1", "B": "" }"#),
        "xx/model: the text \"B\" is empty"
    );
}

#[test]
fn a_text_of_a_model_is_translated_wherever_it_stands() {
    let model = json!({ "a": "A", "b": ["B", "A"], "c": "A" });
    let places = translations::read("model", r#"{ "/a": "A", "/b/0": "B", "/b/1": "A" }"#).unwrap();
    let texts = translations::read("xx/model", r#"{ "A": "1", "B": "2" }"#).unwrap();
    let translated = translations::translated(&model, &texts, &places);
    assert_eq!(translated, json!({ "a": "1", "b": ["2", "1"], "c": "A" }));
}

#[test]
fn texts_are_functions_of_their_placeholders() {
    let code = Table::read(SOURCE, ENGLISH).unwrap().code(&[]);
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
    let source = source.with_catalog(vec!["Service".to_owned()]);
    let file = source.pseudo(PSEUDO[0]).file(&source);
    let [table, catalog]: [Vec<String>; 2] = serde_json::from_str(&file).unwrap();
    let plural = "⟦\u{1} row of \u{2}⟧\0⟦\u{1} rows of \u{2}⟧";
    assert_eq!(table[1..], ["⟦Text⟧", "⟦\u{1} before \u{2}⟧", plural]);
    assert_eq!(catalog, ["⟦Service⟧"]);
    let another = Table::read(SOURCE, &ENGLISH.replace("plain", "plane")).unwrap();
    let another = another.with_catalog(vec!["Service".to_owned()]);
    let fingerprint = |of: &Table| {
        of.pseudo(PSEUDO[0])
            .file(of)
            .split(',')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(fingerprint(&another), fingerprint(&source));
    let other_catalog = Table::read(SOURCE, ENGLISH).unwrap();
    assert_ne!(fingerprint(&other_catalog), fingerprint(&source));
}

#[test]
fn a_table_of_another_version_is_not_spoken() {
    let of_another = r#"[["another", "⟦Text⟧"], ["⟦Service⟧"]]"#;
    assert!(words::Language::read(PSEUDO[0], of_another).is_none());
    assert!(words::Language::read(PSEUDO[0], "no JSON").is_none());
    assert_eq!(words::tag(), None);
}

#[test]
fn sizes_and_durations_have_a_digit_after_the_point_where_it_tells_something() {
    assert_eq!(words::size(1_234), "1.2 KB");
    assert_eq!(words::size(2_000), "2 KB");
    assert_eq!(words::size(12_345_678), "12 MB");
    assert_eq!(words::duration(999.0), "999 ms");
    assert_eq!(words::duration(61_250.0), "61.2 s");
}

#[test]
fn a_mistake_in_a_query_is_said_in_words() {
    let said = |what: &str| words::query_mistake(7, what);
    assert_eq!(
        said("Expected ']' -- found Eof"),
        "Character 7: A ] is missing at the end"
    );
    assert_eq!(
        said("Unclosed ` delimiter: `x"),
        "Character 7: A ` is missing at the end"
    );
    assert_eq!(
        said("Unexpected nud token -- found Eof"),
        "Character 7: Something is missing at the end"
    );
    assert_eq!(
        said("Invalid character: ~"),
        "Character 7: Invalid character: ~"
    );
}

#[test]
fn another_sentence_may_follow_what_a_service_says() {
    assert_eq!(words::sentence("It does not exist"), "It does not exist.");
    assert_eq!(words::sentence("It does not exist."), "It does not exist.");
    assert_eq!(words::sentence("Really?"), "Really?");
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
