//! Lists what a custom line item is calculated from, and what is calculated from it.

use super::named;
use super::page;
use super::period::Period;
use super::reference::{Kind, arn, custom_line_item_arn, key};
use super::store::{Association, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    let (id, _) = named::line_item(store, input.text("Arn"))?;
    let period = Period::asked(input, call);
    let relationship = input
        .structure("Filters")
        .and_then(|filters| filters.optional_text("Relationship"));
    let children = store.line_items.get(id).into_iter().flat_map(|item| {
        let resources = item.resources.iter();
        resources.map(|(key, association)| (key.clone(), *association, "CHILD"))
    });
    let own_key = key(Kind::CustomLineItem, id);
    let parents = store.line_items.iter().filter_map(|(parent, item)| {
        let association = *item.resources.get(&own_key)?;
        Some((key(Kind::CustomLineItem, parent), association, "PARENT"))
    });
    let listed = children.chain(parents).filter(|(_, association, kind)| {
        association.holds_in(period) && relationship.is_none_or(|asked| asked == *kind)
    });
    let mut members = page(
        "ListResourcesAssociatedToCustomLineItem",
        input,
        "AssociatedResources",
        listed,
        |(key, _, kind)| format!("{kind} {key}"),
        |(key, Association { until, .. }, kind)| {
            let mut members = vec![("Arn", arn(&key).into()), ("Relationship", kind.into())];
            if let Some(until) = until {
                members.push(("EndBillingPeriod", until.to_string().into()));
            }
            object(members)
        },
    )?;
    members.insert(0, ("Arn", custom_line_item_arn(id).into()));
    Ok(Answer::output(members))
}
