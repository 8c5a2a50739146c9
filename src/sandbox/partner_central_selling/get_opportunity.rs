//! Shows one opportunity.

use super::access::Open;
use super::entity::TYPES;
use super::opportunity;
use super::store::Store;
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    let mut open = Open::of(store, input)?;
    let id = input.text("Identifier");
    let found = open.catalog.opportunities.get(id);
    let trouble = found
        .ok_or_else(|| open.not_found("Opportunity", id))?
        .trouble;
    open.read(trouble, "Opportunity", id)?;
    let shown = open.catalog.opportunities.get(id);
    let shown = shown.ok_or_else(|| open.not_found("Opportunity", id))?;
    let entities = TYPES.map(|name| (name, shown.entities_of(name).into()));
    let project = vec![
        ("Title", shown.title.as_str().into()),
        ("CustomerBusinessProblem", shown.problem.as_str().into()),
    ];
    let mut members = opportunity::members(open.name, id, shown, project);
    let needs = vec!["Co-Sell - Technical Consultation"];
    members.push(("PrimaryNeedsFromAws", needs.into()));
    members.push(("RelatedEntityIdentifiers", object(entities.into())));
    Ok(Answer::output(members))
}
