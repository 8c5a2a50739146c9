//! From an output to the poll of what it started.

use crate::library;
use formsmith_api::follow::follow;
use formsmith_api::model::{Model, State};
use formsmith_api::outcome::progress;
use serde_json::json;

#[test]
fn the_poll_is_for_what_the_output_names() {
    let model = library::model();
    let (service, print) = library::named(&model, "PrintCard");
    let output = |job| json!({ "Job": job }).as_object().unwrap().clone();
    let running = output(json!({ "Id": "j-1", "Status": "RUNNING" }));
    let (poll, input) = follow(service, print, &running).unwrap();
    assert_eq!((poll.name(), input), ("ShowJob", json!({ "Id": "j-1" })));
    let state = |job| {
        let output = output(json!({ "Id": "j-1", "Status": job }));
        progress(&model, poll, &output).unwrap().state
    };
    assert!(!state("RUNNING").is_over() && state("DONE").is_over());
    // Without its name it can't be polled.
    assert!(follow(service, print, &output(json!({}))).is_none());
    assert!(follow(service, poll, &running).is_none());
}

#[test]
fn a_run_is_followed_by_its_record() {
    let model = Model::embedded().unwrap();
    let operation = "ExecuteProvisionedProductServiceAction";
    let (service, operation) = crate::operation(&model, "servicecatalog", operation);
    let output = json!({ "RecordDetail": { "RecordId": "rec-1", "Status": "CREATED" } });
    let (poll, input) = follow(service, operation, output.as_object().unwrap()).unwrap();
    assert_eq!(
        (poll.name(), input),
        ("DescribeRecord", json!({ "Id": "rec-1" }))
    );
}

#[test]
fn only_the_two_ends_are_over() {
    let over = [
        State::Pending,
        State::Running,
        State::Failing,
        State::Succeeded,
        State::Failed,
    ]
    .map(State::is_over);
    assert_eq!(over, [false, false, false, true, true]);
}
