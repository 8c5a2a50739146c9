//! What is told of the parts of an input where no model says how: shapes and names do.

mod oracles;
mod reasons;

use formsmith_api::http::HttpResponse;
use formsmith_api::model::{Model, NUMBER};
use formsmith_api::outcome::{
    Arrival, BatchOutcome, EntryResult, Outcome, RowResult, Rows, Standing, named_failures,
    outcome, standing,
};
use formsmith_api::protocol::Codec;
use formsmith_test_support::forms_model;
use serde_json::{Map, Value, json};

fn model() -> Model {
    model_of("own-forms")
}

fn model_of(service: &str) -> Model {
    let mut model = Model::load_botocore(service, &forms_model().to_string(), Codec::of).unwrap();
    model.infer_outcomes();
    model
}

fn read(model: &Model, operation: &str, input: &Value, status: u16, body: &Value) -> Outcome {
    let service = &model.services()[0];
    let operation = service.operation(operation).unwrap();
    outcome(model, service, operation, input, &response(status, body))
}

fn response(status: u16, body: &Value) -> HttpResponse {
    HttpResponse {
        status,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
        file: None,
    }
}

fn batch(model: &Model, operation: &str, input: &Value, body: &Value) -> BatchOutcome {
    match read(model, operation, input, 200, body) {
        Outcome::Batch(batch) => batch,
        other => panic!("{other:?}"),
    }
}

/// `d`one, `f`ailed, done in `p`art and `?` for unknown, in the order of the entries; then the failures of none.
fn told(batch: &BatchOutcome) -> (String, usize) {
    let letters = batch.entries.iter().map(|entry| match entry.result {
        EntryResult::Succeeded => 'd',
        EntryResult::Failed(ref failed) if failed.is_partly => 'p',
        EntryResult::Failed(_) => 'f',
        EntryResult::Unreported => '?',
    });
    (letters.collect(), batch.unmatched.len())
}

fn of(model: &Model, operation: &str, input: &Value, body: &Value) -> (String, usize) {
    told(&batch(model, operation, input, body))
}

fn ids(ids: &[&str]) -> Value {
    let entries = ids
        .iter()
        .map(|id| json!({"Id": id, "MessageBody": "same"}));
    json!({"QueueUrl": "https://queue", "Entries": entries.collect::<Vec<_>>()})
}

#[test]
fn both_lists_are_joined_by_what_identifies_an_entry() {
    let model = model();
    let body = json!({
        "Successful": [{"Id": "a", "MessageId": "m"}],
        "Failed": [{"Id": "b", "Code": "InternalError", "Message": "same"}],
    });
    // Entry and failure both have a message, which says nothing of which entry it is.
    let read = batch(&model, "SendMessageBatch", &ids(&["a", "b", "c"]), &body);
    assert_eq!(told(&read), ("df?".into(), 0));
    assert!(read.successes_are_listed);
    let failed = read.failed().next().unwrap();
    assert_eq!(failed.code.as_deref(), Some("InternalError"));
    assert_eq!(failed.message.as_deref(), Some("same"));
    assert!(failed.is_retryable);
    // What was done is shown with all that the service says of it.
    assert_eq!(read.rest["Successful"], body["Successful"]);
}

#[test]
fn what_is_listed_as_done_and_as_failed_was_done_in_part() {
    let model = model();
    let body = json!({
        "Successful": [{"Id": "a", "MessageId": "m"}, {"Id": "b", "MessageId": "n"}],
        "Failed": [{"Id": "b", "Code": "InvalidZone"}, {"Id": "c", "Code": "InvalidZone"}],
    });
    let input = ids(&["a", "b", "c"]);
    let read = batch(&model, "SendMessageBatch", &input, &body);
    assert_eq!(told(&read), ("dpf".into(), 0));
    // What lists all entries, done or not, says nothing of what was done.
    let body = json!({
        "ResultList": [{"Index": 0}],
        "ErrorList": [{"Index": 0, "ErrorCode": "TextSizeLimitExceeded"}],
    });
    let input = json!({"TextList": ["one", "two"]});
    assert_eq!(of(&model, "BatchDetect", &input, &body).0, "f?");
}

#[test]
fn failures_alone_leave_the_others_done() {
    let model = model();
    let input = json!({"ScheduledActionNames": ["a", "b", "arn:aws:x:y:z:action/c"]});
    let failed = |name: &str| json!({"FailedScheduledActions": [{"ScheduledActionName": name, "ErrorCode": "Gone"}]});
    let told = |name| of(&model, "BatchDeleteScheduledAction", &input, &failed(name));
    assert_eq!(told("b"), ("dfd".into(), 0));
    assert_eq!(told("c"), ("ddf".into(), 0), "the end of an ARN");
    assert_eq!(told("x"), ("???".into(), 1), "which one is unknown");
    let nothing = of(&model, "BatchDeleteScheduledAction", &input, &json!({}));
    assert_eq!(nothing, ("ddd".into(), 0));
}

#[test]
fn one_result_for_each_entry_counts_in_order() {
    let model = model();
    let input = json!({"Records": [{"PartitionKey": "p"}, {"PartitionKey": "p"}]});
    let throttled = "ProvisionedThroughputExceededException";
    let body = json!({"FailedRecordCount": 1, "Records": [
        {"SequenceNumber": "1"}, {"ErrorCode": throttled, "ErrorMessage": "Slow."},
    ]});
    let read = batch(&model, "PutRecords", &input, &body);
    assert_eq!(told(&read), ("df".into(), 0));
    assert!(read.failed().all(|failed| failed.is_retryable));
    let short = json!({"FailedRecordCount": 1, "Records": [{"ErrorCode": throttled}]});
    assert_eq!(of(&model, "PutRecords", &input, &short), ("??".into(), 1));
    let counted = json!({"FailedRecordCount": 2, "Records": []});
    assert_eq!(of(&model, "PutRecords", &input, &counted), ("??".into(), 2));
}

#[test]
fn what_was_not_processed_comes_back_as_it_was_sent() {
    let model = model();
    let put = |id: &str| json!({"PutRequest": {"Item": {"id": {"S": id}}}});
    let delete = |id: &str| json!({"DeleteRequest": {"Key": {"id": {"S": id}}}});
    let input = json!({"RequestItems": {"t": [put("1"), put("2")], "u": [put("1"), delete("1")]}});
    let body = json!({"UnprocessedItems": {"u": [delete("1")], "t": [put("2")]}});
    let read = batch(&model, "BatchWriteItem", &input, &body);
    assert_eq!(told(&read), ("dfdf".into(), 0));
    assert!(read.failed().all(|failed| failed.is_retryable));
    let operation = model.services()[0].operation("BatchWriteItem").unwrap();
    let rows = Rows::new(operation, &input).unwrap();
    assert_eq!(rows.rows[3].key[0], "u");
    // What is sent again is the input with those entries alone.
    let own = operation.traits.batch.as_ref().unwrap();
    let mut again = input.clone();
    let chosen = [1, 3].map(|at: usize| rows.rows[at].sent.clone());
    own.put(&mut again, chosen.to_vec());
    assert_eq!(
        again,
        json!({"RequestItems": {"t": [put("2")], "u": [delete("1")]}})
    );
}

#[test]
fn an_index_counts_from_nothing() {
    let model = model();
    let input = json!({"TextList": ["secret", "secret", "x"]});
    let body = json!({
        "ResultList": [{"Index": 0}, {"Index": 2}],
        "ErrorList": [{"Index": 1, "ErrorCode": "Internal"}],
    });
    assert_eq!(of(&model, "BatchDetect", &input, &body), ("dfd".into(), 0));
    let beyond = json!({"ErrorList": [{"Index": 3, "ErrorCode": "Internal"}]});
    assert_eq!(
        of(&model, "BatchDetect", &input, &beyond),
        ("???".into(), 1)
    );
    // Texts that are secret are told apart by their number.
    let operation = model.services()[0].operation("BatchDetect").unwrap();
    let rows = Rows::new(operation, &input).unwrap();
    let keys: Vec<_> = rows.rows.iter().map(|row| row.key.join(",")).collect();
    assert_eq!(keys, ["1", "2", "3"]);
    let own = operation.traits.batch.as_ref().unwrap();
    assert_eq!(own.entry_key, [NUMBER]);
}

#[test]
fn a_map_is_known_by_its_keys() {
    let model = model();
    let input = json!({"versions": ["1", "2"]});
    let body = json!({
        "successfulVersions": {"1": {"status": "Published"}},
        "failedVersions": {"2": {"errorCode": "NOT_FOUND"}},
    });
    assert_eq!(
        of(&model, "DeleteVersions", &input, &body),
        ("df".into(), 0)
    );
}

#[test]
fn an_error_may_tell_of_single_entries() {
    let model = model();
    let service = &model.services()[0];
    let operation = service.operation("WriteRecords").unwrap();
    let input = json!({"Records": [{"MeasureName": "a"}, {"MeasureName": "b"}]});
    let body = json!({"__type": "RejectedRecordsException", "Message": "Some.",
        "RejectedRecords": [{"RecordIndex": 1, "Reason": "Too old."}]});
    let response = response(400, &body);
    let read = outcome(&model, service, operation, &input, &response);
    let mut rows = Rows::new(operation, &input).unwrap();
    let arrival = Arrival::Answered {
        response: &response,
        outcome: &read,
    };
    rows.take(&model, operation, &[0, 1], &arrival, 1);
    assert_eq!(rows.rows[0].result, RowResult::Unknown);
    let RowResult::Failed(failed) = &rows.rows[1].result else {
        panic!("{:?}", rows.rows[1])
    };
    assert_eq!(failed.message.as_deref(), Some("Too old."));
}

#[test]
fn lists_are_found_within_a_structure_and_a_success_that_has_an_error_failed() {
    let model = model();
    let object = |key: &str| json!({"Key": key});
    let input = json!({"Bucket": "b", "Delete": {"Objects": [object("x"), object("y")]}});
    let body = json!({
        "Deleted": [{"Key": "x", "VersionId": "1"}],
        "Errors": [{"Key": "y", "Code": "AccessDenied", "Message": "No."}],
    });
    assert_eq!(of(&model, "DeleteObjects", &input, &body), ("df".into(), 0));
    let body = json!({"Deleted": [{"Key": "x", "ErrorCode": "Late"}, {"Key": "y"}]});
    assert_eq!(of(&model, "DeleteObjects", &input, &body), ("fd".into(), 0));
}

#[test]
fn what_several_entries_may_have_leaves_them_unknown() {
    let model = model();
    let target = |id: &str, port: Option<u16>| match port {
        Some(port) => json!({"id": id, "port": port}),
        None => json!({"id": id}),
    };
    let input = json!({"targets": [target("a", Some(1)), target("a", Some(2)), target("b", None)]});
    let failed = |target: Value| json!({"unsuccessful": [target]});
    let told = |target| of(&model, "RegisterTargets", &input, &failed(target));
    assert_eq!(told(target("a", Some(2))), ("dfd".into(), 0));
    assert_eq!(
        told(target("b", Some(80))),
        ("ddf".into(), 0),
        "the port is a default"
    );
    assert_eq!(told(target("a", None)), ("???".into(), 1));
    assert_eq!(told(json!({"failureCode": "x"})), ("???".into(), 1));
    // Equal entries are no doubt: the last of them failed.
    let twice = json!({"targets": [target("a", Some(1)), target("a", Some(1))]});
    let body = failed(target("a", Some(1)));
    assert_eq!(
        of(&model, "RegisterTargets", &twice, &body),
        ("df".into(), 0)
    );
}

#[test]
fn groups_of_failures_are_the_entries_in_them() {
    let model = model();
    let key = |id: &str| json!({"ResourceType": "t", "ResourceId": id});
    let input = json!({"ResourceKeys": [key("1"), key("2"), key("3")]});
    let body = json!({"FailedBatches": [
        {"FailureMessage": "Why.", "FailedItems": [key("1"), key("3")]},
    ]});
    let read = batch(&model, "PutExceptions", &input, &body);
    assert_eq!(told(&read), ("fdf".into(), 0));
    let messages: Vec<_> = read.failed().map(|it| it.message.as_deref()).collect();
    assert_eq!(messages, [Some("Why."), Some("Why.")]);
    let of_nobody = json!({"FailedBatches": [{"FailureMessage": "Why."}]});
    assert_eq!(
        of(&model, "PutExceptions", &input, &of_nobody),
        ("???".into(), 1)
    );
}

#[test]
fn failures_that_nothing_is_joined_to_are_no_success() {
    let model = model();
    let service = &model.services()[0];
    let is_done = |operation: &str, input: Value, body: Value| {
        let operation = service.operation(operation).unwrap();
        assert!(operation.traits.batch.is_none(), "{}", operation.name());
        let response = response(200, &body);
        let read = outcome(&model, service, operation, &input, &response);
        let arrival = Arrival::Answered {
            response: &response,
            outcome: &read,
        };
        let Outcome::Output(output) = &read else {
            panic!("{read:?}")
        };
        let is_done = standing(operation, &arrival, false) == Standing::Done;
        assert_eq!(is_done, named_failures(operation, output) == 0);
        is_done
    };
    let failure = json!([{"reason": "RESOURCE:CPU"}]);
    assert!(!is_done("RunTask", json!({}), json!({"failures": failure})));
    assert!(is_done(
        "RunTask",
        json!({}),
        json!({"tasks": [], "failures": []})
    ));
    let rejected = json!({"rejectedLogEventsInfo": {"tooNewLogEventStartIndex": 1}});
    assert!(!is_done("PutLogEvents", json!({}), rejected));
    assert!(!is_done(
        "PutMetrics",
        json!({"Metrics": ["a"]}),
        json!({"FailedCount": 1})
    ));
    assert!(is_done(
        "PutMetrics",
        json!({"Metrics": ["a"]}),
        json!({"FailedCount": 0})
    ));
    // Why a thing stands as it does, what others failed at, and what was sent itself.
    let reasons = json!({"status": "FAILED", "failureReasons": [{"code": "c"}], "errors": [{}]});
    assert!(is_done("CreateProject", json!({}), reasons));
    let jobs = json!({"failures": [{"job": "a"}]});
    assert!(is_done("ListImportFailures", json!({}), jobs));
    let rules = json!({"RejectedPatches": ["a"]});
    assert!(is_done("UpdateBaseline", rules.clone(), rules));
}

#[test]
fn without_entries_an_inferred_batch_is_an_answer_like_others() {
    let model = model();
    let operation = model.services()[0].operation("CancelExecutions").unwrap();
    assert!(operation.traits.batch.is_some());
    assert_eq!(Rows::new(operation, &json!({"flow": "f"})), None);
    let body = json!({"invalidExecutions": ["x"]});
    let read = read(
        &model,
        "CancelExecutions",
        &json!({"flow": "f"}),
        200,
        &body,
    );
    let Outcome::Output(output) = read else {
        panic!("{read:?}")
    };
    assert_eq!(named_failures(operation, &output), 1);
}

#[test]
fn a_structure_that_says_why_is_one_failure() {
    let model = model();
    let operation = model.services()[0].operation("PutLogEvents").unwrap();
    let output = |info: Value| Map::from_iter([("rejectedLogEventsInfo".to_owned(), info)]);
    let both = json!({"tooNewLogEventStartIndex": 1, "expiredLogEventEndIndex": 0});
    assert_eq!(named_failures(operation, &output(both)), 1);
    assert_eq!(named_failures(operation, &output(json!({}))), 0);
}

#[test]
fn what_comes_page_by_page_is_no_batch() {
    let model = model();
    let operation = model.services()[0].operation("GetPages").unwrap();
    assert!(operation.traits.batch.is_none());
    assert_eq!(operation.failures, ["errors"]);
}

#[test]
fn what_a_model_says_itself_stays() {
    let model = Model::embedded().unwrap();
    let operations = model.services().iter().flat_map(|it| &it.operations);
    for operation in operations {
        let batch = operation.traits.batch.as_ref();
        assert!(batch.is_none_or(|batch| batch.inferred.is_none()));
        assert!(operation.failures.is_empty());
    }
}

#[test]
fn one_that_somebody_compared_is_not_marked_as_inferred() {
    let confirmed = model_of("sqs");
    let other = model_of("own-queue");
    let is_marked = |model: &Model| {
        let operation = model.services()[0].operation("SendMessageBatch").unwrap();
        operation.traits.batch.as_ref().unwrap().is_unconfirmed()
    };
    assert!(!is_marked(&confirmed));
    assert!(is_marked(&other));
}
