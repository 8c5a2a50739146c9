//! Lists custom line items.

use super::named;
use super::page;
use super::period::Period;
use super::reference::{Reference, billing_group_arn, custom_line_item_arn};
use super::store::{Charge, LineItem, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::filter::admits;
use crate::input::Input;
use serde_json::Value;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let filters = input.structure("Filters");
    named::all_line_items(store, filters, "Arns")?;
    named::all_billing_groups(store, filters, "BillingGroups")?;
    let period = Period::asked(input, call);
    let listed = store.line_items.iter().filter(|(id, item)| {
        Period::of(item.created).is_some_and(|created| created <= period)
            && is_listed(filters, id, item)
    });
    page(
        "ListCustomLineItems",
        input,
        "CustomLineItems",
        listed,
        |(id, _)| id.as_str(),
        |(id, item)| element(id, item, period),
    )
    .map(Answer::output)
}

fn is_listed(filters: Option<Input<'_>>, id: &str, item: &LineItem) -> bool {
    let account = item.account.as_ref().unwrap_or(&item.billing_group);
    admits(filters, "Names", |name| name == item.name)
        && admits(filters, "AccountIds", |id| id == account)
        && admits(filters, "Arns", |arn| Reference::parse(arn).id == id)
        && admits(filters, "BillingGroups", |arn| {
            Reference::parse(arn).id == item.billing_group
        })
}

fn element(id: &str, item: &LineItem, period: Period) -> Value {
    let (kind, amount) = match item.charge {
        Charge::Flat(value) => ("Flat", ("ChargeValue", value.into())),
        Charge::Percentage(value) => ("Percentage", ("PercentageValue", value.into())),
    };
    let sign = if item.is_credit { "CREDIT" } else { "FEE" };
    let charge = vec![(kind, object(vec![amount])), ("Type", sign.into())];
    let resources = item.resources.values();
    let size = resources.filter(|it| it.holds_in(period)).count();
    let mut members = vec![
        ("Arn", custom_line_item_arn(id).into()),
        ("Name", item.name.as_str().into()),
        ("ChargeDetails", object(charge)),
        ("CurrencyCode", "USD".into()),
        ("Description", item.description.as_str().into()),
        (
            "BillingGroupArn",
            billing_group_arn(&item.billing_group).into(),
        ),
        ("CreationTime", item.created.into()),
        ("LastModifiedTime", item.modified.into()),
        ("AssociationSize", size.into()),
    ];
    if let Some(account) = &item.account {
        members.push(("AccountId", account.as_str().into()));
    }
    members.push(("ComputationRule", "CONSOLIDATED".into()));
    object(members)
}
