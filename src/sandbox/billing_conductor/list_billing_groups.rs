//! Lists billing groups.

use super::named;
use super::page;
use super::period::Period;
use super::reference::{Reference, billing_group_arn};
use super::store::{BillingGroup, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::filter::admits;
use crate::input::Input;
use serde_json::Value;

/// All of them are made of accounts of the organization; none came with a transfer.
const TYPE: &str = "STANDARD";

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let filters = input.structure("Filters");
    named::all_billing_groups(store, filters, "Arns")?;
    let period = Period::asked(input, call);
    let listed = store.billing_groups.iter().filter(|(id, group)| {
        Period::of(group.created).is_some_and(|created| created <= period)
            && filters.is_none_or(|filters| is_listed(filters, id, group))
    });
    page(
        "ListBillingGroups",
        input,
        "BillingGroups",
        listed,
        |(id, _)| id.as_str(),
        |(id, group)| element(id, group),
    )
    .map(Answer::output)
}

fn is_listed(filters: Input<'_>, id: &str, group: &BillingGroup) -> bool {
    let pricing_plan = filters.optional_text("PricingPlan");
    let takes_in = filters.value("AutoAssociate").and_then(Value::as_bool);
    let mut searches = filters.structures("Names");
    let filters = Some(filters);
    pricing_plan.is_none_or(|plan| plan == pricing_plan_arn(group))
        && takes_in.is_none_or(|takes_in| takes_in == group.takes_in_new_accounts)
        && searches.all(|search| group.name.starts_with(search.text("SearchValue")))
        && admits(filters, "Arns", |arn| Reference::parse(arn).id == id)
        && admits(filters, "PrimaryAccountIds", |account| account == id)
        && admits(filters, "Statuses", |asked| asked == status(group))
        && admits(filters, "BillingGroupTypes", |asked| asked == TYPE)
        && admits(filters, "ResponsibilityTransferArns", |_| false)
}

fn status(group: &BillingGroup) -> &'static str {
    if group.primary_account_is_missing {
        "PRIMARY_ACCOUNT_MISSING"
    } else {
        "ACTIVE"
    }
}

/// Plans of AWS's have a name, the account's own an ID of ten characters.
fn pricing_plan_arn(group: &BillingGroup) -> String {
    let plan = &group.pricing_plan;
    let is_of_aws = matches!(plan.as_str(), "BasicPricingPlan" | "Passthrough");
    let account = if is_of_aws { "aws" } else { "123456789012" };
    format!("arn:aws:billingconductor::{account}:pricingplan/{plan}")
}

fn element(id: &str, group: &BillingGroup) -> Value {
    let computation = vec![("PricingPlanArn", pricing_plan_arn(group).into())];
    let grouping = vec![("AutoAssociate", group.takes_in_new_accounts.into())];
    let mut members = vec![
        ("Name", group.name.as_str().into()),
        ("Arn", billing_group_arn(id).into()),
        ("Description", group.description.as_str().into()),
        ("PrimaryAccountId", id.into()),
        ("ComputationPreference", object(computation)),
        ("Size", group.accounts.into()),
        ("CreationTime", group.created.into()),
        ("LastModifiedTime", group.modified.into()),
        ("Status", status(group).into()),
    ];
    if group.primary_account_is_missing {
        let reason = "The primary account has left the organization.";
        members.push(("StatusReason", reason.into()));
    }
    members.push(("AccountGrouping", object(grouping)));
    members.push(("BillingGroupType", TYPE.into()));
    object(members)
}
