//! What is waited for: by the words of a waiter's name, and after which operations.

use formsmith_api::waiter::{Condition, after};
use serde_json::{Value, json};

/// The clause as it is said in English.
fn said(name: &str) -> String {
    match Condition::of(name) {
        Condition::Is { resource, state } => format!("the {resource} is {state}"),
        Condition::Are { resource, state } => format!("the {resource} are {state}"),
        Condition::Any { resource, state } => format!("any {resource} is {state}"),
        Condition::Exists { resource } => format!("the {resource} exists"),
        Condition::Gone { resource } => format!("the {resource} no longer exists"),
    }
}

#[test]
fn a_waiters_name_is_a_clause() {
    let cases = [
        ("InstanceRunning", "the instance is running"),
        ("TableExists", "the table exists"),
        ("TableNotExists", "the table no longer exists"),
        ("DBInstanceAvailable", "the DB instance is available"),
        ("VolumeInUse", "the volume is in use"),
        ("AnyInstanceInService", "any instance is in service"),
        ("ServicesStable", "the services are stable"),
        ("SystemStatusOk", "the system status is ok"),
        ("StackCreateComplete", "the stack create is complete"),
        (
            "TrainingJobCompletedOrStopped",
            "the training job is completed or stopped",
        ),
        (
            "EnvironmentReadyForDeployment",
            "the environment is ready for deployment",
        ),
        ("FunctionActiveV2", "the function is active"),
        (
            "TestConnectionSucceeds",
            "the test connection is successful",
        ),
        ("SuccessfulSigningJob", "the signing job is successful"),
        (
            "WaitForReplicationSetActive",
            "the replication set is active",
        ),
        ("QueueScheduling", "the queue is scheduling"),
        ("FlowStandby", "the flow is on standby"),
    ];
    for (name, clause) in cases {
        assert_eq!(said(name), clause, "{name}");
    }
}

#[test]
fn what_is_waited_for_after_a_change_is_asked_about_what_it_changed() {
    let waiters = json!({
        "InstanceRunning": { "operation": "DescribeInstances", "after": {
            "RunInstances": { "input": { "InstanceIds": "output.Instances[].InstanceId" } }
        } },
        "ServiceStable": { "operation": "DescribeService", "after": {
            "CreateService": {
                "input": { "service": "output.service.arn" }, "narrow": { "cluster": "input.cluster" }
            }
        } },
        "Other": { "operation": "DescribeOther" }
    });
    let inputs = |operation: &str, input: Value, output: Value| {
        let offers = after(&waiters, operation, &input, output.as_object().unwrap());
        let offers = offers.into_iter();
        offers
            .map(|it| (it.name.to_owned(), it.operation.to_owned(), it.input))
            .collect::<Vec<_>>()
    };
    let started = json!({ "Instances": [{ "InstanceId": "i-1" }, { "InstanceId": "i-2" }] });
    assert_eq!(
        inputs("RunInstances", json!({}), started),
        [(
            "InstanceRunning".to_owned(),
            "DescribeInstances".to_owned(),
            json!({ "InstanceIds": ["i-1", "i-2"] })
        )]
    );
    let made = json!({ "service": { "arn": "a" } });
    let asked = |input| inputs("CreateService", input, made.clone())[0].2.clone();
    assert_eq!(asked(json!({})), json!({ "service": "a" }));
    assert_eq!(
        asked(json!({ "cluster": "c" })),
        json!({ "service": "a", "cluster": "c" })
    );
    // Of what isn't known nothing is asked: the answer would be about everything there is.
    for output in [json!({}), json!({ "Instances": [] })] {
        assert_eq!(inputs("RunInstances", json!({}), output), []);
    }
    let hidden = json!({ "service": { "arn": { "formsmith:notKept": "a hash" } } });
    assert_eq!(inputs("CreateService", json!({}), hidden), []);
    assert_eq!(inputs("DescribeOther", json!({}), json!({})), []);
}
