//! What to ask for when access is denied.

use crate::{cases, library};
use formsmith_api::model::Model;
use formsmith_api::permission::{action, policy};

#[test]
fn the_action_has_the_prefix_that_iam_knows() {
    let model = Model::embedded().unwrap();
    let action_of = |service, operation| {
        let (service, operation) = cases::operation(&model, service, operation);
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
    let (service, operation) = cases::operation(&model, "billingconductor", "ListBillingGroups");
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
