//! Takes resources out of a percentage custom line item, one by one and in order.

use super::batch::{self, Failure};
use super::reference::{Kind, Reference};
use super::store::Store;
use super::target::Target;
use super::trouble;
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let target = Target::of(store, input)?;
    let lists = (
        "SuccessfullyDisassociatedResources",
        "FailedDisassociatedResources",
    );
    Ok(batch::each(input, lists, |arn| {
        remove(store, &target, arn, call)
    }))
}

fn remove(store: &mut Store, target: &Target<'_>, arn: &str, call: &Call) -> Result<(), Failure> {
    let reference = Reference::parse(arn);
    if !reference.is_of_this_account {
        return Err(batch::of_another_account(arn));
    }
    let key = reference.key().unwrap_or_default();
    let line_item = target.line_item(store);
    let association = line_item.and_then(|item| item.resources.get(&key));
    let Some(association) = association else {
        return Err(if reference.kind == Some(Kind::CustomLineItem) {
            let message = format!("Custom line item {arn} is not a resource of the target.");
            ("ILLEGAL_CUSTOMLINEITEM", message)
        } else {
            let message = format!("{arn} is not associated with the target.");
            ("INVALID_ARN", message)
        });
    };
    let since = association.since;
    if target.start.is_some_and(|start| start < since) {
        let message = format!("The association begins in {since}, after the start of the range.");
        return Err(("INVALID_BILLING_PERIOD_RANGE", message));
    }
    let trouble = store.trouble_of(reference);
    trouble::on_entry(store, trouble, [target.id, reference.id], arn)?;
    if let Some(line_item) = target.line_item(store) {
        line_item.resources.remove(&key);
        line_item.modified = call.now_ms / 1000;
    }
    store.effects.add(&[target.id, &key]);
    Ok(())
}
