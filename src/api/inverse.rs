//! Taking back what was done.

use crate::draft::{Tokens, prune_unknown};
use crate::model::{Model, Operation, Service};
use serde_json::Value;

/// The operation that takes back what `operation` does, whatever was done.
pub fn inverse<'a>(service: &'a Service, operation: &Operation) -> Option<&'a Operation> {
    service.operation(operation.traits.inverse.as_ref()?)
}

/// The operation that takes back what `operation` did with an input, and its input: members of
/// the same names, without idempotency tokens. Of a batch only the entries that were `done`,
/// by their places in the input; `None` if there are none.
pub fn inverse_input<'a>(
    model: &Model,
    service: &'a Service,
    operation: &Operation,
    input: &Value,
    done: &[usize],
) -> Option<(&'a Operation, Value)> {
    let inverse = inverse(service, operation)?;
    let mut members = input.as_object()?.clone();
    if let Some(batch) = &operation.traits.batch {
        let sent = members.remove(&batch.entries)?;
        let sent = sent.as_array()?;
        let entries: Vec<Value> = done
            .iter()
            .filter_map(|&at| sent.get(at).cloned())
            .collect();
        if entries.is_empty() {
            return None;
        }
        let own = inverse.traits.batch.as_ref();
        let name = own.map_or(&batch.entries, |own| &own.entries);
        members.insert(name.clone(), entries.into());
    }
    // A token is one by the model of either: the other may have the member as a plain text.
    let (input, _) = prune_unknown(model, operation, &members.into(), Tokens::LeaveOut);
    let (input, _) = prune_unknown(model, inverse, &input, Tokens::LeaveOut);
    Some((inverse, input))
}
