//! Service Catalog over several requests: pages of a list that changes, records that move on,
//! tokens that are remembered.

mod crowded;

use super::{NOW_MS, World, json};
use formsmith_api::http::HttpRequest;
use serde_json::{Value, json};

const ASSOCIATE: &str = "AssociateServiceActionWithProvisioningArtifact";
const DISASSOCIATE: &str = "DisassociateServiceActionFromProvisioningArtifact";
const RUN: &str = "ExecuteProvisionedProductServiceAction";
const OFFERED: &str = "ListServiceActionsForProvisioningArtifact";

fn ask(world: &mut World, operation: &str, input: &Value) -> Value {
    let request = world.request("servicecatalog", operation, input);
    json(&world.send(&request))
}

fn with(input: &Value, members: &Value) -> Value {
    let mut input = input.clone();
    for (name, value) in members.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

fn green() -> Value {
    json!({
        "ProductId": "prod-webf7r3pq9ydj",
        "ProvisioningArtifactId": "pa-web2x3v8nf5gq",
    })
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["ServiceActionSummaries"].as_array();
    let items = items.unwrap_or_else(|| panic!("{page}"));
    let id = |item: &Value| item["Id"].as_str().unwrap().to_owned();
    items.iter().map(id).collect()
}

#[test]
fn a_token_goes_on_at_its_item_until_that_is_gone() {
    let mut world = World::fresh();
    let first = ask(
        &mut world,
        OFFERED,
        &with(&green(), &json!({"PageSize": 3})),
    );
    assert_eq!(ids(&first)[2], "act-runbook000003");
    let next = with(
        &green(),
        &json!({"PageSize": 2, "PageToken": first["NextPageToken"]}),
    );

    let take_away = |world: &mut World, number: usize| {
        let id = format!("act-runbook{number:06}");
        let input = with(&green(), &json!({"ServiceActionId": id}));
        assert_eq!(ask(world, DISASSOCIATE, &input), Value::Null);
    };
    take_away(&mut world, 1);
    take_away(&mut world, 5);
    let page = ask(&mut world, OFFERED, &next);
    assert_eq!(ids(&page), ["act-runbook000004", "act-runbook000006"]);

    take_away(&mut world, 4);
    let refused = ask(&mut world, OFFERED, &next);
    assert_eq!(
        refused,
        json!({
            "__type": "com.amazonaws.servicecatalog#InvalidParametersException",
            "Message": "PageToken is not valid for this request.",
        })
    );
}

#[test]
fn what_is_listed_can_be_taken_away_page_by_page() {
    let mut world = World::fresh();
    let mut input = with(&green(), &json!({"PageSize": 7}));
    let mut count = 0;
    loop {
        let page = ask(&mut world, OFFERED, &input);
        let associations: Vec<Value> = ids(&page)
            .iter()
            .map(|id| with(&green(), &json!({"ServiceActionId": id})))
            .collect();
        count += associations.len();
        let batch = json!({"ServiceActionAssociations": associations});
        let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
        let answer = ask(&mut world, operation, &batch);
        assert_eq!(answer["FailedServiceActionAssociations"], json!([]));
        match page.get("NextPageToken") {
            Some(token) => input["PageToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(count, 25);
    assert_eq!(ids(&ask(&mut world, OFFERED, &green())), [""; 0]);
}

#[test]
fn a_token_holds_for_the_input_it_was_given_for() {
    let mut world = World::fresh();
    let first = ask(
        &mut world,
        OFFERED,
        &with(&green(), &json!({"PageSize": 1})),
    );
    // The same action is second in this version too.
    let blue = json!({
        "ProductId": "prod-webf7r3pq9ydj",
        "ProvisioningArtifactId": "pa-web1t6z9kc4hm",
        "PageToken": first["NextPageToken"],
    });
    let refused = ask(&mut world, OFFERED, &blue);
    assert_eq!(
        refused["Message"],
        "PageToken is not valid for this request."
    );
}

/// `DescribeRecord` lists one error only, and is refused in the service's own name all the same.
#[test]
fn errors_an_operation_leaves_out_are_still_the_services() {
    let mut world = World::fresh();
    let input = json!({"Id": "rec-prov2myec2a1b", "PageToken": "x"});
    let refused = ask(&mut world, "DescribeRecord", &input);
    assert_eq!(
        refused["__type"],
        "com.amazonaws.servicecatalog#InvalidParametersException"
    );
}

#[test]
fn page_sizes_have_bounds() {
    let mut world = World::fresh();
    let refused = ask(&mut world, "ListServiceActions", &json!({"PageSize": 21}));
    assert_eq!(
        refused["message"],
        "1 validation error detected: Value '21' at 'pageSize' failed to satisfy constraint: \
         Member must have value less than or equal to 20"
    );
    let whole = ask(&mut world, "ListServiceActions", &json!({"PageSize": 0}));
    assert_eq!(ids(&whole).len(), 20);
    let input = json!({"PageSize": 100});
    let found = ask(&mut world, "SearchProvisionedProducts", &input);
    assert_eq!(found["TotalResultsCount"], 5);
}

#[test]
fn a_run_can_be_followed_from_every_side() {
    let mut world = World::fresh();
    let product = "pp-broken4s3k7xd";
    let run = json!({
        "ProvisionedProductId": product,
        "ServiceActionId": "act-rotk8key4dx5p",
        "ExecuteToken": "run-1",
    });
    let accepted = ask(&mut world, RUN, &run)["RecordDetail"].clone();
    let id = accepted["RecordId"].clone();
    let query = json!({"Filters": {"SearchQuery": [format!("id:{product}")]}});
    let told = [
        (0, "CREATED", 0, 0, "UNDER_CHANGE"),
        (2, "IN_PROGRESS", 1, 0, "UNDER_CHANGE"),
        (6, "IN_PROGRESS_IN_ERROR", 1, 1, "UNDER_CHANGE"),
        (9, "FAILED", 2, 1, "AVAILABLE"),
        (900, "FAILED", 2, 1, "AVAILABLE"),
    ];
    for (seconds, status, outputs, errors, product_status) in told {
        world.now_ms = NOW_MS + seconds * 1000;
        let record = ask(&mut world, "DescribeRecord", &json!({"Id": id}));
        let detail = &record["RecordDetail"];
        assert_eq!(detail["Status"], status);
        assert_eq!(record["RecordOutputs"].as_array().unwrap().len(), outputs);
        assert_eq!(detail["RecordErrors"].as_array().unwrap().len(), errors);
        let history = ask(&mut world, "ListRecordHistory", &json!({"PageSize": 1}));
        assert_eq!(history["RecordDetails"], json!([detail]));
        assert_eq!(&ask(&mut world, RUN, &run)["RecordDetail"], detail);
        let found = &ask(&mut world, "SearchProvisionedProducts", &query)["ProvisionedProducts"];
        assert_eq!(found[0]["Status"], product_status);
        assert_eq!(found[0]["LastRecordId"], id);
    }
}

/// The order in which parameters are written does not make another request of it.
#[test]
fn the_same_run_written_otherwise_is_the_same() {
    let mut world = World::fresh();
    let mut run = |parameters: Value| {
        let input = json!({
            "ProvisionedProductId": "pp-abcdefgh12345",
            "ServiceActionId": "act-fs7abcd89wxyz",
            "ExecuteToken": "run-1",
            "Parameters": parameters,
        });
        ask(&mut world, RUN, &input)
    };
    let first = run(json!({"A": ["x"], "B": ["y", "z"]}));
    let again = run(json!({"B": ["y", "z"], "A": ["x"]}));
    assert_eq!(first, again);
    assert_eq!(first["RecordDetail"]["Status"], "CREATED");
    for other in [
        json!({"A": ["x"], "B": ["z", "y"]}),
        json!({"A": ["x"], "B": ["yz"]}),
        json!({"A": ["x", "B", "y", "z"]}),
        json!({"B": ["x"], "A": ["y", "z"]}),
        Value::Null,
    ] {
        let message = "ExecuteToken run-1 was used with different parameters.";
        assert_eq!(run(other)["Message"], message);
    }
}

/// Ten thousand tokens and records are kept, and not one more.
#[test]
fn what_is_remembered_is_bounded() {
    let mut world = World::fresh();
    let association = json!({
        "ServiceActionId": "act-fs7abcd89wxyz",
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk3f6hvy9pb7m",
    });
    let run = json!({
        "ProvisionedProductId": "pp-orders3pg9zk5",
        "ServiceActionId": "act-snap3rds6hw2z",
    });
    let mut first = Value::Null;
    for number in 0..10_000 {
        let token = json!({"IdempotencyToken": format!("t-{number}")});
        let input = with(&association, &token);
        assert_eq!(ask(&mut world, ASSOCIATE, &input), Value::Null);
        assert_eq!(ask(&mut world, DISASSOCIATE, &input), Value::Null);
        let input = with(&run, &json!({"ExecuteToken": format!("t-{number}")}));
        let record = ask(&mut world, RUN, &input);
        let id = &record["RecordDetail"]["RecordId"];
        assert!(id.is_string(), "{record}");
        if number == 0 {
            first = id.clone();
        }
        world.now_ms += 9_000;
    }
    // All of them are remembered still, the seeded records no longer.
    let again = with(&association, &json!({"IdempotencyToken": "t-0"}));
    assert_eq!(ask(&mut world, DISASSOCIATE, &again), Value::Null);
    let record = ask(&mut world, "DescribeRecord", &json!({"Id": first}));
    assert_eq!(record["RecordDetail"]["Status"], "SUCCEEDED");
    let seeded = json!({"Id": "rec-prov2myec2a1b"});
    let gone = ask(&mut world, "DescribeRecord", &seeded);
    assert_eq!(gone["Message"], "Record rec-prov2myec2a1b not found.");

    let one_more = with(&association, &json!({"IdempotencyToken": "t-x"}));
    assert_eq!(ask(&mut world, ASSOCIATE, &one_more), Value::Null);
    let forgotten = ask(&mut world, ASSOCIATE, &again);
    let name = "com.amazonaws.servicecatalog#DuplicateResourceException";
    assert_eq!(forgotten["__type"], name);
}

fn own_address(world: &mut World, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    let response = world.send(&HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: path.into(),
        headers: Vec::new(),
        body,
        file: None,
    });
    assert!(response.status < 300, "{}", json(&response));
    json(&response)
}

fn batch(actions: std::ops::RangeInclusive<usize>, versions: [&str; 2]) -> Value {
    let associations: Vec<Value> = versions
        .iter()
        .flat_map(|version| {
            actions.clone().map(move |action| {
                json!({
                    "ServiceActionId": format!("act-runbook{action:06}"),
                    "ProductId": "prod-webf7r3pq9ydj",
                    "ProvisioningArtifactId": version,
                })
            })
        })
        .collect();
    json!({"ServiceActionAssociations": associations})
}

#[test]
fn records_and_tokens_come_back_with_the_state() {
    let mut world = World::fresh();
    let run = json!({
        "ProvisionedProductId": "pp-abcdefgh12345",
        "ServiceActionId": "act-stop4ec2k9m7q",
        "ExecuteToken": "run-1",
    });
    let accepted = ask(&mut world, RUN, &run);
    let association = with(&green(), &json!({"ServiceActionId": "act-runbook000001"}));
    let input = with(&association, &json!({"IdempotencyToken": "t-1"}));
    assert_eq!(ask(&mut world, DISASSOCIATE, &input), Value::Null);

    let state = own_address(&mut world, "GET", "/_state", &Value::Null);
    let mut world = World::fresh();
    own_address(&mut world, "PUT", "/_state", &state);
    assert_eq!(
        own_address(&mut world, "GET", "/_state", &Value::Null),
        state
    );
    world.requests = 100;
    assert_eq!(ask(&mut world, RUN, &run), accepted);
    assert_eq!(ask(&mut world, DISASSOCIATE, &input), Value::Null);
    let refused = ask(&mut world, DISASSOCIATE, &association);
    assert_eq!(
        refused["__type"],
        "com.amazonaws.servicecatalog#ResourceNotFoundException"
    );
    let other = with(&run, &json!({"ExecuteToken": "run-2"}));
    let refused = ask(&mut world, RUN, &other);
    assert_eq!(
        refused["__type"],
        "com.amazonaws.servicecatalog#InvalidStateException"
    );
}

/// What is answered again is not done again, and what is refused is not done at all.
#[test]
fn the_ledger_counts_what_was_done() {
    let mut world = World::fresh();
    let input = json!({
        "ServiceActionId": "act-stop4ec2k9m7q",
        "ProductId": "prod-abcdzk7xy33qa",
        "ProvisioningArtifactId": "pa-wk2n8rtq5zd3c",
        "IdempotencyToken": "t-1",
    });
    for _ in 0..3 {
        ask(&mut world, DISASSOCIATE, &input);
    }
    let other = with(&input, &json!({"IdempotencyToken": "t-2"}));
    ask(&mut world, DISASSOCIATE, &other);
    let run = json!({
        "ProvisionedProductId": "pp-abcdefgh12345",
        "ServiceActionId": "act-stop4ec2k9m7q",
        "ExecuteToken": "run-1",
    });
    ask(&mut world, RUN, &run);
    ask(&mut world, RUN, &run);
    let entries = batch(20..=25, ["pa-web1t6z9kc4hm", "pa-web2x3v8nf5gq"]);
    let operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
    ask(&mut world, operation, &entries);
    let ledger = own_address(&mut world, "GET", "/_ledger", &Value::Null);
    assert_eq!(
        ledger["operations"],
        json!({ operation: 11, DISASSOCIATE: 1, RUN: 1 })
    );
}
