//! Operations of AWS's own models that take several things at once: what failed is sent again, and
//! the history knows of each.

use crate::story::{Story, answer, lost};
use formsmith_api::model::Model;
use formsmith_api::outcome::{RowResult, Standing};
use formsmith_api::protocol::Codec;
use formsmith_run::{OperationRef, RowCounts, Run, Said, Tone};
use formsmith_test_support::forms_model;
use serde_json::{Value, json};
use std::sync::OnceLock;

fn story(operation: &str, input: Value) -> Story {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let model = MODEL.get_or_init(|| {
        let document = forms_model().to_string();
        let mut model = Model::load_botocore("forms", &document, Codec::of).unwrap();
        model.infer_outcomes();
        model
    });
    Story::with(
        OperationRef::find(model, "forms", operation).unwrap(),
        input,
    )
}

fn counts(run: &Run) -> RowCounts {
    match run.verdict().said {
        Said::Rows(counts) => counts,
        said => panic!("{said:?}"),
    }
}

/// What was sent last.
fn sent(run: &Run) -> Value {
    let request = &run.attempts.last().unwrap().request;
    serde_json::from_slice(&request.body).unwrap()
}

#[test]
fn a_row_that_was_done_in_part_is_no_row_that_failed_whole() {
    let input = json!({"QueueUrl": "q", "Entries": [{"Id": "a", "MessageBody": "x"}]});
    let mut story = story("SendMessageBatch", input);
    let id = story.send();
    let both = json!({
        "Successful": [{"Id": "a", "MessageId": "m"}],
        "Failed": [{"Id": "a", "Code": "InvalidZone"}],
    });
    story.answered(&id, 0, answer(200, &both));
    let run = story.run(&id);
    assert_eq!(run.standing, Standing::Partly);
    let told = counts(run);
    assert_eq!(
        (told.total, told.done, told.failed, told.partly),
        (1, 0, 1, 1)
    );
    assert_eq!(run.verdict().tone, Tone::Warning);
    assert_eq!(story.restored(&id).verdict(), story.run(&id).verdict());
}

/// Of three entries the second fails and may be sent again, and then all are done. A page that is
/// opened later says the same.
fn second_is_sent_again(operation: &str, input: Value, failed: &Value, then: &Value, part: &Value) {
    let mut story = story(operation, input);
    let id = story.send();
    story.answered(&id, 0, answer(200, failed));
    let run = story.run(&id);
    assert_eq!(run.standing, Standing::Partly, "{operation}");
    let told = counts(run);
    assert_eq!(
        (told.total, told.done, told.failed, told.retryable),
        (3, 2, 1, 1)
    );
    assert_eq!(run.verdict().tone, Tone::Warning);
    let may_go: Vec<bool> = (0..3).map(|at| run.may_send_row(at)).collect();
    assert_eq!(may_go, [false, true, false]);
    assert_eq!(story.restored(&id).verdict(), story.run(&id).verdict());
    story.again(&id, vec![1]);
    assert_eq!(&sent(story.run(&id)), part, "{operation}");
    story.answered(&id, 1, answer(200, then));
    assert_eq!(story.run(&id).standing, Standing::Done, "{operation}");
    assert_eq!(counts(story.run(&id)).done, 3);
    let restored = story.restored(&id);
    assert_eq!(restored.verdict(), story.run(&id).verdict());
    assert_eq!(restored.rows, story.run(&id).rows);
    assert_eq!(story.head(&id).verdict, restored.verdict());
}

#[test]
fn messages_of_a_batch_are_sent_again_by_their_ids() {
    let entry = |id: &str| json!({"Id": id, "MessageBody": id});
    let input = |ids: &[&str]| {
        let entries = ids.iter().map(|id| entry(id)).collect::<Vec<_>>();
        json!({"QueueUrl": "https://q", "Entries": entries})
    };
    second_is_sent_again(
        "SendMessageBatch",
        input(&["a", "b", "c"]),
        &json!({
            "Successful": [{"Id": "c", "MessageId": "1"}, {"Id": "a", "MessageId": "2"}],
            "Failed": [{"Id": "b", "Code": "ServiceUnavailable"}],
        }),
        &json!({"Successful": [{"Id": "b", "MessageId": "3"}]}),
        &input(&["b"]),
    );
}

#[test]
fn records_are_sent_again_by_their_order() {
    let input = |keys: &[&str]| {
        let records = keys.iter().map(|key| json!({"PartitionKey": key}));
        json!({"Records": records.collect::<Vec<_>>()})
    };
    let done = json!({"SequenceNumber": "1"});
    second_is_sent_again(
        "PutRecords",
        input(&["p", "p", "p"]),
        &json!({"FailedRecordCount": 1, "Records": [
            done, {"ErrorCode": "InternalFailure", "ErrorMessage": "Later."}, done,
        ]}),
        &json!({"FailedRecordCount": 0, "Records": [done]}),
        &input(&["p"]),
    );
}

#[test]
fn events_are_sent_again_by_their_order() {
    let event = |detail: &str| json!({"Source": "s", "Detail": detail});
    let done = json!({"EventId": "1"});
    second_is_sent_again(
        "PutEvents",
        json!({"Entries": [event("1"), event("2"), event("3")]}),
        &json!({"FailedEntryCount": 1, "Entries": [done, {"ErrorCode": "InternalException"}, done]}),
        &json!({"FailedEntryCount": 0, "Entries": [done]}),
        &json!({"Entries": [event("2")]}),
    );
}

#[test]
fn items_that_came_back_are_sent_again_to_their_tables() {
    let put = |id: &str| json!({"PutRequest": {"Item": {"id": {"S": id}}}});
    let unprocessed = json!({"UnprocessedItems": {"t": [put("2")]}});
    second_is_sent_again(
        "BatchWriteItem",
        json!({"RequestItems": {"t": [put("1"), put("2")], "u": [put("2")]}}),
        &unprocessed,
        &json!({}),
        &json!({"RequestItems": {"t": [put("2")]}}),
    );
}

#[test]
fn a_failure_of_nobody_knows_which_entry_offers_no_entry() {
    let input = json!({"ScheduledActionNames": ["a", "b"]});
    let mut story = story("BatchDeleteScheduledAction", input);
    let id = story.send();
    let failed = json!({"FailedScheduledActions": [{"ScheduledActionName": "x", "ErrorCode": "Throttling"}]});
    story.answered(&id, 0, answer(200, &failed));
    let run = story.run(&id);
    let told = counts(run);
    assert_eq!((told.done, told.unknown, told.unmatched), (0, 2, 1));
    assert!(!run.may_send_row(0) && !run.may_send_row(1));
    assert_ne!(run.standing, Standing::Done);
    // An answer that got lost is another matter.
    let mut story = self::story(
        "BatchDeleteScheduledAction",
        json!({"ScheduledActionNames": ["a"]}),
    );
    let id = story.send();
    story.answered(&id, 0, lost());
    assert!(story.run(&id).may_send_row(0));
}

#[test]
fn an_answer_that_names_failures_is_no_success_and_stays_so() {
    let mut story = story("RunTask", json!({"placementStrategy": []}));
    let id = story.send();
    story.answered(
        &id,
        0,
        answer(
            200,
            &json!({"failures": [{"reason": "a"}, {"reason": "b"}]}),
        ),
    );
    let run = story.run(&id);
    assert_eq!(run.verdict().said, Said::NamesFailures(2));
    assert_eq!(run.verdict().tone, Tone::Warning);
    assert!(!run.may_send_again(), "what was done would be done twice");
    assert_eq!(story.head(&id).verdict, run.verdict());
    assert_eq!(story.restored(&id).verdict(), run.verdict());
}

#[test]
fn an_error_that_tells_of_entries_leaves_the_others_unknown() {
    let input = json!({"Records": [{"MeasureName": "a"}, {"MeasureName": "b"}]});
    let mut story = story("WriteRecords", input);
    let id = story.send();
    let rejected = json!({"__type": "RejectedRecordsException", "Message": "Some.",
        "RejectedRecords": [{"RecordIndex": 0, "Reason": "Too old."}]});
    story.answered(&id, 0, answer(419, &rejected));
    let rows = story.run(&id).rows.clone().unwrap();
    assert!(matches!(rows.rows[0].result, RowResult::Failed(_)));
    assert_eq!(rows.rows[1].result, RowResult::Unknown);
    assert_ne!(story.run(&id).standing, Standing::Done);
    assert_eq!(story.restored(&id).rows, Some(rows));
}
