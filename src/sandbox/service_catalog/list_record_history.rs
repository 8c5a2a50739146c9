//! The records, the newest first.

use super::store::Store;
use super::{access, invalid_parameters, language, listing};
use crate::Call;
use crate::answer::{Answer, ServiceError};
use crate::input::Input;

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    access::check(input)?;
    let filter = input.structure("SearchFilter");
    let key = filter.and_then(|filter| filter.optional_text("Key"));
    if !matches!(key, None | Some("product" | "provisionedproduct")) {
        return Err(invalid_parameters(
            "SearchFilter.Key must be one of: product, provisionedproduct.",
        ));
    }
    let value = filter.map_or("", |filter| filter.text("Value"));
    let product_of = |id: &str| {
        let product = store.provisioned_products.get(id);
        product.map(|it| it.product.as_str())
    };
    let records = store.records.newest_first();
    let records = records.filter(|(_, record)| match key {
        Some("product") => product_of(&record.provisioned_product) == Some(value),
        Some(_) => record.provisioned_product == value,
        None => true,
    });
    let members = listing::members(
        "ListRecordHistory",
        input,
        "RecordDetails",
        records,
        |(id, _)| *id,
        |(id, _)| store.record_detail(id, call.now_ms).into(),
    )?;
    Ok(Answer::output(members))
}
