//! Offers service actions in versions.

use super::associations::Association;
use super::batch::{self, Failure};
use super::store::{Refusal, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    batch::answer(store, input, add)
}

fn add(store: &mut Store, association: &Association) -> Result<(), Failure> {
    let action = store
        .addable(association)
        .map_err(|refusal| match refusal {
            Refusal::NotFound(message) => batch::not_found(message),
            Refusal::Exists(message) => Failure("DUPLICATE_RESOURCE", message),
            Refusal::IsFull(message) => Failure("LIMIT_EXCEEDED", message),
        })?;
    let change = action.change;
    batch::check_change(store, "associate", association, change)?;
    store.add(association);
    Ok(())
}
