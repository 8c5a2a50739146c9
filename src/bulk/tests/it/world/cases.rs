//! The operations that are played, each with rows that all can be done once.

use formsmith_api::model::Model;
use formsmith_run::OperationRef;
use serde_json::{Map, Value, json};
use std::sync::{Arc, OnceLock};

#[derive(Clone, Copy)]
pub struct Case {
    pub op: OperationRef,
    pub kind: Kind,
    pub rows: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One request a row, with an idempotency token.
    Token,
    /// One request a row, and nothing that makes repeating harmless.
    Plain,
    /// Rows share requests, and repeating is harmless by the model.
    IdempotentBatch,
    /// Rows share requests, and repeating isn't harmless.
    Batch,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Token, Self::Plain, Self::IdempotentBatch, Self::Batch];
}

fn leaked() -> &'static Arc<Model> {
    static MODEL: OnceLock<Arc<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Arc::new(Model::embedded().unwrap()))
}

pub fn model() -> Arc<Model> {
    Arc::clone(leaked())
}

const ACTION: &str = "act-snap3rds6hw2z";
const PRODUCT: &str = "prod-rdsq4m8tz2vkw";
const LINE_ITEM: &str = "abcde12345";
const OPPORTUNITIES: u32 = 200;
const TYPES: [&str; 3] = [
    "AwsProducts",
    "AwsMarketplaceOffers",
    "AwsMarketplaceOfferSets",
];

impl Case {
    pub fn new(kind: Kind, rows: u32) -> Self {
        let (service, operation) = match kind {
            Kind::Token => ("servicecatalog", "ExecuteProvisionedProductServiceAction"),
            Kind::Plain => ("partnercentral-selling", "DisassociateOpportunity"),
            Kind::IdempotentBatch => (
                "billingconductor",
                "BatchAssociateResourcesToCustomLineItem",
            ),
            Kind::Batch => (
                "servicecatalog",
                "BatchDisassociateServiceActionFromProvisioningArtifact",
            ),
        };
        let op = OperationRef::find(leaked(), service, operation).unwrap();
        Self { op, kind, rows }
    }

    pub fn input(&self, row: u32) -> Value {
        let key = self.key(row);
        match self.kind {
            Kind::Token => json!({"ProvisionedProductId": key[1], "ServiceActionId": ACTION}),
            Kind::Plain => json!({
                "Catalog": "AWS", "OpportunityIdentifier": key[1], "RelatedEntityType": key[2],
                "RelatedEntityIdentifier": key[3],
            }),
            Kind::IdempotentBatch => json!({
                "TargetArn": format!(
                    "arn:aws:billingconductor::123456789012:customlineitem/{LINE_ITEM}"
                ),
                "ResourceArns": [format!("arn:aws:billingconductor::123456789012:{}", key[1])],
            }),
            Kind::Batch => json!({"ServiceActionAssociations": [{
                "ServiceActionId": key[0], "ProductId": key[1], "ProvisioningArtifactId": key[2],
            }]}),
        }
    }

    /// What the ledger knows the row by.
    pub fn key(&self, row: u32) -> Vec<String> {
        match self.kind {
            Kind::Token => vec![ACTION.into(), format!("pp-{row:013}")],
            Kind::Plain => {
                let (number, entity_type, entity) = entity(row);
                let id = format!("O{:07}", number + 1);
                vec!["AWS".into(), id, entity_type.into(), entity]
            }
            Kind::IdempotentBatch => {
                vec![LINE_ITEM.into(), format!("billinggroup/{:012}", row + 1000)]
            }
            Kind::Batch => vec![
                format!("act-{:013}", row % 20),
                PRODUCT.into(),
                format!("pa-{:013}", row / 20),
            ],
        }
    }

    /// Lays down what the rows are about.
    pub fn prepare(&self, services: &mut Value) {
        match self.kind {
            Kind::Token => {
                let products = &mut services["servicecatalog"]["provisioned_products"];
                let one = products["pp-orders3pg9zk5"].clone();
                *products = (0..self.rows)
                    .map(|row| (self.key(row)[1].clone(), one.clone()))
                    .collect::<Map<_, _>>()
                    .into();
            }
            Kind::Plain => {
                let all = &mut services["partnercentral-selling"]["catalogs"]["AWS"];
                let all = &mut all["opportunities"];
                let mut one = all["O7654321"].clone();
                one["trouble"] = "No".into();
                one["entities"] = json!({});
                let mut opportunities = Map::new();
                for row in 0..self.rows {
                    let key = self.key(row);
                    let of = opportunities.entry(key[1].clone());
                    let entities = &mut of.or_insert_with(|| one.clone())["entities"];
                    match entities[&key[2]].as_array_mut() {
                        Some(all) => all.push(key[3].as_str().into()),
                        None => entities[&key[2]] = json!([key[3]]),
                    }
                }
                *all = opportunities.into();
            }
            Kind::IdempotentBatch => {
                let of = &mut services["billingconductor"];
                let one = of["billing_groups"]["123456789012"].clone();
                for row in 0..self.rows {
                    let id = format!("{:012}", row + 1000);
                    of["billing_groups"][id] = one.clone();
                }
                of["line_items"][LINE_ITEM]["resources"] = json!({});
            }
            Kind::Batch => {
                let of = &mut services["servicecatalog"];
                let version = of["versions"]["pa-pg16d5t8hw3za"].clone();
                let action = of["service_actions"][ACTION].clone();
                let mut associations = Vec::new();
                for row in 0..self.rows {
                    let key = self.key(row);
                    of["service_actions"][&key[0]] = action.clone();
                    of["versions"][&key[2]] = version.clone();
                    associations.push(json!([key[2], key[0]]));
                }
                of["associations"] = associations.into();
            }
        }
    }
}

/// An opportunity, a type, and an identifier of that type.
fn entity(row: u32) -> (u32, &'static str, String) {
    let (number, place) = (row % OPPORTUNITIES, row / OPPORTUNITIES);
    let entity_type = TYPES[(place / 20) as usize];
    let begin = "arn:aws:catalog:us-east-1:123456789012:AWSMarketplace";
    let entity = match place / 20 {
        0 => format!("product{row}"),
        1 => format!("{begin}/Offer/offer-{row:013}"),
        _ => format!("{begin}/OfferSet/offerset-{row:013}"),
    };
    (number, entity_type, entity)
}
