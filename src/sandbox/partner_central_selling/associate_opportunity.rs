//! Links an opportunity to a related entity.

use super::entity::SOLUTIONS;
use super::link::Link;
use super::store::{LIMIT, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let link = Link::of(store, input)?;
    let (id, entity_type, identifier) = (link.id, link.entity_type, link.identifier);
    if entity_type == SOLUTIONS {
        check_solution(&link)?;
    }
    let opportunity = link.opportunity();
    if opportunity.is_some_and(|it| it.is_linked(entity_type, identifier)) {
        let message =
            format!("{entity_type} {identifier} is already associated with opportunity {id}.");
        return Err(link.refuse(message, "is already associated", "DUPLICATE_KEY_VALUE"));
    }
    if opportunity.is_some_and(|it| it.entities_of(entity_type).len() >= LIMIT) {
        let message = format!(
            "Opportunity {id} is associated with {LIMIT} entities of type {entity_type}, which \
             is the limit."
        );
        return Err(link.refuse(message, "is one too many", "TOO_MANY_VALUES"));
    }
    link.change(call, |entities, identifier| {
        entities.push(identifier.to_owned());
    });
    Ok(Answer::output(Vec::new()))
}

/// Of all entities only the partner's own solutions are known, so only they can be missing.
fn check_solution(link: &Link<'_>) -> Result<(), ServiceError> {
    let id = link.identifier;
    let solution = link.open.catalog.solutions.get(id);
    let solution = solution.ok_or_else(|| link.open.not_found("Solution", id))?;
    if solution.status == "Active" {
        return Ok(());
    }
    let message = format!("Solution {id} is {}, not Active.", solution.status);
    Err(link.refuse(message, "is not active", "INVALID_RESOURCE_STATE"))
}
