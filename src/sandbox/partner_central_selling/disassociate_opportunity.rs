//! Removes the link between an opportunity and a related entity.

use super::entity::{self, SOLUTIONS};
use super::store::{CATALOGS, Change, Opportunity, Store};
use super::{field, invalid};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::attempts::Attempts;
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    let (catalog, id) = (input.text("Catalog"), input.text("OpportunityIdentifier"));
    let entity_type = input.text("RelatedEntityType");
    let identifier = input.text("RelatedEntityIdentifier");
    if !CATALOGS.contains(&catalog) {
        let message = format!("The catalog {catalog} does not exist.");
        let error = field("Catalog", "must be AWS or Sandbox", "INVALID_VALUE");
        return Err(invalid("REQUEST_VALIDATION_FAILED", message, vec![error]));
    }
    if !entity::fits(entity_type, identifier) {
        let message = format!("{identifier} is not an identifier of type {entity_type}.");
        let error = field(
            "RelatedEntityIdentifier",
            "does not fit the related entity type",
            "INVALID_VALUE",
        );
        return Err(invalid("REQUEST_VALIDATION_FAILED", message, vec![error]));
    }
    let mut opportunities = store.opportunities.iter_mut();
    let opportunity = opportunities
        .find(|opportunity| opportunity.catalog == catalog && opportunity.id == id)
        .ok_or_else(|| not_found(format!("Opportunity {id} not found in catalog {catalog}.")))?;
    check_change(opportunity, &mut store.attempts)?;
    remove(opportunity, entity_type, identifier)?;
    Ok(Answer::output(Vec::new()))
}

/// What stands in the way of any change to this opportunity.
fn check_change(opportunity: &Opportunity, attempts: &mut Attempts) -> Result<(), ServiceError> {
    let id = opportunity.id;
    let mut is_first = || attempts.is_first(&[opportunity.catalog, id]);
    match opportunity.change {
        Change::IsDenied => {
            let message = format!(
                "The state of the partner account does not allow changes to opportunity {id}."
            );
            let error = ServiceError::new("AccessDeniedException", message);
            Err(error.with("Reason", "INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE"))
        }
        Change::FirstIsThrottled if is_first() => {
            Err(ServiceError::new("ThrottlingException", "Rate exceeded."))
        }
        Change::FirstFailsInternally if is_first() => {
            let message = "An internal error occurred.";
            Err(ServiceError::new("InternalServerException", message))
        }
        Change::IsClosed => {
            let message = format!("Opportunity {id} is closed and cannot be changed.");
            let error = field(
                "OpportunityIdentifier",
                "is closed",
                "INVALID_RESOURCE_STATE",
            );
            Err(invalid("BUSINESS_VALIDATION_FAILED", message, vec![error]))
        }
        Change::Plain | Change::FirstIsThrottled | Change::FirstFailsInternally => Ok(()),
    }
}

fn remove(
    opportunity: &mut Opportunity,
    entity_type: &str,
    identifier: &str,
) -> Result<(), ServiceError> {
    let id = opportunity.id;
    let entities = &mut opportunity.entities;
    let at = entities
        .iter()
        .position(|(kind, name)| *kind == entity_type && name == identifier)
        .ok_or_else(|| {
            not_found(format!(
                "{entity_type} {identifier} is not associated with opportunity {id}."
            ))
        })?;
    let solutions = entities
        .iter()
        .filter(|(kind, _)| *kind == SOLUTIONS)
        .count();
    if entity_type == SOLUTIONS && solutions == 1 {
        let message =
            format!("Opportunity {id} needs at least one solution. Associate another one first.");
        let error = field(
            "RelatedEntityIdentifier",
            "is the last solution",
            "ACTION_NOT_PERMITTED",
        );
        return Err(invalid("BUSINESS_VALIDATION_FAILED", message, vec![error]));
    }
    entities.remove(at);
    Ok(())
}

fn not_found(message: String) -> ServiceError {
    ServiceError::new("ResourceNotFoundException", message)
}
