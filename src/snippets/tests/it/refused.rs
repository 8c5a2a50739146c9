//! Texts that are no call.

use super::{MODEL, find, reading};
use formsmith_snippets::read;
use proptest::prelude::*;

#[test]
fn a_text_that_is_no_call_is_refused_in_plain_words() {
    let cases = [
        (
            "",
            "There is nothing to read. Paste a command that begins with aws, or a JSON body.",
        ),
        (
            "aws s3 ls",
            "This is a command of s3, which has no model here.",
        ),
        (
            "aws servicecatalog",
            "The command names no operation. It begins with aws, the service and the operation.",
        ),
        (
            "aws servicecatalog copy-product --x y",
            "servicecatalog has no operation copy-product in the models here.",
        ),
        (
            "hello there",
            "This begins with “hello”. Paste a command that begins with aws, or a JSON body.",
        ),
        (
            "curl https://example.com",
            "This begins with “curl”. Paste a command that begins with aws, or a JSON body.",
        ),
        (
            "aws servicecatalog describe-record --id 'rec-1",
            "The opening ' is never closed. Paste the whole command.",
        ),
        (
            "aws servicecatalog describe-record --id \"$(x",
            "The opening ( is never closed. Paste the whole command.",
        ),
        (
            "{\"Id\": ",
            "This begins like JSON but is not valid: see line 1, column 7.",
        ),
        ("[1]", "A body is a JSON object, between { and }."),
        (
            "{\"Nope\": 1}",
            "No operation here has these members: Nope.",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(reading(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn size_and_depth_are_bounded() {
    let long = format!(
        "aws servicecatalog describe-record --id {}",
        "x".repeat(1 << 20)
    );
    assert_eq!(
        reading(&long).unwrap_err().to_string(),
        "The text is too long: at most 1048576 bytes are read."
    );
    let brackets = "[{A=".repeat(100_000);
    let deep = format!("aws billingconductor list-billing-groups --filters 'Names={brackets}'");
    assert_eq!(reading(&deep).unwrap().notes.len(), 1);
    let substitutions = format!(
        "aws servicecatalog describe-record --id {}",
        "$(".repeat(100_000)
    );
    assert!(reading(&substitutions).is_err());
    let open = Some(find("DescribeRecord"));
    assert!(read(&MODEL, &("{\"Id\":".repeat(100_000)), open).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(aws servicecatalog describe-record )?[\\PC\\n]{0,80}") {
        let _ = reading(&text);
    }

    #[test]
    fn any_end_of_a_command_is_read_or_refused(end in "[-a-z=\\[\\]{}'\"$()`\\\\ \n<>|;&#,@]{0,60}") {
        for start in ["", "--id ", "--filters ", "--service-action-associations ", "--cli-input-json '{", "--id <<E\n"] {
            for operation in ["servicecatalog search-products-as-admin", "billingconductor list-billing-groups"] {
                let _ = reading(&format!("aws {operation} {start}{end}"));
            }
        }
    }
}
