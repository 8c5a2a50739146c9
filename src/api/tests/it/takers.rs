//! Which operations take what an answer identifies.

use formsmith_api::picks::Picks;
use serde_json::json;

#[test]
fn what_an_answer_itself_identifies_is_taken_by_members_of_its_name() {
    let queues = json!({ "operation": "ListQueues", "items": "QueueUrls[]", "value": "@" });
    let elsewhere =
        json!({ "service": "kms", "operation": "ListKeys", "items": "Keys[]", "value": "KeyId" });
    let document = json!({
        "lists": [queues, elsewhere],
        "fills": {
            "SendMessage": { "QueueUrl": [0], "KeyId": [1] },
            "Move": { "Entries[].QueueUrls[]": [0], "Url": [0] },
            "Watch": { "Queues[].queueUrl": [0] },
        },
    });
    let found = |member| {
        let found = Picks(&document).takers_of(member).into_iter();
        found
            .map(|it| (it.operation, it.path, it.value))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found("QueueUrl"),
        [
            ("SendMessage", "QueueUrl", "QueueUrl"),
            ("Watch", "Queues[].queueUrl", "QueueUrl")
        ]
    );
    assert_eq!(found("KeyId"), [], "another service's");
    assert_eq!(found("Url"), [], "of what, it doesn't say");
}
