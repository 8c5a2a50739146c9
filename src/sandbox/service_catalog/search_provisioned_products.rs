//! Provisioned products, with what is known about each.

use super::store::{ProvisionedProduct, Store};
use super::view::{self, time};
use super::{access, invalid_parameters, language, listing, order};
use crate::Call;
use crate::answer::{Answer, ServiceError, object};
use crate::input::Input;

use serde_json::Value;

/// What a query can look into and results can be sorted by: attributes, in lower camel case.
const SEARCHABLE: [&str; 18] = [
    "arn",
    "createdTime",
    "id",
    "idempotencyToken",
    "lastProvisioningRecordId",
    "lastRecordId",
    "lastSuccessfulProvisioningRecordId",
    "name",
    "physicalId",
    "productId",
    "productName",
    "provisioningArtifactId",
    "provisioningArtifactName",
    "status",
    "tags",
    "type",
    "userArn",
    "userArnSession",
];
const SORTABLE: [&str; 4] = ["arn", "id", "lastRecordId", "name"];

pub fn handle(store: &mut Store, input: Input<'_>, call: &Call) -> Result<Answer, ServiceError> {
    language::check(input)?;
    access::check(input)?;
    let products = store.provisioned_products.iter();
    let mut found: Vec<Value> = products
        .map(|(id, product)| attributes(store, id, product, call.now_ms))
        .collect();
    let filters = input.structure("Filters");
    for query in filters.iter().flat_map(|it| it.texts("SearchQuery")) {
        let (field, wanted) = query.split_once(':').unwrap_or(("", query));
        if query.contains(':') && !SEARCHABLE.contains(&field) {
            return Err(invalid_parameters(format!(
                "{field} is not a field that SearchQuery can look into."
            )));
        }
        found.retain(|attributes| fits(attributes, field, wanted));
    }
    if let Some(field) = input.optional_text("SortBy") {
        if !SORTABLE.contains(&field) {
            let fields = SORTABLE.join(", ");
            return Err(invalid_parameters(format!(
                "SortBy must be one of: {fields}."
            )));
        }
        found.sort_by_key(|attributes| text(attributes, field));
    }
    order::apply(input, &mut found);
    let total = found.len();
    let mut members = listing::members(
        "SearchProvisionedProducts",
        input,
        "ProvisionedProducts",
        found,
        |attributes| text(attributes, "id"),
        |attributes| attributes,
    )?;
    members.push(("TotalResultsCount", total.into()));
    Ok(Answer::output(members))
}

/// A query without a field is a word of the name.
fn fits(attributes: &Value, field: &str, wanted: &str) -> bool {
    match field {
        "" => text(attributes, "name").contains(wanted),
        "tags" => {
            let tags = attributes["Tags"].as_array().into_iter().flatten();
            let mut words = tags.flat_map(|tag| [&tag["Key"], &tag["Value"]]);
            words.any(|word| word == wanted)
        }
        _ => text(attributes, field).eq_ignore_ascii_case(wanted),
    }
}

/// An attribute by its name in lower camel case.
fn text(attributes: &Value, field: &str) -> String {
    let mut name = field.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    match attributes.get(&name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn attributes(store: &Store, id: &str, product: &ProvisionedProduct, now_ms: u64) -> Value {
    let is_under_change = store.records.is_under_change(id, now_ms);
    let status = if is_under_change {
        "UNDER_CHANGE"
    } else {
        "AVAILABLE"
    };
    let name = product.name.as_str();
    let account = "us-east-1:123456789012";
    let arn = format!("arn:aws:servicecatalog:{account}:stack/{name}/{id}");
    let stack = format!("arn:aws:cloudformation:{account}:stack/SC-123456789012-{id}");
    let of = store.products.get(&product.product);
    let version = store.versions.get(&product.version);
    let user = "arn:aws:iam::123456789012:user/alex";
    let text = |text: &str| Value::from(text);
    object(vec![
        ("Name", text(name)),
        ("Arn", arn.into()),
        ("Type", text(&product.kind)),
        ("Id", text(id)),
        ("Status", text(status)),
        ("CreatedTime", time(product.created_ms)),
        ("LastRecordId", store.records.latest_of(id).into()),
        (
            "LastProvisioningRecordId",
            text(&product.provisioning_record),
        ),
        (
            "LastSuccessfulProvisioningRecordId",
            text(&product.successful_record),
        ),
        ("Tags", view::tags(&product.environment)),
        ("PhysicalId", stack.into()),
        ("ProductId", text(&product.product)),
        ("ProductName", of.map(|it| text(&it.name)).into()),
        ("ProvisioningArtifactId", text(&product.version)),
        (
            "ProvisioningArtifactName",
            version.map(|it| text(&it.name)).into(),
        ),
        ("UserArn", text(user)),
        ("UserArnSession", text(user)),
    ])
}
