//! The versions of a product, all at once: the operation takes no page token.

use super::id::{self, PRODUCT};
use super::store::Store;
use super::{invalid_parameters, language, not_found, view};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;
use serde_json::Value;

pub fn handle(store: &mut Store, input: Input<'_>, _: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    id::check(input, &[PRODUCT]).map_err(invalid_parameters)?;
    let product_id = input.text("ProductId");
    let product = store.product(product_id).map_err(not_found)?;
    let mut versions: Vec<_> = store.versions.iter().collect();
    versions.retain(|(_, version)| version.product == product_id);
    versions.sort_by_key(|(_, version)| version.created_ms);
    let details: Vec<Value> = versions
        .into_iter()
        .map(|(id, version)| {
            let mut detail = view::version(id, version);
            detail.push(("Type", product.kind.as_str().into()));
            detail.push(("Active", true.into()));
            object(detail)
        })
        .collect();
    Ok(Answer::output(vec![(
        "ProvisioningArtifactDetails",
        details.into(),
    )]))
}
