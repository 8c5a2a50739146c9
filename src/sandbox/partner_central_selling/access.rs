//! Opening a catalog, and what naming something in it meets with.

use super::store::{Catalog, Store, Trouble};
use super::{field, invalid};
use crate::answer::ServiceError;
use crate::attempts::Attempts;
use crate::input::Input;
use crate::ledger::Effects;

/// A catalog that is there, with what changes when it is used.
pub struct Open<'a> {
    pub name: &'a str,
    pub catalog: &'a mut Catalog,
    pub attempts: &'a mut Attempts,
    pub effects: &'a mut Effects,
}

impl<'a> Open<'a> {
    pub fn of(store: &'a mut Store, input: Input<'a>) -> Result<Self, ServiceError> {
        let name = input.text("Catalog");
        let catalog = store.catalogs.get_mut(name).ok_or_else(|| {
            let message = format!("The catalog {name} does not exist.");
            let error = field("Catalog", "must be AWS or Sandbox", "INVALID_VALUE");
            invalid("REQUEST_VALIDATION_FAILED", message, vec![error])
        })?;
        Ok(Self {
            name,
            catalog,
            attempts: &mut store.attempts,
            effects: &mut store.effects,
        })
    }

    pub fn not_found(&self, kind: &str, id: &str) -> ServiceError {
        not_found(format!("{kind} {id} not found in catalog {}.", self.name))
    }

    /// What stands in the way of an opportunity or a solution that a request to read names.
    pub fn read(&mut self, trouble: Trouble, kind: &str, id: &str) -> Result<(), ServiceError> {
        let allowed = format!("access to {} {id}", kind.to_ascii_lowercase());
        pass(trouble, self.attempts, &["read", self.name, id], &allowed)
    }

    /// What stands in the way of a change to an opportunity.
    pub fn change(&mut self, trouble: Trouble, id: &str) -> Result<(), ServiceError> {
        let allowed = format!("changes to opportunity {id}");
        pass(trouble, self.attempts, &[self.name, id], &allowed)
    }
}

fn pass(
    trouble: Trouble,
    attempts: &mut Attempts,
    key: &[&str],
    allowed: &str,
) -> Result<(), ServiceError> {
    Err(match trouble {
        Trouble::IsDenied => {
            let message = format!("The state of the partner account does not allow {allowed}.");
            let error = ServiceError::new("AccessDeniedException", message);
            error.with("Reason", "INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE")
        }
        Trouble::FirstIsThrottled if attempts.is_first(key) => {
            ServiceError::new("ThrottlingException", "Rate exceeded.")
        }
        Trouble::FirstFailsInternally if attempts.is_first(key) => {
            ServiceError::new("InternalServerException", "An internal error occurred.")
        }
        _ => return Ok(()),
    })
}

pub fn not_found(message: String) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", message)
}
