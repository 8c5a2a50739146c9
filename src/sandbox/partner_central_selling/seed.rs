//! The fresh state: five opportunities in two catalogs, and in each catalog three more that
//! refuse.

use super::entity::{
    AWS_PRODUCTS, MARKETPLACE_OFFER_SETS, MARKETPLACE_OFFERS, MARKETPLACE_PRODUCTS,
    MARKETPLACE_SOLUTIONS, SOLUTIONS,
};
use super::store::{CATALOGS, Change, Opportunity, Store};
use crate::attempts::Attempts;

pub fn store() -> Store {
    let mut opportunities = vec![
        opportunity(
            "Sandbox",
            "O1234567", // Data platform migration
            Change::Plain,
            &[
                (SOLUTIONS, "S-0000123"),
                (SOLUTIONS, "S-0000124"),
                (AWS_PRODUCTS, "AmazonRedshift"),
                (AWS_PRODUCTS, "AWSGlue"),
                (MARKETPLACE_OFFERS, "Offer/offer-dp4k7m2q9xz3c"),
                (MARKETPLACE_OFFER_SETS, "OfferSet/offerset-dp8n3v6t1hw5r"),
                (MARKETPLACE_SOLUTIONS, "Solution/solution-dp2w9c5j7ky4b"),
                (MARKETPLACE_PRODUCTS, "SaaSProduct/prod-dpq6z2m8k4w1t"),
            ],
        ),
        opportunity(
            "Sandbox",
            "O2345678", // Contact centre in the cloud
            Change::Plain,
            &[(SOLUTIONS, "S-0000125"), (AWS_PRODUCTS, "AmazonConnect")],
        ),
        opportunity(
            "Sandbox",
            "O3456789", // Mainframe exit, lost
            Change::IsClosed,
            &[(SOLUTIONS, "S-0000123"), (SOLUTIONS, "S-0000124")],
        ),
        opportunity(
            "AWS",
            "O7654321", // Retail analytics
            Change::Plain,
            &[
                (SOLUTIONS, "S-0001001"),
                (SOLUTIONS, "S-0001002"),
                (AWS_PRODUCTS, "AmazonQuickSight"),
                (AWS_PRODUCTS, "AmazonS3"),
                (MARKETPLACE_OFFERS, "Offer/offer-ra5t9n2k7wq4z"),
                (MARKETPLACE_OFFER_SETS, "OfferSet/offerset-ra1h6x8p3mz9v"),
                (MARKETPLACE_SOLUTIONS, "Solution/solution-ra7b4f2q9kd5c"),
                (MARKETPLACE_PRODUCTS, "SaaSProduct/prod-rax3w8t5n1j6y"),
            ],
        ),
        opportunity(
            "AWS",
            "O8765432", // Backup modernization
            Change::Plain,
            &[
                (SOLUTIONS, "S-0001002"),
                (SOLUTIONS, "S-0001003"),
                (AWS_PRODUCTS, "AWSBackup"),
            ],
        ),
    ];
    let two_solutions = &[(SOLUTIONS, "S-0000901"), (SOLUTIONS, "S-0000902")];
    opportunities.extend(CATALOGS.into_iter().flat_map(|catalog| {
        [
            opportunity(catalog, "O9000403", Change::IsDenied, &[]),
            opportunity(catalog, "O9000429", Change::FirstIsThrottled, two_solutions),
            opportunity(
                catalog,
                "O9000500",
                Change::FirstFailsInternally,
                two_solutions,
            ),
        ]
    }));
    Store {
        opportunities,
        attempts: Attempts::default(),
    }
}

fn opportunity(
    catalog: &'static str,
    id: &'static str,
    change: Change,
    entities: &[(&'static str, &str)],
) -> Opportunity {
    let named = entities.iter().map(|&(entity_type, name)| {
        // What comes from AWS Marketplace is named by ARN, here by the end of it.
        let is_marketplace = name.contains('/');
        let prefix = "arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/";
        let identifier = format!("{}{name}", if is_marketplace { prefix } else { "" });
        (entity_type, identifier)
    });
    Opportunity {
        catalog,
        id,
        change,
        entities: named.collect(),
    }
}
