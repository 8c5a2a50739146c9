//! Queries over answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod judge;

use formsmith_api::model::Model;
use formsmith_query::{Condition, Field, complete, filter, find, trace};
use serde_json::{Value, json};

fn answer() -> Value {
    json!({"Reservations": [
        {"OwnerId": "1", "Instances": [
            {"Zone": "b", "InstanceId": "i-1", "Size": 5, "Tags": [{"Key": "owner", "Value": "a"}]},
            {"InstanceId": "i-2", "Size": 12},
        ]},
        {"OwnerId": "2", "Instances": [
            {"InstanceId": "i-3", "Size": 7, "Tags": [{"Key": "env", "Value": "o'clock"}]},
        ]},
    ]})
}

#[test]
fn numbers_are_numbers_and_what_is_unchanged_keeps_its_order() {
    let found = find("Reservations[].Instances[?Size > `5`][]", &answer()).unwrap();
    let ids: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["InstanceId"])
        .collect();
    assert_eq!(ids, ["i-2", "i-3"]);
    let first = find("Reservations[0].Instances[0]", &answer()).unwrap();
    assert_eq!(first.as_object().unwrap().keys().next().unwrap(), "Zone");
    let sum = find("sum(Reservations[].Instances[].Size)", &answer()).unwrap();
    assert_eq!(formsmith_api::json::float(&sum), Some(24.0));
    assert_eq!(find("to_number('5')", &answer()).unwrap(), json!(5));
    assert_eq!(find("Nothing", &answer()).unwrap(), Value::Null);
}

#[test]
fn a_mistake_is_told_with_its_place() {
    assert_eq!(find("Reservations[", &answer()).unwrap_err().at, 14);
    let unknown = find("Reservations | nope(@)", &answer()).unwrap_err();
    assert!(
        unknown.what.contains("nope") && unknown.at > 1,
        "{unknown:?}"
    );
}

#[test]
fn a_filter_finds_what_was_chosen_in_lists_within_lists() {
    let path = "Reservations[].Instances[]";
    let tag = |key: &str| Field::Tag {
        member: "Tags".into(),
        key: key.into(),
    };
    let value = |path: &str, is_text| Field::Value {
        path: path.into(),
        is_text,
    };
    let cases = [
        (tag("owner"), Condition::IsMissing, "", vec!["i-2", "i-3"]),
        (tag("owner"), Condition::IsThere, "", vec!["i-1"]),
        (tag("env"), Condition::Is, "o'clock", vec!["i-3"]),
        (tag("env"), Condition::IsNot, "o'clock", vec!["i-1", "i-2"]),
        (tag("env"), Condition::Contains, "clock", vec!["i-3"]),
        (value("Size", false), Condition::Is, "12", vec!["i-2"]),
        (
            value("Zone", true),
            Condition::IsMissing,
            "",
            vec!["i-2", "i-3"],
        ),
        (value("Zone", true), Condition::Contains, "b", vec!["i-1"]),
        (
            value("InstanceId", true),
            Condition::IsNot,
            "i-1",
            vec!["i-2", "i-3"],
        ),
    ];
    for (field, condition, value, expected) in cases {
        let query = filter(path, &field, condition, value);
        let found = find(&query, &answer()).unwrap();
        let ids: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["InstanceId"])
            .collect();
        assert_eq!(ids, expected, "{query}");
    }
}

#[test]
fn the_members_at_the_cursor_are_offered() {
    let names = |query: &str| complete(query, query.len(), &answer()).names;
    assert_eq!(names(""), ["Reservations"]);
    assert_eq!(names("Reservations[].In"), ["Instances"]);
    assert_eq!(
        names("Reservations[].Instances[?"),
        ["Zone", "InstanceId", "Size", "Tags"]
    );
    assert_eq!(
        names("Reservations[].Instances[?contains(Tags[].k"),
        ["Key"]
    );
    assert_eq!(names("Reservations[].Instances[?Size > `5`].Z"), ["Zone"]);
    assert_eq!(names("Reservations[].Instances[] | [?S"), ["Size"]);
    assert_eq!(names("Reservations[0].{a: O"), ["OwnerId"]);
    assert_eq!(names("Reservations[].Instances[?Zone=='I"), [""; 0]);
    let begun = complete("Reservations[].In && b", 17, &answer());
    assert_eq!(begun.from, 15);
}

#[test]
fn what_a_query_finds_is_known_where_the_answer_has_it() {
    let model = Model::embedded().unwrap();
    let service = model.service("servicecatalog").unwrap();
    let operation = service.operation("ListServiceActions").unwrap();
    let traced = |query: &str| trace(&model, operation, query).map(|it| (it.path, it.is_list));
    let all = Some(("ServiceActionSummaries[]".to_owned(), true));
    assert_eq!(traced("ServiceActionSummaries"), all);
    assert_eq!(traced("ServiceActionSummaries[?Name == 'a']"), all);
    assert_eq!(traced("sort_by(ServiceActionSummaries, &Name)[:2]"), all);
    assert_eq!(
        traced("ServiceActionSummaries[0]"),
        Some(("ServiceActionSummaries[]".to_owned(), false))
    );
    assert_eq!(
        traced("ServiceActionSummaries[].Name").unwrap().0,
        "ServiceActionSummaries[].Name"
    );
    assert_eq!(traced("ServiceActionSummaries[].{a: Name}"), None);
}
