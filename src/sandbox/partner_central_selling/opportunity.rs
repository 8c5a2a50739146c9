//! Opportunities as the service shows them.

use super::store::{CLOSED_LOST, Opportunity};
use crate::answer::object;
use serde_json::Value;

/// What both the list and the whole opportunity have; the project has these members more.
pub fn members(
    catalog: &str,
    id: &str,
    opportunity: &Opportunity,
    of_the_project: Vec<(&'static str, Value)>,
) -> Vec<(&'static str, Value)> {
    let arn =
        format!("arn:aws:partnercentral:us-east-1:123456789012:catalog/{catalog}/opportunity/{id}");
    vec![
        ("Catalog", catalog.into()),
        ("Id", id.into()),
        ("Arn", arn.into()),
        ("PartnerOpportunityIdentifier", format!("CRM-{id}").into()),
        (
            "OpportunityType",
            opportunity.opportunity_type.as_str().into(),
        ),
        ("LastModifiedDate", opportunity.modified.as_str().into()),
        ("CreatedDate", opportunity.created.as_str().into()),
        ("LifeCycle", life_cycle(opportunity)),
        ("Customer", customer(opportunity)),
        ("Project", project(opportunity, of_the_project)),
    ]
}

fn life_cycle(opportunity: &Opportunity) -> Value {
    let mut members = vec![
        ("Stage", opportunity.stage.as_str().into()),
        ("TargetCloseDate", opportunity.target_close.as_str().into()),
        ("ReviewStatus", opportunity.review_status.as_str().into()),
    ];
    if opportunity.stage == CLOSED_LOST {
        members.push(("ClosedLostReason", "Customer Deficiency".into()));
    } else {
        members.push(("NextSteps", "Meet the customer.".into()));
    }
    object(members)
}

fn customer(opportunity: &Opportunity) -> Value {
    let address = vec![("CountryCode", opportunity.country.as_str().into())];
    let account = vec![
        ("CompanyName", opportunity.company.as_str().into()),
        ("Industry", opportunity.industry.as_str().into()),
        ("Address", object(address)),
    ];
    object(vec![("Account", object(account))])
}

fn project(opportunity: &Opportunity, mut members: Vec<(&'static str, Value)>) -> Value {
    let spend = object(vec![
        ("Amount", format!("{}.00", opportunity.spend).into()),
        ("CurrencyCode", "USD".into()),
        ("Frequency", "Monthly".into()),
        ("TargetCompany", "AWS".into()),
    ]);
    members.push(("DeliveryModels", vec!["Professional Services"].into()));
    members.push(("ExpectedCustomerSpend", vec![spend].into()));
    object(members)
}
