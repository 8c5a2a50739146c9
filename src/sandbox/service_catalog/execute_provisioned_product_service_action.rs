//! Runs a service action on a provisioned product.

use super::store::Store;
use super::{invalid_parameters, language, runnable};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

const TOKEN: &str = "ExecuteToken";

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let made = store.executed.made(TOKEN, input)?;
    let id = match made.filter(|id| store.records.get(id).is_some()) {
        Some(id) => id.to_owned(),
        None => run(store, input, call)?,
    };
    let detail = store.record_detail(&id, call.now_ms);
    Ok(Answer::output(vec![("RecordDetail", detail.into())]))
}

/// Accepts the run, if the action may run now, and gives the ID of its record.
fn run(store: &mut Store, input: Input<'_>, call: &Call) -> Result<String, ServiceError> {
    let product_id = input.text("ProvisionedProductId");
    let (product, action) = runnable::find(store, input)?;
    if store.records.is_under_change(product_id, call.now_ms) {
        let message = format!(
            "ProvisionedProduct {product_id} is UNDER_CHANGE. \
             Service actions run only when it is AVAILABLE."
        );
        return Err(ServiceError::new("InvalidStateException", message));
    }
    if action.runs_on_instances {
        check_targets(input)?;
    }
    let id = store.records.run(product_id, product.runs_fail, call);
    store.executed.remember(TOKEN, input, id.as_str());
    store
        .effects
        .add(&[input.text("ServiceActionId"), product_id]);
    Ok(id)
}

fn check_targets(input: Input<'_>) -> Result<(), ServiceError> {
    let parameters = input.structure("Parameters");
    let mut targets = parameters
        .into_iter()
        .flat_map(|given| given.texts("TARGET"));
    match targets.find(|target| !is_instance_id(target)) {
        Some(value) => Err(invalid_parameters(format!(
            "Parameter TARGET: {value} is not an instance ID."
        ))),
        None => Ok(()),
    }
}

fn is_instance_id(id: &str) -> bool {
    id.strip_prefix("i-").is_some_and(|digits| {
        (8..=17).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit())
    })
}
