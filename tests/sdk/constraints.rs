//! Inputs that the SDKs send and the models forbid: each service refuses them in its own form.

use crate::running::{Running, client};
use aws_sdk_servicecatalog::error::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;

#[test]
fn the_front_end_of_service_catalog_says_how_many_there_are() {
    let sandbox = Running::start();
    let client = client!(aws_sdk_servicecatalog, sandbox, RetryConfig::disabled());
    let call = client.list_provisioning_artifacts_for_service_action();
    let call = call.service_action_id("").page_size(21);
    let error = sandbox.wait(call.send()).unwrap_err();
    assert_eq!(error.code(), Some("ValidationException"));
    let message = error.message().unwrap();
    assert!(
        message.starts_with("2 validation errors detected: "),
        "{message}"
    );
}

#[test]
fn billing_conductor_names_the_fields() {
    use aws_sdk_billingconductor::operation::list_billing_groups::ListBillingGroupsError;
    use aws_sdk_billingconductor::types::ValidationExceptionReason;
    let sandbox = Running::start();
    let client = client!(aws_sdk_billingconductor, sandbox, RetryConfig::disabled());
    let call = client.list_billing_groups().max_results(0);
    let error = sandbox.wait(call.send()).unwrap_err().into_service_error();
    let ListBillingGroupsError::ValidationException(error) = error else {
        panic!("{error:?}");
    };
    let reason = ValidationExceptionReason::FieldValidationFailed;
    assert_eq!(error.reason(), Some(&reason));
    let [field] = error.fields() else {
        panic!("{error:?}");
    };
    assert_eq!(field.name().to_lowercase(), "maxresults");
}

#[test]
fn partner_central_selling_lists_a_code_for_each() {
    use aws_sdk_partnercentralselling::operation::list_solutions::ListSolutionsError;
    use aws_sdk_partnercentralselling::types::ValidationExceptionReason;
    let sandbox = Running::start();
    let client = client!(
        aws_sdk_partnercentralselling,
        sandbox,
        RetryConfig::disabled()
    );
    let call = client.list_solutions().max_results(0);
    let error = sandbox.wait(call.send()).unwrap_err().into_service_error();
    let ListSolutionsError::ValidationException(error) = error else {
        panic!("{error:?}");
    };
    let reason = ValidationExceptionReason::RequestValidationFailed;
    assert_eq!(error.reason(), &reason);
    let listed = error.error_list().iter();
    let mut listed: Vec<_> = listed
        .map(|error| (error.field_name().unwrap(), error.code().as_str()))
        .collect();
    listed.sort_unstable();
    let expected = [
        ("Catalog", "REQUIRED_FIELD_MISSING"),
        ("MaxResults", "VALUE_OUT_OF_RANGE"),
    ];
    assert_eq!(listed, expected);
}
