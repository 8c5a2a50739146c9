//! What to read after an unknown outcome, and what the pages say.

use crate::library;
use crate::processor_time::ProcessorTime;
use formsmith_api::model::Model;
use formsmith_api::read_back::{Found, ReadBackResult, found, plan};
use serde_json::{Map, Value, json};

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn books(books: &[(&str, Option<&str>)]) -> Value {
    let book = |(isbn, shelf): &(&str, Option<&str>)| json!({ "Isbn": isbn, "Shelf": shelf });
    json!({ "Reader": "Ida", "Books": books.iter().map(book).collect::<Vec<_>>() })
}

#[test]
fn equal_reads_are_made_once_and_incomplete_ones_never() {
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    let mut input = books(&[
        ("1", Some("a")),
        ("2", Some("b")),
        ("3", None),
        ("4", Some("a")),
    ]);
    let read_of = |input: &Value, entries: &[usize]| {
        let reads = plan(&model, service, lend, input, entries);
        assert!(
            reads
                .iter()
                .all(|read| read.operation.name() == "ListLoans")
        );
        let told = reads.into_iter().map(|read| (read.input, read.entries));
        told.collect::<Vec<_>>()
    };
    let filter = json!({ "By": "reader", "Values": ["Ida"] });
    // The season is optional and not there; the shelf of the third book is required.
    let read = |shelf: &str| json!({ "Shelf": shelf, "Filter": filter, "Limit": 2 });
    assert_eq!(
        read_of(&input, &[0, 1, 2, 3, 8]),
        [(read("a"), vec![0, 3]), (read("b"), vec![1])]
    );
    assert_eq!(read_of(&input, &[1]), [(read("b"), vec![1])]);
    input["Season"] = json!({ "From": "spring" });
    let mut in_season = read("b");
    in_season["Season"] = "spring".into();
    assert_eq!(read_of(&input, &[1]), [(in_season, vec![1])]);
    // Without the reader the filter would ask for the loans of everyone.
    input.as_object_mut().unwrap().remove("Reader");
    assert_eq!(read_of(&input, &[0, 1]), []);
}

#[test]
fn absence_is_told_by_the_last_page_only() {
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    let input = books(&[("1", Some("a")), ("2", Some("a")), ("3", Some("a"))]);
    let reads = plan(&model, service, lend, &input, &[0, 1, 2]);
    let page = |isbn: &str, next: &str| {
        object(json!({ "Loans": [{ "Book": { "Isbn": isbn } }], "Page": { "Next": next } }))
    };
    let judged = |pages: &[Map<String, Value>]| match found(&model, lend, &input, &reads[0], pages)
    {
        ReadBackResult::Entries(entries) => entries
            .into_iter()
            .map(|(_, found)| found)
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    use Found::{Done, NotDone, Unclear};
    assert_eq!(judged(&[]), [Unclear; 3]);
    assert_eq!(judged(&[page("2", "t")]), [Unclear, Done, Unclear]);
    assert_eq!(
        judged(&[page("2", "t"), page("1", "")]),
        [Done, Done, NotDone]
    );
    assert_eq!(judged(&[object(json!({}))]), [NotDone; 3]);
}

#[test]
fn without_a_key_everything_found_is_shown() {
    let model = library::model();
    let (service, print) = library::named(&model, "PrintCard");
    let input = json!({ "Reader": "Ida" });
    let reads = plan(&model, service, print, &input, &[]);
    assert_eq!((reads.len(), &reads[0].input), (1, &json!({})));
    let pages = [
        object(json!({ "Jobs": [{ "Id": "2" }, { "Id": "1" }] })),
        object(json!({})),
    ];
    let items = vec![json!({ "Id": "2" }), json!({ "Id": "1" })];
    assert_eq!(
        found(&model, print, &input, &reads[0], &pages),
        ReadBackResult::Items(items)
    );
}

fn whole(operation: &str, linked: Value) -> Found {
    let model = Model::embedded().unwrap();
    let (service, operation) = crate::operation(&model, "partnercentral-selling", operation);
    let input = json!({
        "Catalog": "AWS", "OpportunityIdentifier": "O1",
        "RelatedEntityType": "Solutions", "RelatedEntityIdentifier": "S-2"
    });
    let reads = plan(&model, service, operation, &input, &[]);
    assert_eq!(
        reads[0].input,
        json!({ "Catalog": "AWS", "Identifier": "O1" })
    );
    let mut output = object(json!({ "Id": "S-2" }));
    if !linked.is_null() {
        output.insert("RelatedEntityIdentifiers".into(), linked);
    }
    match found(&model, operation, &input, &reads[0], &[output]) {
        ReadBackResult::Whole(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_counts_wherever_it_stands_below_the_path_and_nowhere_else() {
    let with = json!({ "AwsProducts": ["EC2"], "Solutions": ["S-1", "S-2"] });
    let without = json!({ "AwsProducts": ["EC2"], "Solutions": ["S-1", "S-22"] });
    let found = |linked: &Value| {
        ["AssociateOpportunity", "DisassociateOpportunity"].map(|name| whole(name, linked.clone()))
    };
    assert_eq!(found(&with), [Found::Done, Found::NotDone]);
    assert_eq!(found(&without), [Found::NotDone, Found::Done]);
    // An answer without the list it always has says nothing.
    assert_eq!(found(&Value::Null), [Found::Unclear; 2]);
}

#[test]
fn an_id_is_found_as_the_end_of_an_arn_and_the_other_way_round() {
    let model = Model::embedded().unwrap();
    let name = "BatchDisassociateResourcesFromCustomLineItem";
    let (service, operation) = crate::operation(&model, "billingconductor", name);
    let arn = |id: &str| format!("arn:aws:billingconductor::123456789012:billinggroup/{id}");
    let sent = [
        "210987654321".to_owned(),
        arn("345678901234"),
        "098765432100".to_owned(),
        "456789012345".to_owned(),
    ];
    let input = json!({
        "TargetArn": "abcde12345", "ResourceArns": sent,
        "BillingPeriodRange": { "InclusiveStartBillingPeriod": "2025-06" }
    });
    let reads = plan(&model, service, operation, &input, &[0, 1, 2, 3]);
    let expected = json!({ "Arn": "abcde12345", "BillingPeriod": "2025-06", "MaxResults": 100 });
    assert_eq!((reads.len(), &reads[0].input), (1, &expected));
    let listed = [
        arn("210987654321"),
        "345678901234".to_owned(),
        "456789012345".to_owned(),
    ];
    let listed = listed.map(|arn| json!({ "Arn": arn, "Relationship": "CHILD" }));
    let output = object(json!({ "Arn": arn("098765432100"), "AssociatedResources": listed }));
    use Found::{Done, NotDone};
    let expected = [NotDone, NotDone, Done, NotDone];
    let expected = expected.into_iter().enumerate().collect();
    assert_eq!(
        found(&model, operation, &input, &reads[0], &[output]),
        ReadBackResult::Entries(expected)
    );
}

#[test]
fn ten_thousand_entries_are_planned_and_judged_in_a_moment() {
    let model = Model::embedded().unwrap();
    let name = "BatchAssociateServiceActionWithProvisioningArtifact";
    let (service, operation) = crate::operation(&model, "servicecatalog", name);
    let entries = (0..10_000).map(|at| {
        json!({
            "ServiceActionId": format!("act-{at}"), "ProductId": format!("prod-{}", at % 5_000),
            "ProvisioningArtifactId": "pa-1"
        })
    });
    let input = json!({ "ServiceActionAssociations": entries.collect::<Vec<_>>() });
    let all: Vec<usize> = (0..10_000).collect();
    let begun = ProcessorTime::begin();
    let reads = plan(&model, service, operation, &input, &all);
    assert_eq!(reads.len(), 5_000);
    let actions = (0..10_000).map(|at| json!({ "Id": format!("act-{}", at * 2) }));
    let output = object(json!({ "ServiceActionSummaries": actions.collect::<Vec<_>>() }));
    let one = formsmith_api::read_back::Read {
        entries: all,
        ..reads[0].clone()
    };
    let ReadBackResult::Entries(entries) = found(&model, operation, &input, &one, &[output]) else {
        panic!("not a batch");
    };
    let done = entries.iter().filter(|(_, found)| *found == Found::Done);
    assert_eq!((entries.len(), done.count()), (10_000, 5_000));
    assert!(begun.spent().as_secs() < 5, "{:?}", begun.spent());
}
