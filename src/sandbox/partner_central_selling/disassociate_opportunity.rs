//! Removes the link between an opportunity and a related entity.

use super::access::not_found;
use super::entity::SOLUTIONS;
use super::link::Link;
use super::store::{Opportunity, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let link = Link::of(store, input)?;
    let (id, entity_type, identifier) = (link.id, link.entity_type, link.identifier);
    let opportunity = link.opportunity();
    if !opportunity.is_some_and(|it| it.is_linked(entity_type, identifier)) {
        return Err(not_found(format!(
            "{entity_type} {identifier} is not associated with opportunity {id}."
        )));
    }
    if entity_type == SOLUTIONS && opportunity.is_some_and(has_one_solution) {
        let message =
            format!("Opportunity {id} needs at least one solution. Associate another one first.");
        return Err(link.refuse(message, "is the last solution", "ACTION_NOT_PERMITTED"));
    }
    link.change(call, |entities, identifier| {
        entities.retain(|entity| entity != identifier);
    });
    Ok(Answer::output(Vec::new()))
}

fn has_one_solution(opportunity: &Opportunity) -> bool {
    opportunity.entities_of(SOLUTIONS).len() == 1
}
