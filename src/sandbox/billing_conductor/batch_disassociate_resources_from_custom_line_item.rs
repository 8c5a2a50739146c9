//! Takes resources out of a percentage custom line item, one by one and in order.

use super::period::Period;
use super::reference::{Kind, Reference, custom_line_item_arn};
use super::store::{Change, Charge, LineItem, Removal, Store};
use super::{field, invalid};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::attempts::Attempts;
use crate::input::Input;
use serde_json::Value;

/// Why a resource was not taken out, and in which words.
struct Failure(&'static str, String);

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    let target_arn = input.text("TargetArn");
    let target = Reference::parse(target_arn);
    let Store {
        line_items,
        attempts,
    } = store;
    let line_item = line_items.iter_mut().find(|item| item.id == target.id);
    let is_denied = line_item
        .as_ref()
        .is_some_and(|item| item.change == Change::IsDenied);
    if !target.is_of_this_account || is_denied {
        let message = format!("You are not authorized to change custom line item {target_arn}.");
        return Err(ServiceError::new("AccessDeniedException", message));
    }
    let line_item = line_item.ok_or_else(|| {
        let message = format!("Custom line item {target_arn} does not exist.");
        about_line_item("ResourceNotFoundException", message, target_arn)
    })?;
    if line_item.charge == Charge::Flat {
        return Err(not_percentage(line_item.id));
    }
    let start = start_of_range(input)?;
    check_change(line_item, attempts, target_arn)?;

    let (mut succeeded, mut failed): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for arn in input.texts("ResourceArns") {
        match remove(line_item, attempts, arn, start) {
            Ok(()) => succeeded.push(object(vec![("Arn", arn.into())])),
            Err(Failure(reason, message)) => {
                let error = vec![("Message", message.into()), ("Reason", reason.into())];
                let failure = vec![("Arn", arn.into()), ("Error", object(error))];
                failed.push(object(failure));
            }
        }
    }
    Ok(Answer::output(vec![
        ("SuccessfullyDisassociatedResources", succeeded.into()),
        ("FailedDisassociatedResources", failed.into()),
    ]))
}

/// The first month of the range, where one is given.
fn start_of_range(input: Input<'_>) -> Result<Option<Period>, ServiceError> {
    let Some(range) = input.structure("BillingPeriodRange") else {
        return Ok(None);
    };
    let start = Period::parse(range.text("InclusiveStartBillingPeriod"));
    let end = range.optional_text("ExclusiveEndBillingPeriod");
    if end.is_some_and(|end| Period::parse(end) <= start) {
        let message = "The billing period range ends before it begins.";
        let fields = vec![field("BillingPeriodRange", "must end after it begins")];
        return Err(invalid("ILLEGAL_BILLING_PERIOD_RANGE", message).with("Fields", fields));
    }
    Ok(start)
}

/// What stands in the way of any change to this line item.
fn check_change(
    line_item: &LineItem,
    attempts: &mut Attempts,
    target_arn: &str,
) -> Result<(), ServiceError> {
    let fails_once = !matches!(line_item.change, Change::Plain | Change::IsDenied);
    if !fails_once || !attempts.is_first(&[line_item.id]) {
        return Ok(());
    }
    Err(match line_item.change {
        Change::FirstIsThrottled => {
            ServiceError::new("ThrottlingException", "Rate exceeded.").with("RetryAfterSeconds", 2)
        }
        Change::FirstFailsInternally => {
            let message = "An internal error occurred.";
            ServiceError::new("InternalServerException", message).with("RetryAfterSeconds", 1)
        }
        _ => {
            let message =
                format!("Custom line item {target_arn} is being changed by another request.");
            about_line_item("ConflictException", message, target_arn)
                .with("Reason", "WRITE_CONFLICT_RETRY")
        }
    })
}

fn remove(
    line_item: &mut LineItem,
    attempts: &mut Attempts,
    arn: &str,
    start: Option<Period>,
) -> Result<(), Failure> {
    let reference = Reference::parse(arn);
    if !reference.is_of_this_account {
        let message = format!("{arn} does not belong to this account.");
        return Err(Failure("INVALID_ARN", message));
    }
    let Some(at) = line_item.position(reference) else {
        return Err(if reference.kind == Some(Kind::CustomLineItem) {
            let message = format!("Custom line item {arn} is not a resource of the target.");
            Failure("ILLEGAL_CUSTOMLINEITEM", message)
        } else {
            let message = format!("{arn} is not associated with the target.");
            Failure("INVALID_ARN", message)
        });
    };
    let resource = &line_item.resources[at];
    if start.is_some_and(|start| start < resource.since) {
        let since = resource.since;
        let message = format!("The association begins in {since}, after the start of the range.");
        return Err(Failure("INVALID_BILLING_PERIOD_RANGE", message));
    }
    match resource.removal {
        Removal::IsLimited => {
            let message = format!("Too many changes to {arn} in this billing period.");
            return Err(Failure("SERVICE_LIMIT_EXCEEDED", message));
        }
        Removal::FirstFailsInternally if attempts.is_first(&[line_item.id, &resource.id]) => {
            let message = "An internal error occurred.".into();
            return Err(Failure("INTERNAL_SERVER_EXCEPTION", message));
        }
        Removal::FirstFailsInternally | Removal::Plain => {}
    }
    line_item.resources.remove(at);
    Ok(())
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

fn about_line_item(shape: &'static str, message: String, target_arn: &str) -> ServiceError {
    ServiceError::new(shape, message)
        .with("ResourceId", target_arn)
        .with("ResourceType", "CUSTOM_LINE_ITEM")
}
