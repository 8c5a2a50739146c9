//! What the SDKs do of their own accord when something goes wrong, and what the ledger counts.

use crate::running::{Running, client};
use aws_sdk_servicecatalog::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_servicecatalog::types::{ServiceActionAssociation, ServiceActionAssociationErrorCode};
use aws_smithy_types::retry::RetryConfig;
use serde_json::{Value, json};
use std::time::Duration;

/// A client that makes up to three attempts.
macro_rules! patient {
    ($sdk:ident, $sandbox:expr) => {
        client!(
            $sdk,
            $sandbox,
            RetryConfig::standard().with_initial_backoff(Duration::from_millis(5))
        )
    };
}

fn times(fault: &str, times: u64) -> Value {
    json!([{ "fault": fault, "times": times }])
}

/// Without a token of the test's own, the SDK makes one up and sends it with each attempt.
macro_rules! associate {
    ($client:expr) => {
        $client
            .associate_service_action_with_provisioning_artifact()
            .product_id("prod-abcdzk7xy33qa")
            .provisioning_artifact_id("pa-wk3f6hvy9pb7m")
            .service_action_id("act-fs7abcd89wxyz")
    };
}

#[test]
fn throttled_twice_an_action_is_associated_once() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("throttle", 2));
    let client = patient!(aws_sdk_servicecatalog, sandbox);
    sandbox.wait(associate!(client).send()).unwrap();
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn throttled_twice_resources_are_associated_once() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("throttle", 2));
    let client = patient!(aws_sdk_billingconductor, sandbox);
    let call = client
        .batch_associate_resources_to_custom_line_item()
        .target_arn("arn:aws:billingconductor::123456789012:customlineitem/zzzzz12345")
        .resource_arns("arn:aws:billingconductor::123456789012:billinggroup/345678901234");
    let output = sandbox.wait(call.send()).unwrap();
    assert_eq!(output.successfully_associated_resources().len(), 1);
    assert_eq!(output.failed_associated_resources(), []);
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn throttled_twice_an_opportunity_is_disassociated_once() {
    use aws_sdk_partnercentralselling::types::RelatedEntityType;
    let sandbox = Running::start();
    sandbox.plan_faults(times("throttle", 2));
    let client = patient!(aws_sdk_partnercentralselling, sandbox);
    let call = client
        .disassociate_opportunity()
        .catalog("Sandbox")
        .opportunity_identifier("O1234567")
        .related_entity_type(RelatedEntityType::Solutions)
        .related_entity_identifier("S-0000123");
    sandbox.wait(call.send()).unwrap();
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn throttled_three_times_the_sdk_gives_up_and_nothing_is_done() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("throttle", 3));
    let client = patient!(aws_sdk_servicecatalog, sandbox);
    let error = sandbox.wait(associate!(client).send()).unwrap_err();
    assert_eq!(error.code(), Some("ThrottlingException"));
    assert_eq!(sandbox.effects(), 0);
    sandbox.wait(associate!(client).send()).unwrap();
}

#[test]
fn what_fails_after_the_effect_is_not_done_twice_with_a_token() {
    for fault in ["fail-after", "lost", "cut-off"] {
        let sandbox = Running::start();
        sandbox.plan_faults(times(fault, 1));
        let client = patient!(aws_sdk_servicecatalog, sandbox);
        let outcome = sandbox.wait(associate!(client).send());
        assert!(outcome.is_ok(), "{fault}: {outcome:?}");
        assert_eq!(sandbox.effects(), 1, "{fault}");
        let again = associate!(client).idempotency_token("another");
        let refused = sandbox.wait(again.send()).unwrap_err();
        assert!(
            refused
                .into_service_error()
                .is_duplicate_resource_exception()
        );
    }
}

#[test]
fn an_action_that_failed_after_its_start_runs_once() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("fail-after", 2));
    let client = patient!(aws_sdk_servicecatalog, sandbox);
    let run = client
        .execute_provisioned_product_service_action()
        .provisioned_product_id("pp-abcdefgh12345")
        .service_action_id("act-fs7abcd89wxyz")
        .parameters("TARGET", vec!["i-0123456789abcdef0".to_owned()])
        .execute_token("of-this-test");
    let [first, second] = [run.clone(), run].map(|run| {
        let output = sandbox.wait(run.send()).unwrap();
        let record = output.record_detail().unwrap();
        record.record_id().unwrap().to_owned()
    });
    assert_eq!(first, second);
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn a_batch_has_no_token_and_finds_its_own_work_done() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("fail-after", 1));
    let client = patient!(aws_sdk_servicecatalog, sandbox);
    let association = ServiceActionAssociation::builder()
        .product_id("prod-abcdzk7xy33qa")
        .provisioning_artifact_id("pa-wk2n8rtq5zd3c")
        .service_action_id("act-stop4ec2k9m7q")
        .build()
        .unwrap();
    let call = client
        .batch_disassociate_service_action_from_provisioning_artifact()
        .service_action_associations(association);
    let output = sandbox.wait(call.send()).unwrap();
    let [failed] = output.failed_service_action_associations() else {
        panic!("{output:?}");
    };
    let gone = ServiceActionAssociationErrorCode::ResourceNotFoundException;
    assert_eq!(failed.error_code(), Some(&gone));
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn what_sending_again_does_not_mend_is_sent_once() {
    for (fault, code) in [
        ("denied", "AccessDeniedException"),
        ("expired", "ExpiredTokenException"),
        ("skew", "InvalidSignatureException"),
    ] {
        let sandbox = Running::start();
        sandbox.plan_faults(times(fault, 1));
        let client = patient!(aws_sdk_servicecatalog, sandbox);
        let error = sandbox.wait(associate!(client).send()).unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(sandbox.effects(), 0);
    }
}

#[test]
fn a_service_that_hangs_is_left_at_the_timeout_of_an_attempt() {
    let sandbox = Running::start();
    sandbox.plan_faults(times("hang", 1));
    let client = patient!(aws_sdk_servicecatalog, sandbox);
    let timeout = aws_sdk_servicecatalog::config::timeout::TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(1))
        .build();
    let hurried = aws_sdk_servicecatalog::Config::builder().timeout_config(timeout);
    let call = associate!(client).customize().config_override(hurried);
    sandbox.wait(call.send()).unwrap();
    assert_eq!(sandbox.effects(), 1);
}

#[test]
fn without_retries_each_failure_is_told_as_it_is() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_servicecatalog, sandbox, RetryConfig::disabled());
    let fail = |fault| {
        sandbox.plan_faults(times(fault, 1));
        sandbox
            .wait(client.list_service_actions().send())
            .unwrap_err()
    };
    let error = fail("fail-before");
    assert_eq!(error.code(), Some("InternalFailure"));
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 500);
    let error = fail("garbage");
    assert_eq!(
        (error.code(), error.as_service_error().is_some()),
        (None, true)
    );
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 200);
    let error = fail("cut-off");
    assert!(matches!(error, SdkError::ResponseError(_)), "{error:?}");
    let error = fail("lost");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    sandbox.wait(client.list_service_actions().send()).unwrap();
}
