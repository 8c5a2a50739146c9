//! Commands and bodies as people have them.

use super::{MODEL, find, notes, reading, understood};
use formsmith_snippets::read;
use serde_json::json;

const ASSOCIATION: &str =
    r#"{"ServiceActionId":"act-1","ProductId":"prod-1","ProvisioningArtifactId":"pa-1"}"#;

#[test]
fn commands_are_read_however_they_are_quoted_and_broken() {
    let expected = json!({"Id": "rec-1", "AcceptLanguage": "it's é", "PageSize": 5});
    let commands = [
        "aws servicecatalog describe-record --id rec-1 --accept-language \"it's é\" --page-size 5",
        "aws servicecatalog describe-record \\\n  --id rec-1 \\\n  --accept-language 'it'\\''s é' \\\n  --page-size=5\n",
        "$ aws servicecatalog describe-record \\\r\n --id=rec-1 \\\r\n --accept-language $'it\\'s \\u00e9' --page-size 5\r\n",
        "aws --region eu-west-1 servicecatalog describe-record --id rec-1 \\  \n --accept-language it\\'s\\ é --page-size 5",
        "/usr/local/bin/aws servicecatalog describe-record --id rec-1 --accept-language $'it\\x27s \\303\\251' --page-size 5",
        "aws servicecatalog describe-record `\n --id \"rec-1\" `\n --accept-language \"it's é\" --page-size 5",
        "aws servicecatalog describe-record --cli-input-json '{\"Id\":\"no\",\"PageSize\":5}' --id rec-1 --accept-language \"it's é\"",
        "aws servicecatalog describe-record --page-size 5 --cli-input-json file:///dev/stdin <<'END'\n{\"Id\": \"rec-1\",\n \"AcceptLanguage\": \"it's é\"}\nEND\n",
    ];
    for command in commands {
        let reading = understood(command);
        assert_eq!(reading.input, expected, "{command}");
        assert_eq!(reading.operation.name(), "DescribeRecord");
        assert_eq!(notes(&reading), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn lists_and_structures_are_read_as_json_and_as_shorthand() {
    let operation =
        "aws servicecatalog batch-disassociate-service-action-from-provisioning-artifact";
    let short = "ServiceActionId=act-1,ProductId=prod-1,ProvisioningArtifactId=pa-1";
    for values in [
        format!("'[{ASSOCIATION},{ASSOCIATION}]'"),
        format!("'{ASSOCIATION}' '{ASSOCIATION}'"),
        format!("{short} {short}"),
        format!("{short} '{short}' --accept-language"),
    ] {
        let reading = understood(&format!(
            "{operation} --service-action-associations {values}"
        ));
        let one: serde_json::Value = serde_json::from_str(ASSOCIATION).unwrap();
        assert_eq!(
            reading.input["ServiceActionAssociations"],
            json!([one, one]),
            "{values}"
        );
    }
    let cases = [
        (
            "servicecatalog search-products-as-admin --filters SearchQuery=a,b,Owner=c",
            json!({"Filters": {"SearchQuery": ["a", "b"], "Owner": ["c"]}}),
        ),
        (
            "billingconductor list-billing-groups --filters 'AutoAssociate=true,Names=[{SearchOption=STARTS_WITH,SearchValue=x y}]'",
            json!({"Filters": {"AutoAssociate": true, "Names": [{"SearchOption": "STARTS_WITH", "SearchValue": "x y"}]}}),
        ),
        (
            "partnercentral-selling list-opportunities --catalog AWS --identifier O1 O2 --page-size 7",
            json!({"Catalog": "AWS", "Identifier": ["O1", "O2"], "MaxResults": 7}),
        ),
        (
            "partnercentral-selling list-opportunities --sort SortBy=Identifier,SortOrder=ASCENDING --catalog=AWS",
            json!({"Sort": {"SortBy": "Identifier", "SortOrder": "ASCENDING"}, "Catalog": "AWS"}),
        ),
    ];
    for (command, expected) in cases {
        let reading = understood(&format!("aws {command}"));
        assert_eq!(reading.input, expected, "{command}");
        assert_eq!(notes(&reading), Vec::<String>::new());
    }
}

#[test]
fn nothing_of_a_command_is_dropped_in_silence() {
    let start = "aws servicecatalog describe-record --id rec-1";
    let cases = [
        (
            "--profile demo --output json",
            vec![
                "Ignored because it isn't part of the request: --profile demo.",
                "Ignored because it isn't part of the request: --output json.",
            ],
        ),
        (
            "--debug --query 'a b'",
            vec![
                "Ignored because it isn't part of the request: --debug.",
                "Ignored because it isn't part of the request: --query a b.",
            ],
        ),
        (
            "--product-id prod-1 x",
            vec!["Ignored because it was not understood: --product-id prod-1 x."],
        ),
        (
            "stray -v",
            vec![
                "Ignored because it was not understood: stray.",
                "Ignored because it was not understood: -v.",
            ],
        ),
        (
            "--id rec-1",
            vec!["--id is given more than once: the last one is used."],
        ),
        (
            "--page-size $SIZE",
            vec![
                "Only your shell knows the value of $SIZE: the form has it as written.",
                "--page-size was left out: it must be a JSON number.",
            ],
        ),
        (
            "--page-token \"$(cat \"a b\")\"",
            vec!["Only your shell knows the value of $(cat \"a b\"): the form has it as written."],
        ),
        (
            "--page-token file://token.txt",
            vec![
                "--page-token was left out: its value is in file://token.txt, which the page can't read.",
            ],
        ),
        (
            "--page-token",
            vec!["--page-token was left out: no value follows it."],
        ),
        (
            "--cli-input-json '{\"Ident\": 1, \"PageSize\": \"5\", \"Id\": null, \"Id\": null}'",
            vec![
                "Id is given more than once: the last one is used.",
                "Ignored because --cli-input-json has no such member: Ident.",
                "--cli-input-json.PageSize was left out: it must be a JSON number.",
            ],
        ),
        (
            "--cli-input-json {oops",
            vec!["--cli-input-json was left out: it is not JSON, see line 1, column 2."],
        ),
        (
            "--cli-input-yaml x",
            vec!["Ignored because it was not understood: --cli-input-yaml x."],
        ),
        (
            "--starting-token x",
            vec!["Ignored because it isn't part of the request: --starting-token x."],
        ),
        (
            "| jq .RecordDetail > out.json # done",
            vec!["Not read: # done.", "Not read: jq .RecordDetail."],
        ),
        (
            "2> err && rm x",
            vec![
                "Ignored because it was not understood: > err.",
                "Not read: rm x.",
            ],
        ),
    ];
    for (rest, expected) in cases {
        let reading = understood(&format!("{start} {rest}"));
        assert_eq!(reading.input["Id"], "rec-1", "{rest}");
        assert_eq!(notes(&reading), expected, "{rest}");
    }
    let text = "AWS_SECRET_ACCESS_KEY=hush AWS_PROFILE=p ".to_owned() + start;
    let told = notes(&understood(&text)).join(" ");
    assert!(
        told.contains("AWS_SECRET_ACCESS_KEY") && !told.contains("hush"),
        "{told}"
    );
}

#[test]
fn a_command_may_stand_among_others() {
    let reading =
        understood("cd /x\nexport A=b\naws servicecatalog describe-record --id rec-1\necho done");
    assert_eq!(reading.input, json!({"Id": "rec-1"}));
    assert_eq!(
        notes(&reading),
        [
            "Not read: cd /x.",
            "Not read: export A=b.",
            "Not read: echo done."
        ]
    );
}

#[test]
fn the_region_is_where_the_command_goes() {
    let region = |text: &str| understood(text).region;
    let command = "aws servicecatalog describe-record --id rec-1";
    assert_eq!(region(command), None);
    assert_eq!(
        region(&format!("{command} --region eu-central-1")).as_deref(),
        Some("eu-central-1")
    );
    assert_eq!(
        region("aws --region=x-y servicecatalog describe-record").as_deref(),
        Some("x-y")
    );
}

#[test]
fn a_body_is_of_the_open_operation_or_of_the_only_one_that_it_fits() {
    let associations = format!("{{\"ServiceActionAssociations\": [{ASSOCIATION}]}}");
    for name in [
        "BatchAssociateServiceActionWithProvisioningArtifact",
        "BatchDisassociateServiceActionFromProvisioningArtifact",
    ] {
        let reading = read(&MODEL, &associations, Some(find(name))).unwrap();
        assert_eq!(reading.operation.name(), name);
    }
    let refused = reading(&associations).unwrap_err().to_string();
    assert!(
        refused.starts_with("This could be the body of several operations: Disassociate"),
        "{refused}"
    );
    let body = r#"{"ProvisionedProductId":"pp-1","ServiceActionId":"act-1","ExecuteToken":"t","Parameters":{"a":["b"]}}"#;
    let open = Some(find("DescribeRecord"));
    let read_there = read(&MODEL, body, open).unwrap();
    assert_eq!(
        read_there.operation.name(),
        "ExecuteProvisionedProductServiceAction"
    );
    assert_eq!(
        read_there.input,
        serde_json::from_str::<serde_json::Value>(body).unwrap()
    );
    // A member more than the open operation has is named.
    let more = read(
        &MODEL,
        r#"{"Id": "rec-1", "Colour": "red", "PageSize": [1]}"#,
        open,
    )
    .unwrap();
    assert_eq!(more.input, json!({"Id": "rec-1"}));
    assert_eq!(
        notes(&more),
        [
            "Ignored because there is no such member: Colour.",
            "PageSize was left out: it must be a JSON number.",
        ]
    );
}

#[test]
fn what_an_answer_is_queried_with_goes_to_the_cli_alone() {
    let input = serde_json::json!({});
    let call = formsmith_snippets::Call {
        query: "ServiceActionSummaries[?Name == 'a b'].Id",
        ..crate::call("ListServiceActions", &input)
    };
    let option = r"--query 'ServiceActionSummaries[?Name == '\''a b'\''].Id'";
    for language in formsmith_snippets::Language::ALL {
        let text = formsmith_snippets::write(language, &call).unwrap();
        let is_cli = language == formsmith_snippets::Language::AwsCli;
        assert_eq!(text.contains(option), is_cli, "{text}");
    }
}
