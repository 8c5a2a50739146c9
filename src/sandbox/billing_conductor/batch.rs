//! Batches: one resource after the other, in order, each answered for on its own.

use crate::answer::{Answer, object};
use crate::input::Input;
use serde_json::Value;

/// Why a resource was not changed: a reason and a sentence.
pub type Failure = (&'static str, String);

/// What became of the resources, in the lists of these names.
pub fn each(
    input: Input<'_>,
    (succeeded_name, failed_name): (&str, &str),
    mut change: impl FnMut(&str) -> Result<(), Failure>,
) -> Answer {
    let (mut succeeded, mut failed): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    for arn in input.texts("ResourceArns") {
        match change(arn) {
            Ok(()) => succeeded.push(object(vec![("Arn", arn.into())])),
            Err((reason, message)) => {
                let error = vec![("Message", message.into()), ("Reason", reason.into())];
                let failure = vec![("Arn", arn.into()), ("Error", object(error))];
                failed.push(object(failure));
            }
        }
    }
    Answer::output(vec![
        (succeeded_name, succeeded.into()),
        (failed_name, failed.into()),
    ])
}

pub fn of_another_account(arn: &str) -> Failure {
    let message = format!("{arn} does not belong to this account.");
    ("INVALID_ARN", message)
}
