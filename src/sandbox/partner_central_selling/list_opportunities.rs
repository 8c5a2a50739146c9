//! Lists opportunities.

use super::access::Open;
use super::order::{is_within, sort};
use super::store::{Opportunity, Store};
use super::{opportunity, page};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::filter::admits;
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    let mut open = Open::of(store, input)?;
    for id in input.texts("Identifier") {
        let found = open.catalog.opportunities.get(id);
        let trouble = found
            .ok_or_else(|| open.not_found("Opportunity", id))?
            .trouble;
        open.read(trouble, "Opportunity", id)?;
    }
    let listed = open.catalog.opportunities.iter();
    let mut listed: Vec<_> = listed.filter(|(id, it)| is_listed(input, id, it)).collect();
    let default = ("LastModifiedDate", "DESCENDING");
    sort(input, &mut listed, default, |(id, it), by| match by {
        "CustomerCompanyName" => it.company.clone(),
        "CreatedDate" => it.created.clone(),
        "TargetCloseDate" => it.target_close.clone(),
        "LastModifiedDate" => it.modified.clone(),
        _ => (*id).clone(),
    });
    page(
        "ListOpportunities",
        input,
        "OpportunitySummaries",
        listed,
        |(id, _)| id.as_str(),
        |(id, it)| object(opportunity::members(open.name, id, it, Vec::new())),
    )
}

fn is_listed(input: Input<'_>, id: &str, opportunity: &Opportunity) -> bool {
    let filters = Some(input);
    let Opportunity {
        stage,
        review_status,
        company,
        ..
    } = opportunity;
    admits(filters, "Identifier", |asked| asked == id)
        && admits(filters, "LifeCycleStage", |asked| asked == stage)
        && admits(filters, "LifeCycleReviewStatus", |asked| {
            asked == review_status
        })
        && admits(filters, "CustomerCompanyName", |asked| asked == company)
        && is_within(input, "LastModifiedDate", &opportunity.modified)
        && is_within(input, "CreatedDate", &opportunity.created)
        && is_within(input, "TargetCloseDate", &opportunity.target_close)
}
