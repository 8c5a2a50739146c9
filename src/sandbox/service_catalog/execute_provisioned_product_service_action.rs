//! Runs a service action on a provisioned product.

use super::id::{self, PROVISIONED_PRODUCT, SERVICE_ACTION};
use super::record::Record;
use super::store::{Executed, Execution, ProvisionedProduct, Store, not_associated};
use super::{invalid_parameters, language, not_found};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let execution = Execution {
        provisioned_product: input.text("ProvisionedProductId").into(),
        service_action: input.text("ServiceActionId").into(),
        parameters: input.value("Parameters").cloned(),
    };
    let token = input.text("ExecuteToken");
    let at = match store.executed.iter().find(|run| run.token == token) {
        Some(run) if run.execution == execution => run.record,
        Some(_) => {
            return Err(invalid_parameters(format!(
                "ExecuteToken {token} was used with different parameters."
            )));
        }
        None => {
            let product = runnable(store, input, call.now_ms)?;
            let at = store.records.len();
            store.records.push(Record::new(product, call, at));
            store.executed.push(Executed {
                token: token.into(),
                execution,
                record: at,
            });
            at
        }
    };
    let detail = store
        .records
        .get(at)
        .map(|record| record.detail(call.now_ms));
    Ok(Answer::output(vec![("RecordDetail", detail.into())]))
}

/// The provisioned product, if the action may run on it now.
fn runnable(
    store: &mut Store,
    input: Input<'_>,
    now_ms: u64,
) -> Result<ProvisionedProduct, ServiceError> {
    id::check(input, &[PROVISIONED_PRODUCT, SERVICE_ACTION]).map_err(invalid_parameters)?;
    let (id, action_id) = (
        input.text("ProvisionedProductId"),
        input.text("ServiceActionId"),
    );
    let mut products = store.provisioned_products.iter();
    let product = products
        .find(|product| product.id == id)
        .copied()
        .ok_or_else(|| not_found(format!("ProvisionedProduct {id} not found.")))?;
    let action = store.service_action(action_id).map_err(not_found)?;
    let version = store
        .version(product.product, product.version)
        .map_err(not_found)?;
    if !version.offers(action_id) {
        return Err(not_found(not_associated(action_id, product.version)));
    }
    let mut records = store.records.iter();
    let runs = records.any(|record| record.is_of(id) && !record.has_ended(now_ms));
    if product.is_under_change || runs {
        let message = format!(
            "ProvisionedProduct {id} is UNDER_CHANGE. \
             Service actions run only when it is AVAILABLE."
        );
        return Err(ServiceError::new("InvalidStateException", message));
    }
    if action.runs_on_instances {
        check_targets(input)?;
    }
    Ok(product)
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
