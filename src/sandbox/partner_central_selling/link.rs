//! A link between an opportunity and an entity that is to be made or removed.

use super::access::Open;
use super::entity;
use super::store::{Opportunity, Store};
use super::{field, invalid};
use crate::Call;
use crate::answer::ServiceError;
use crate::input::Input;
use formsmith_api::protocol::to_iso_8601;

pub struct Link<'a> {
    pub open: Open<'a>,
    pub id: &'a str,
    pub entity_type: &'a str,
    pub identifier: &'a str,
}

impl<'a> Link<'a> {
    /// The link, if its opportunity may be changed.
    pub fn of(store: &'a mut Store, input: Input<'a>) -> Result<Self, ServiceError> {
        let mut link = Self {
            open: Open::of(store, input)?,
            id: input.text("OpportunityIdentifier"),
            entity_type: input.text("RelatedEntityType"),
            identifier: input.text("RelatedEntityIdentifier"),
        };
        link.check_form()?;
        let opportunity = link.open.catalog.opportunities.get(link.id);
        let (trouble, is_closed) = opportunity
            .map(|opportunity| (opportunity.trouble, opportunity.is_closed()))
            .ok_or_else(|| link.open.not_found("Opportunity", link.id))?;
        link.open.change(trouble, link.id)?;
        if is_closed {
            let message = format!("Opportunity {} is closed and cannot be changed.", link.id);
            let code = "INVALID_RESOURCE_STATE";
            let error = field("OpportunityIdentifier", "is closed", code);
            return Err(invalid("BUSINESS_VALIDATION_FAILED", message, vec![error]));
        }
        Ok(link)
    }

    fn check_form(&self) -> Result<(), ServiceError> {
        let (entity_type, identifier) = (self.entity_type, self.identifier);
        if entity::fits(entity_type, identifier) {
            return Ok(());
        }
        let message = format!("{identifier} is not an identifier of type {entity_type}.");
        let error = field(
            "RelatedEntityIdentifier",
            "does not fit the related entity type",
            "INVALID_VALUE",
        );
        Err(invalid("REQUEST_VALIDATION_FAILED", message, vec![error]))
    }

    pub fn opportunity(&self) -> Option<&Opportunity> {
        self.open.catalog.opportunities.get(self.id)
    }

    /// A rule about the related entity that stands in the way.
    pub fn refuse(&self, message: String, reason: &str, code: &str) -> ServiceError {
        let error = field("RelatedEntityIdentifier", reason, code);
        invalid("BUSINESS_VALIDATION_FAILED", message, vec![error])
    }

    /// Makes or removes it, and remembers that something was changed, and when.
    pub fn change(self, call: &Call, change: impl FnOnce(&mut Vec<String>, &str)) {
        if let Some(opportunity) = self.open.catalog.opportunities.get_mut(self.id) {
            let entities = &mut opportunity.entities;
            let entities = entities.entry(self.entity_type.into()).or_default();
            change(entities, self.identifier);
            if let Some(now) = to_iso_8601((call.now_ms / 1000) as f64) {
                opportunity.modified = now;
            }
        }
        let key = [self.open.name, self.id, self.entity_type, self.identifier];
        self.open.effects.add(&key);
    }
}
