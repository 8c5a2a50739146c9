//! What a request that reads names by ARN or ID.

use super::reference::Reference;
use super::store::{LineItem, Store};
use super::target;
use super::trouble;
use crate::answer::ServiceError;
use crate::input::Input;

/// The custom line item of this name, with its ID.
pub fn line_item<'s, 'a>(
    store: &'s mut Store,
    arn: &'a str,
) -> Result<(&'a str, &'s LineItem), ServiceError> {
    let reference = Reference::parse(arn);
    let name = format!("custom line item {arn}");
    if !reference.is_of_this_account {
        return Err(trouble::denied(&name));
    }
    let line_item = store.line_items.get(reference.id);
    let line_item = line_item.ok_or_else(|| target::not_found(arn))?;
    trouble::on_reading(line_item.trouble, &mut store.attempts, reference.id, &name)?;
    Ok((reference.id, line_item))
}

fn billing_group(store: &mut Store, arn: &str) -> Result<(), ServiceError> {
    let reference = Reference::parse(arn);
    let name = format!("billing group {arn}");
    if !reference.is_of_this_account {
        return Err(trouble::denied(&name));
    }
    let group = store.billing_groups.get(reference.id);
    let group = group.ok_or_else(|| {
        let message = format!("Billing group {arn} does not exist.");
        ServiceError::new("ResourceNotFoundException", message)
            .with("ResourceId", arn)
            .with("ResourceType", "BILLING_GROUP")
    })?;
    trouble::on_reading(group.trouble, &mut store.attempts, reference.id, &name)
}

/// A filter that names something has to name something that is there and may be read.
pub fn all_line_items(
    store: &mut Store,
    filters: Option<Input<'_>>,
    member: &str,
) -> Result<(), ServiceError> {
    all(filters, member, |arn| line_item(store, arn).map(|_| ()))
}

pub fn all_billing_groups(
    store: &mut Store,
    filters: Option<Input<'_>>,
    member: &str,
) -> Result<(), ServiceError> {
    all(filters, member, |arn| billing_group(store, arn))
}

fn all(
    filters: Option<Input<'_>>,
    member: &str,
    check: impl FnMut(&str) -> Result<(), ServiceError>,
) -> Result<(), ServiceError> {
    let mut arns = filters
        .into_iter()
        .flat_map(|filters| filters.texts(member));
    arns.try_for_each(check)
}
