//! What is inferred beside what is known: traits that somebody has written, and answers that were
//! made of what failed.

use super::{ids, model, of, response};
use formsmith_api::model::{Join, Model};
use formsmith_api::outcome::{Arrival, Outcome, Standing, outcome, standing};
use formsmith_api::protocol::Codec;
use proptest::prelude::*;
use serde_json::{Value, json};

/// The rules come to what the built-in models say, where these don't say it.
#[test]
fn the_rules_find_what_somebody_has_written() {
    let written = Model::embedded().unwrap();
    let mut compared = 0;
    for file in ["service-catalog.json", "billing-conductor.json"] {
        let path = format!("{}/models/{file}", env!("CARGO_MANIFEST_DIR"));
        let mut document: Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for (_, shape) in document["shapes"].as_object_mut().unwrap() {
            if let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut) {
                traits.remove("formsmith#batch");
            }
        }
        let mut own = Model::load_own(file, &document.to_string(), Codec::of).unwrap();
        own.infer_outcomes();
        for operation in &own.services()[0].operations {
            let services = written.services().iter();
            let mut same = services.filter_map(|it| it.operation(operation.name()));
            let written = same.next().unwrap().traits.batch.as_ref();
            let found = operation.traits.batch.as_ref();
            assert_eq!(found.is_some(), written.is_some(), "{}", operation.name());
            let (Some(written), Some(found)) = (written, found) else {
                continue;
            };
            assert_eq!(found.entries, written.entries);
            assert_eq!(found.failed, written.failed);
            assert_eq!(found.succeeded, written.succeeded);
            assert_eq!(
                (&found.code, &found.message),
                (&written.code, &written.message)
            );
            let tellers = &found.inferred.as_ref().unwrap().tellers;
            let failed = tellers
                .iter()
                .find(|it| it.member == written.failed)
                .unwrap();
            let key: Vec<&str> = match &failed.join {
                Join::Members(pairs) | Join::AnyOf(pairs) => {
                    pairs.iter().map(|[_, member]| member.as_str()).collect()
                }
                join => panic!("{join:?}"),
            };
            assert_eq!(key, written.entry_key);
            compared += 1;
        }
    }
    assert_eq!(compared, 4);
}

proptest! {
    /// Whatever fails of entries that differ is told of these entries and of no others, in any
    /// order, and the numbers are those of the answer.
    #[test]
    fn exactly_what_failed_is_told(
        count in 1_usize..40,
        failed in proptest::collection::btree_set(0_usize..40, 0..20),
        lists_done: bool,
        turn in 0_usize..40,
    ) {
        let model = model();
        let names: Vec<String> = (0..count).map(|at| format!("id-{at}")).collect();
        let input = ids(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let is_failed = |at: &usize| failed.contains(at);
        let mut answered: Vec<usize> = (0..count).filter(is_failed).collect();
        let length = answered.len();
        answered.rotate_left(turn.checked_rem(length).unwrap_or_default());
        let item = |at: &usize| json!({"Id": names[*at], "Code": "Code"});
        let mut body = json!({"Failed": answered.iter().map(item).collect::<Vec<_>>()});
        if lists_done {
            let done = (0..count).filter(|at| !failed.contains(at));
            let done: Vec<_> = done.map(|at| json!({"Id": names[at], "MessageId": "m"})).collect();
            body["Successful"] = done.into();
        }
        let expected: String = (0..count).map(|at| if is_failed(&at) { 'f' } else { 'd' }).collect();
        prop_assert_eq!(of(&model, "SendMessageBatch", &input, &body), (expected, 0));
    }

    /// No answer that names a failure is told as done.
    #[test]
    fn a_named_failure_is_never_done(id in "[a-d]?", port in 0_u16..3, of_each in 0_usize..4) {
        let model = model();
        let targets = (0..of_each).flat_map(|port| ["a", "b"].map(|id| json!({"id": id, "port": port})));
        let input = json!({"targets": targets.collect::<Vec<_>>()});
        let body = json!({"unsuccessful": [{"id": id, "port": port, "failureCode": "Unhealthy"}]});
        let service = &model.services()[0];
        let operation = service.operation("RegisterTargets").unwrap();
        let response = response(200, &body);
        let read = outcome(&model, service, operation, &input, &response);
        let arrival = Arrival::Answered { response: &response, outcome: &read };
        prop_assert_ne!(standing(operation, &arrival, false), Standing::Done);
        if let Outcome::Batch(batch) = read {
            prop_assert_eq!(batch.failed().count(), 1);
        }
    }
}
