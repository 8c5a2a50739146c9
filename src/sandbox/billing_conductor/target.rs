//! The custom line item whose resources a batch changes, and whether they may be changed at all.

use super::period::Period;
use super::reference::{Reference, custom_line_item_arn};
use super::store::{Charge, LineItem, Store, Trouble};
use super::trouble;
use super::{field, invalid};
use crate::answer::ServiceError;
use crate::input::Input;

/// A target that is there, with the months of the change.
pub struct Target<'a> {
    /// As the request has it.
    pub arn: &'a str,
    pub id: &'a str,
    pub start: Option<Period>,
    pub end: Option<Period>,
}

impl<'a> Target<'a> {
    pub fn of(store: &mut Store, input: Input<'a>) -> Result<Self, ServiceError> {
        let arn = input.text("TargetArn");
        let Reference {
            id,
            is_of_this_account,
            ..
        } = Reference::parse(arn);
        let line_item = store.line_items.get(id);
        let is_denied = line_item.is_some_and(|item| item.trouble == Trouble::IsDenied);
        if !is_of_this_account || is_denied {
            let message = format!("You are not authorized to change custom line item {arn}.");
            return Err(ServiceError::new("AccessDeniedException", message));
        }
        let line_item = line_item.ok_or_else(|| not_found(arn))?;
        if matches!(line_item.charge, Charge::Flat(_)) {
            return Err(not_percentage(id));
        }
        let (start, end) = range(input)?;
        trouble::on_changing(line_item.trouble, &mut store.attempts, id, arn)?;
        Ok(Self {
            arn,
            id,
            start,
            end,
        })
    }

    pub fn line_item<'s>(&self, store: &'s mut Store) -> Option<&'s mut LineItem> {
        store.line_items.get_mut(self.id)
    }
}

/// The two months of the range, where they are given.
fn range(input: Input<'_>) -> Result<(Option<Period>, Option<Period>), ServiceError> {
    let Some(range) = input.structure("BillingPeriodRange") else {
        return Ok((None, None));
    };
    let start = Period::parse(range.text("InclusiveStartBillingPeriod"));
    let end = range.optional_text("ExclusiveEndBillingPeriod");
    let end = end.and_then(Period::parse);
    if end.is_some() && end <= start {
        let message = "The billing period range ends before it begins.";
        let fields = vec![field("BillingPeriodRange", "must end after it begins")];
        return Err(invalid("ILLEGAL_BILLING_PERIOD_RANGE", message).with("Fields", fields));
    }
    Ok((start, end))
}

pub fn not_found(arn: &str) -> ServiceError {
    let message = format!("Custom line item {arn} does not exist.");
    ServiceError::new("ResourceNotFoundException", message)
        .with("ResourceId", arn)
        .with("ResourceType", "CUSTOM_LINE_ITEM")
}

fn not_percentage(id: &str) -> ServiceError {
    let arn = custom_line_item_arn(id);
    let message = format!("Custom line item {arn} is not a percentage custom line item.");
    let fields = vec![field(
        "TargetArn",
        "must name a percentage custom line item",
    )];
    invalid("ILLEGAL_CUSTOMLINEITEM", message).with("Fields", fields)
}
