//! Adds resources to a percentage custom line item, one by one and in order.

use super::batch::{self, Failure};
use super::period::Period;
use super::reference::{Kind, Reference};
use super::store::{Association, Charge, LineItem, Store};
use super::target::Target;
use super::trouble;
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let target = Target::of(store, input)?;
    let line_item = target.line_item(store);
    if let Some(message) = line_item.and_then(|item| fullness(item, target.arn)) {
        let error = ServiceError::new("ServiceLimitExceededException", message)
            .with("ResourceId", target.arn)
            .with("ResourceType", "CUSTOM_LINE_ITEM")
            .with("LimitCode", "RESOURCES_PER_CUSTOM_LINE_ITEM")
            .with("ServiceCode", "billingconductor");
        return Err(error);
    }
    let lists = (
        "SuccessfullyAssociatedResources",
        "FailedAssociatedResources",
    );
    Ok(batch::each(input, lists, |arn| {
        add(store, &target, arn, call)
    }))
}

/// The sentence for a custom line item that takes no more resources.
fn fullness(line_item: &LineItem, arn: &str) -> Option<String> {
    let limit = line_item.limit;
    (line_item.resources.len() >= limit)
        .then(|| format!("Custom line item {arn} has {limit} resources, which is the limit."))
}

fn add(store: &mut Store, target: &Target<'_>, arn: &str, call: &Call) -> Result<(), Failure> {
    let reference = Reference::parse(arn);
    if !reference.is_of_this_account {
        return Err(batch::of_another_account(arn));
    }
    let created = created(store, reference, arn)?;
    let since = target.start.unwrap_or_else(|| Period::current(call));
    let key = reference.key().unwrap_or_default();
    let line_item = target.line_item(store);
    let earlier = line_item.and_then(|item| item.resources.get(&key));
    if earlier.is_some_and(|earlier| !earlier.has_ended_by(since)) {
        let message = format!("{arn} is already associated with the target.");
        return Err(("INVALID_ARN", message));
    }
    if let Some(created) = created.filter(|created| since < *created) {
        let message = format!("{arn} was created in {created}, after the start of the range.");
        return Err(("INVALID_BILLING_PERIOD_RANGE", message));
    }
    let trouble = store.trouble_of(reference);
    trouble::on_entry(store, trouble, [target.id, reference.id], arn)?;
    if let Some(line_item) = target.line_item(store) {
        if let Some(message) = fullness(line_item, target.arn) {
            return Err(("SERVICE_LIMIT_EXCEEDED", message));
        }
        let until = target.end;
        let association = Association { since, until };
        line_item.resources.insert(key.clone(), association);
        line_item.modified = call.now_ms / 1000;
    }
    store.effects.add(&[target.id, &key]);
    Ok(())
}

/// The month from which on there is such a resource, if there is one.
fn created(store: &Store, reference: Reference<'_>, arn: &str) -> Result<Option<Period>, Failure> {
    let line_item = store.line_items.get(reference.id);
    let created = match reference.kind {
        Some(Kind::CustomLineItem) => {
            if line_item.is_some_and(|item| matches!(item.charge, Charge::Percentage(_))) {
                let message = format!("Custom line item {arn} is not a flat custom line item.");
                return Err(("ILLEGAL_CUSTOMLINEITEM", message));
            }
            line_item.map(|item| item.created)
        }
        Some(Kind::BillingGroup) => {
            let group = store.billing_groups.get(reference.id);
            group.map(|group| group.created)
        }
        None => None,
    };
    let created = created.ok_or_else(|| ("INVALID_ARN", format!("{arn} does not exist.")))?;
    Ok(Period::of(created))
}
