//! What lists say that a run acts on.

use crate::story::{ASSOCIATE, BATCH, Story};
use formsmith_run::Head;
use serde_json::{Value, json};

#[test]
fn a_run_is_about_what_its_input_identifies() {
    let mut story = Story::of(ASSOCIATE);
    let run = story.send();
    let subject = story.head(&run).subject;
    let named = ["ProductId", "ProvisioningArtifactId", "ServiceActionId"];
    let named = named.map(|name| story.input[name].as_str().unwrap().to_owned());
    assert_eq!(subject.first, named, "and no token");
    assert_eq!(subject.count, 3);
}

#[test]
fn of_many_rows_the_first_are_named_and_all_are_counted() {
    let mut story = Story::of(BATCH);
    let row = |at: usize| json!({"ServiceActionId": format!("act-{at}"), "ProductId": "prod-1", "ProvisioningArtifactId": "pa-1"});
    story.input["ServiceActionAssociations"] = Value::from((0..7).map(row).collect::<Vec<_>>());
    let run = story.send();
    let head = story.head(&run);
    assert_eq!(head.subject.first, ["act-0", "act-1", "act-2"]);
    assert_eq!(head.subject.count, 7);
    assert_eq!(Head::from_json(&head.to_json()).unwrap(), head);
    let mut before = head.to_json();
    before.as_object_mut().unwrap().remove("subject");
    let read = Head::from_json(&before).unwrap();
    assert_eq!(read.subject.count, 0, "an earlier version stored none");
}
