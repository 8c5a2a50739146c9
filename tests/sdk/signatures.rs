//! A sandbox with credentials of its own, and SDKs with the right and the wrong ones.

use crate::running::{Running, client};
use aws_sdk_servicecatalog::error::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;

#[test]
fn the_right_secret_is_let_through_and_others_are_refused() {
    let sandbox = Running::start_checking_signatures("AKIDEXAMPLE", "right");
    for (id, secret, code) in [
        ("AKIDEXAMPLE", "right", None),
        ("AKIDEXAMPLE", "wrong", Some("InvalidSignatureException")),
        ("AKIDOTHER", "right", Some("UnrecognizedClientException")),
    ] {
        let catalog = client!(
            aws_sdk_servicecatalog,
            sandbox,
            RetryConfig::disabled(),
            id,
            secret
        );
        let answer = sandbox.wait(catalog.list_service_actions().send());
        assert_eq!(answer.err().as_ref().and_then(|error| error.code()), code);
        let billing = client!(
            aws_sdk_billingconductor,
            sandbox,
            RetryConfig::disabled(),
            id,
            secret
        );
        let answer = sandbox.wait(billing.list_billing_groups().send());
        assert_eq!(answer.err().as_ref().and_then(|error| error.code()), code);
        let partner = client!(
            aws_sdk_partnercentralselling,
            sandbox,
            RetryConfig::disabled(),
            id,
            secret
        );
        let answer = sandbox.wait(partner.list_solutions().catalog("Sandbox").send());
        assert_eq!(answer.err().as_ref().and_then(|error| error.code()), code);
    }
}
