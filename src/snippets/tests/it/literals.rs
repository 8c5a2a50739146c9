//! Literals of the SDKs' languages.

use super::inputs::HOSTILE;
use super::{MODEL, call, find, written};
use formsmith_snippets::{Call, Language, NotWritable, write};
use serde_json::{Value, json};

fn not_written(language: Language, name: &str, input: &Value) -> NotWritable {
    write(language, &call(name, input)).unwrap_err()
}

#[test]
fn the_cli_has_an_option_for_each_member() {
    let input = json!({"Catalog": "Sandbox", "MaxResults": 5, "Identifier": ["O1", "O2"]});
    let expected = "aws partnercentral-selling list-opportunities \\
  --region eu-west-1 \\
  --catalog Sandbox \\
  --max-results 5 \\
  --identifier '[\"O1\",\"O2\"]' \\
  --no-paginate
";
    assert_eq!(
        written(Language::AwsCli, "ListOpportunities", &input),
        expected
    );
}

#[test]
fn nothing_that_a_terminal_acts_upon_stands_in_a_command_or_literal() {
    for text in HOSTILE.iter() {
        let input = json!({"AcceptLanguage": text, "Parameters": {text: [text]}});
        for language in [
            Language::AwsCli,
            Language::Boto3,
            Language::Rust,
            Language::JavaScript,
        ] {
            let written = written(language, "ExecuteProvisionedProductServiceAction", &input);
            let is_hidden = |c: char| {
                (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{2028}\u{feff}".contains(c)
            };
            assert!(!written.contains(is_hidden), "{written:?}");
        }
    }
}

#[test]
fn members_of_other_types_are_refused_where_the_language_has_types() {
    let input = json!({"Id": "rec-1", "PageSize": "five"});
    let why = not_written(Language::Rust, "DescribeRecord", &input);
    assert_eq!(
        why.to_string(),
        "PageSize is not a number, but this language can't write anything else there."
    );
    // The others send what is in the form.
    assert!(written(Language::Boto3, "DescribeRecord", &input).contains("PageSize=\"five\""));
    let cli = written(Language::AwsCli, "DescribeRecord", &input);
    assert!(
        cli.contains("--cli-input-json '{\"PageSize\":\"five\"}'"),
        "{cli}"
    );
    let input = json!({"Id": "rec-1", "PageSize": 9_007_199_254_740_993_u64});
    let why = not_written(Language::JavaScript, "DescribeRecord", &input);
    assert_eq!(
        why.to_string(),
        "PageSize is not a number of at most 2^53, but this language can't write anything else there."
    );
    let why = not_written(Language::Rust, "DescribeRecord", &json!({"Nope": 1}));
    assert!(
        why.to_string().starts_with("The model has no Nope"),
        "{why}"
    );
}

#[test]
fn moments_are_what_the_sdks_take() {
    let input =
        json!({"Catalog": "AWS", "CreatedDate": {"AfterCreatedDate": "2025-01-02T03:04:05Z"}});
    let rust = written(Language::Rust, "ListOpportunities", &input);
    assert!(
        rust.contains("DateTime::from_str(\"2025-01-02T03:04:05Z\", "),
        "{rust}"
    );
    let javascript = written(Language::JavaScript, "ListOpportunities", &input);
    assert!(javascript.contains("AfterCreatedDate: new Date(\"2025-01-02T03:04:05Z\")"));
}

#[test]
fn a_region_that_no_host_can_have_is_no_address() {
    let (service, operation) = find("DescribeRecord");
    let input = json!({"Id": "rec-1"});
    let call = Call {
        model: &MODEL,
        service,
        operation,
        is_built_in: true,
        region: "x/../y z",
        input: &input,
        query: "",
    };
    assert_eq!(
        write(Language::Curl, &call).unwrap_err().to_string(),
        "There is no region x/../y z."
    );
    let cli = write(Language::AwsCli, &call).unwrap();
    assert!(cli.contains("--region 'x/../y z'"), "{cli}");
}
