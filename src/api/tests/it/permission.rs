//! What to ask for when access is denied.

use crate::library;
use formsmith_api::model::Model;
use formsmith_api::permission::{action, is_denied, policy};
use formsmith_api::protocol::ServiceError;
use serde_json::Map;

#[test]
fn the_action_has_the_prefix_that_iam_knows() {
    let model = Model::embedded().unwrap();
    let action_of = |service, operation| {
        let (service, operation) = crate::operation(&model, service, operation);
        action(service, operation)
    };
    assert_eq!(
        action_of("servicecatalog", "DescribeRecord"),
        "servicecatalog:DescribeRecord"
    );
    // Neither the endpoint's prefix nor the signature's name.
    assert_eq!(
        action_of("partnercentral-selling", "GetOpportunity"),
        "partnercentral:GetOpportunity"
    );
    let model = library::model();
    let (service, lend) = library::named(&model, "Lend");
    assert_eq!(action(service, lend), "library:Lend");
}

#[test]
fn the_policy_allows_that_action_and_nothing_else() {
    let model = Model::embedded().unwrap();
    let (service, operation) = crate::operation(&model, "billingconductor", "ListBillingGroups");
    let expected = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "billingconductor:ListBillingGroups",
      "Resource": "*"
    }
  ]
}"#;
    assert_eq!(policy(service, operation), expected);
}

#[test]
fn only_a_missing_permission_is_one() {
    let is_denied = |name: &str, status| {
        is_denied(&ServiceError {
            name: Some(name.into()),
            message: None,
            status,
            members: Map::new(),
            is_modeled: false,
        })
    };
    for name in [
        "AccessDenied",
        "AccessDeniedException",
        "NotAuthorized",
        "NotAuthorizedException",
        "UnauthorizedOperation",
    ] {
        assert!(is_denied(name, 403) && is_denied(name, 400), "{name}");
    }
    assert!(!is_denied("AccessDeniedException", 500));
    for name in ["", "ExpiredToken", "InvalidSignatureException"] {
        assert!(!is_denied(name, 403), "{name}");
    }
}
