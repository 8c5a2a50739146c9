//! Lists solutions of the partner.

use super::access::Open;
use super::order::sort;
use super::page;
use super::store::{Solution, Store};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::filter::admits;
use crate::input::Input;
use serde_json::Value;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    let mut open = Open::of(store, input)?;
    for id in input.texts("Identifier") {
        let found = open.catalog.solutions.get(id);
        let trouble = found.ok_or_else(|| open.not_found("Solution", id))?.trouble;
        open.read(trouble, "Solution", id)?;
    }
    let listed = open.catalog.solutions.iter();
    let mut listed: Vec<_> = listed.filter(|(id, it)| is_listed(input, id, it)).collect();
    let default = ("Identifier", "ASCENDING");
    sort(input, &mut listed, default, |(id, it), by| match by {
        "Name" => it.name.clone(),
        "Status" => it.status.clone(),
        "Category" => it.category.clone(),
        "CreatedDate" => it.created.clone(),
        _ => (*id).clone(),
    });
    page(
        "ListSolutions",
        input,
        "SolutionSummaries",
        listed,
        |(id, _)| id.as_str(),
        |(id, it)| summary(open.name, id, it),
    )
}

fn is_listed(input: Input<'_>, id: &str, solution: &Solution) -> bool {
    let filters = Some(input);
    let arn = solution.marketplace_arn.as_deref();
    admits(filters, "Identifier", |asked| asked == id)
        && admits(filters, "Status", |asked| asked == solution.status)
        && admits(filters, "Category", |asked| asked == solution.category)
        && admits(filters, "AwsMarketplaceSolutionArn", |asked| {
            Some(asked) == arn
        })
}

fn summary(catalog: &str, id: &str, solution: &Solution) -> Value {
    let arn =
        format!("arn:aws:partnercentral:us-east-1:123456789012:catalog/{catalog}/solution/{id}");
    let mut members = vec![
        ("Catalog", catalog.into()),
        ("Id", id.into()),
        ("Arn", arn.into()),
        ("Name", solution.name.as_str().into()),
        ("Status", solution.status.as_str().into()),
        ("Category", solution.category.as_str().into()),
        ("CreatedDate", solution.created.as_str().into()),
    ];
    if let Some(arn) = &solution.marketplace_arn {
        members.push(("AwsMarketplaceSolutionArn", arn.as_str().into()));
    }
    object(members)
}
