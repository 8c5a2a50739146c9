//! The parameters a service action takes on a provisioned product, with their defaults.

use super::store::Store;
use super::{language, runnable};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;
use serde_json::Value;

const ROLE: &str = "arn:aws:iam::123456789012:role/ServiceActionRunner";

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let (product, action) = runnable::find(store, input)?;
    let mut parameters = vec![parameter("AutomationAssumeRole", "String", ROLE)];
    if action.runs_on_instances {
        let instance = product.instance.as_deref().unwrap_or_default();
        parameters.insert(0, parameter("TARGET", "StringList", instance));
    }
    Ok(Answer::output(vec![(
        "ServiceActionParameters",
        parameters.into(),
    )]))
}

fn parameter(name: &str, kind: &str, default: &str) -> Value {
    object(vec![
        ("Name", name.into()),
        ("Type", kind.into()),
        ("DefaultValues", vec![default].into()),
    ])
}
