//! Takes service actions away from versions.

use super::associations::Association;
use super::batch::{self, Failure};
use super::store::Store;
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    batch::answer(store, input, remove)
}

fn remove(store: &mut Store, association: &Association) -> Result<(), Failure> {
    let action = store.removable(association).map_err(batch::not_found)?;
    let change = action.change;
    batch::check_change(store, "disassociate", association, change)?;
    store.remove(association);
    Ok(())
}
