//! Products of the catalog.

use super::id::{self, PORTFOLIO};
use super::store::{Product, Store};
use super::{invalid_parameters, language, listing, not_found, order, view};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::filter::admits;
use crate::input::Input;
use std::collections::BTreeMap;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    let mut products: Vec<(&String, &Product)> = store.products.iter().collect();
    if let Some(id) = input.optional_text("PortfolioId") {
        id::check(input, &[PORTFOLIO]).map_err(invalid_parameters)?;
        products.retain(|(_, product)| product.portfolio.as_deref() == Some(id));
        if products.is_empty() {
            return Err(not_found(format!("Portfolio {id} not found.")));
        }
    }
    if let Some(filters) = input.structure("Filters") {
        for (name, _) in filters.members() {
            products.retain(|(_, product)| {
                admits(Some(filters), name, |value| fits(product, name, value))
            });
        }
    }
    match input.text("SortBy") {
        "Title" => products.sort_by_key(|(_, product)| &product.name),
        "CreationDate" => products.sort_by_key(|(_, product)| product.created_ms),
        "VersionCount" => {
            let versions = versions(store);
            products.sort_by_key(|(id, _)| versions.get(id.as_str()));
        }
        _ => {}
    }
    order::apply(input, &mut products);
    let members = listing::members(
        "SearchProductsAsAdmin",
        input,
        "ProductViewDetails",
        products,
        |(id, _)| *id,
        |(id, product)| {
            let arn = "arn:aws:catalog:us-east-1:123456789012:product/";
            object(vec![
                ("ProductViewSummary", view::product(id, product)),
                ("Status", "AVAILABLE".into()),
                ("ProductARN", format!("{arn}{id}").into()),
                ("CreatedTime", view::time(product.created_ms)),
            ])
        },
    )?;
    Ok(Answer::output(members))
}

/// How many versions each product has.
fn versions(store: &Store) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for version in store.versions.values() {
        *counts.entry(version.product.as_str()).or_default() += 1;
    }
    counts
}

fn fits(product: &Product, filter: &str, value: &str) -> bool {
    let value = value.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&value);
    match filter {
        "FullTextSearch" => [&product.name, &product.owner, &product.description]
            .into_iter()
            .any(|text| has(text)),
        "Owner" => product.owner.to_lowercase() == value,
        "ProductType" => product.kind.to_lowercase() == value,
        // None of these products is a copy of another.
        _ => false,
    }
}
