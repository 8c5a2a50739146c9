//! What is found for an identifier.

use crate::Console;
use formsmith_search::{highlighted, taken};

#[test]
fn an_identifier_leads_to_what_takes_it_those_that_read_first() {
    let mut console = Console::of_instances();
    for id in ["i-0123456789abcdef0", "i-0a1b2c3d", " i-0a1b2c3d "] {
        let results = console.results(id);
        assert_eq!(results.count, 5, "{id}");
        let named = console.named(results);
        assert_eq!(
            named[..2],
            ["ec2:DescribeInstances", "ec2:GetConsoleOutput"],
            "{id}"
        );
    }
    assert_eq!(
        console.first("terminate i-0123456789abcdef0"),
        "ec2:TerminateInstances"
    );
    console.add_service("lambda", "Lambda");
    for name in [
        "DeleteFunction",
        "ListFunctions",
        "ListLayers",
        "GetFunction",
    ] {
        console.add("lambda", name, "");
    }
    let arn = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
    assert_eq!(console.results(arn).count, 3, "layers are none");
    assert_eq!(console.first("arn:aws:boats:eu-central-1:1:boat/b-1"), "");
}

#[test]
fn where_an_identifier_goes_is_known() {
    let id = "i-0123456789abcdef0";
    let arn = format!("arn:aws:ec2:eu-central-1:123456789012:instance/{id}");
    for query in [id, &arn] {
        let its = |operation| taken(query, "ec2", operation);
        assert_eq!(its("StopInstances"), Some(("InstanceIds[]", id)));
        assert_eq!(its("GetConsoleOutput"), Some(("InstanceId", id)));
        assert_eq!(its("DescribeVpcs"), None);
        assert_eq!(taken(query, "rds", "StopInstances"), None);
    }
    assert_eq!(taken("stop instances", "ec2", "StopInstances"), None);
}

#[test]
fn an_identifier_of_an_unknown_form_finds_nothing() {
    let console = Console::new();
    for id in [
        "3f2c8a1e-93b1-4c1d-9a77-0f2d6c3e8b21",
        "table-mgz4jm3jkqbd2",
        "zz-0a1b2c3d",
    ] {
        assert_eq!(console.results(id).count, 0, "{id}");
    }
    assert_eq!(
        console.first("delete table table-mgz4jm3jkqbd2"),
        "dynamodb:DeleteTable"
    );
}

#[test]
fn no_title_is_marked_for_an_identifier() {
    let marked = highlighted("Stop instances", "stop i-0123456789abcdef0");
    assert_eq!(marked[0], ("Stop", true));
    assert!(marked[1..].iter().all(|(_, is_marked)| !is_marked));
}
