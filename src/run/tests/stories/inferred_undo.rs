//! Taking back what no model says how to take back.

use crate::story::{Story, answer, done};
use formsmith_api::inverse::InferredInverse;
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_run::{Effect, Event, OperationRef};
use serde_json::{Value, json};

/// A service of which only botocore has a model.
fn networks() -> OperationRef {
    let structure =
        |member: &str| json!({ "type": "structure", "members": { member: { "shape": "String" } } });
    let operation = |name: &str| {
        json!({
            "name": name, "http": { "method": "POST", "requestUri": "/" },
            "input": { "shape": format!("{name}Input") }, "output": { "shape": format!("{name}Output") }
        })
    };
    let document = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "networks", "protocol": "json",
            "protocols": ["json"], "jsonVersion": "1.1", "targetPrefix": "Networks",
            "serviceFullName": "Networks", "serviceId": "Networks", "signatureVersion": "v4", "uid": "networks"
        },
        "operations": { "Create": operation("Create"), "Delete": operation("Delete") },
        "shapes": {
            "CreateInput": structure("Name"), "CreateOutput": structure("Id"),
            "DeleteInput": structure("Id"), "DeleteOutput": structure("Id"),
            "String": { "type": "string" }
        }
    });
    let model = Model::load_botocore("networks", &document.to_string(), Codec::of).unwrap();
    OperationRef::find(Box::leak(Box::new(model)), "networks", "Create").unwrap()
}

/// What `make models` infers of it.
fn learned(op: OperationRef) -> Event {
    let inverses: Value =
        json!({ "Create": { "operation": "Delete", "input": { "Id": "output.Id" } } });
    event(op, &inverses)
}

fn event(op: OperationRef, inverses: &Value) -> Event {
    let inverse = InferredInverse::find(inverses, "Create").unwrap();
    Event::InverseLearned { op, inverse }
}

#[test]
fn what_was_made_is_taken_back_once_it_is_known_how() {
    let op = networks();
    let mut story = Story::with(op, json!({ "Name": "a network" }));
    let run = story.send();
    story.answered(&run, 0, answer(200, &json!({ "Id": "n-1" })));
    assert!(!story.run(&run).may_undo());
    story.happens(learned(op));
    assert!(story.run(&run).may_undo());
    assert!(story.run(&run).is_undo_inferred());
    let effects = story.happens(Event::UndoAsked { run: run.clone() });
    let filled = effects.iter().find_map(|effect| match effect {
        Effect::Fill {
            operation, input, ..
        } => Some((operation.as_str(), input)),
        _ => None,
    });
    assert_eq!(filled, Some(("Delete", &json!({ "Id": "n-1" }))));
    let undo = story.send_filled(&effects);
    assert!(story.run(&run).may_undo(), "nothing is undone yet");
    story.answered(&undo, 0, done());
    assert!(!story.run(&run).may_undo());
    assert_eq!(story.run(&run).undone[0].by, undo);
}

#[test]
fn what_failed_or_does_not_say_what_it_made_is_not_taken_back() {
    let op = networks();
    for answered in [done(), answer(400, &json!({ "__type": "Wrong" }))] {
        let mut story = Story::with(op, json!({ "Name": "a network" }));
        let run = story.send();
        story.answered(&run, 0, answered);
        story.happens(learned(op));
        assert!(!story.run(&run).may_undo());
    }
}

#[test]
fn where_the_input_tells_all_an_empty_answer_is_enough() {
    let op = networks();
    let mut story = Story::with(op, json!({ "Name": "a network" }));
    let run = story.send();
    story.answered(&run, 0, answer(200, &Value::Null));
    let by_name = json!({ "Create": { "operation": "Delete", "input": { "Id": "input.Name" } } });
    story.happens(event(op, &by_name));
    assert!(story.run(&run).may_undo());
}
