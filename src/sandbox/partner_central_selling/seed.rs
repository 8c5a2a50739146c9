//! The fresh state: opportunities and solutions in two catalogs, and in each catalog some that
//! refuse.

use super::entity::{
    AWS_PRODUCTS, MARKETPLACE_OFFER_SETS, MARKETPLACE_OFFERS, MARKETPLACE_PRODUCTS,
    MARKETPLACE_SOLUTIONS, SOLUTIONS,
};
use super::store::{CLOSED_LOST, Catalog, Opportunity, Solution, Store, Trouble};
use crate::attempts::Attempts;
use crate::ledger::Effects;
use std::collections::BTreeMap;

/// Types of entities and what names them; what comes from AWS Marketplace is named by ARN, here
/// by the end of it.
type Entities = &'static [(&'static str, &'static str)];

const MARKETPLACE: &str = "arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/";

/// An opportunity: ID, title, company, industry, country, stage, entities.
type Row = (&'static str, [&'static str; 5], Entities);

const TESTS: [Row; 4] = [
    (
        "O1234567",
        [
            "Data platform migration",
            "Northwind Bank",
            "Financial Services",
            "US",
            "Qualified",
        ],
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
    (
        "O2345678",
        [
            "Contact centre in the cloud",
            "Harbour Travel",
            "Travel",
            "GB",
            "Technical Validation",
        ],
        &[(SOLUTIONS, "S-0000125"), (AWS_PRODUCTS, "AmazonConnect")],
    ),
    (
        "O3456789",
        [
            "Mainframe exit",
            "Old Mill Insurance",
            "Financial Services",
            "DE",
            CLOSED_LOST,
        ],
        &[(SOLUTIONS, "S-0000123"), (SOLUTIONS, "S-0000124")],
    ),
    (
        "O4567890",
        [
            "Remote desktops",
            "Meadow Clinics",
            "Healthcare",
            "US",
            "Prospect",
        ],
        &[(SOLUTIONS, "S-0000124")],
    ),
];

const BUSINESS: [Row; 2] = [
    (
        "O7654321",
        [
            "Retail analytics",
            "Corner Shops",
            "Retail",
            "FR",
            "Business Validation",
        ],
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
    (
        "O8765432",
        [
            "Backup modernization",
            "Granite Quarries",
            "Mining",
            "SE",
            "Committed",
        ],
        &[
            (SOLUTIONS, "S-0001002"),
            (SOLUTIONS, "S-0001003"),
            (AWS_PRODUCTS, "AWSBackup"),
        ],
    ),
];

/// Solutions: ID, name, category, status.
const TEST_SOLUTIONS: [[&str; 4]; 5] = [
    [
        "S-0000123",
        "Lakehouse in a month",
        "Software Product",
        "Active",
    ],
    [
        "S-0000124",
        "Migration office",
        "Consulting Service",
        "Active",
    ],
    [
        "S-0000125",
        "Talking to customers",
        "Managed Service",
        "Active",
    ],
    [
        "S-0000126",
        "Mainframe reader",
        "Software Product",
        "Inactive",
    ],
    [
        "S-0000127",
        "Desktops by the hour",
        "Managed Service",
        "Draft",
    ],
];
const BUSINESS_SOLUTIONS: [[&str; 4]; 3] = [
    ["S-0001001", "Shelf counter", "Software Product", "Active"],
    ["S-0001002", "Data review", "Consulting Service", "Active"],
    ["S-0001003", "Backup watch", "Managed Service", "Active"],
];

/// What the last three digits of an ID say changing and naming it meets with.
const TROUBLES: [(&str, Trouble); 3] = [
    ("9000403", Trouble::IsDenied),
    ("9000429", Trouble::FirstIsThrottled),
    ("9000500", Trouble::FirstFailsInternally),
];
const TWO_SOLUTIONS: Entities = &[(SOLUTIONS, "S-0000901"), (SOLUTIONS, "S-0000902")];

pub fn store() -> Store {
    let catalogs = [
        ("AWS", catalog(&BUSINESS, &BUSINESS_SOLUTIONS)),
        ("Sandbox", catalog(&TESTS, &TEST_SOLUTIONS)),
    ];
    let catalogs = catalogs.into_iter();
    Store {
        catalogs: catalogs.map(|(name, it)| (name.into(), it)).collect(),
        attempts: Attempts::default(),
        effects: Effects::default(),
    }
}

fn catalog(rows: &[Row], solutions: &[[&str; 4]]) -> Catalog {
    let opportunities = (1..).zip(rows);
    let mut opportunities: BTreeMap<_, _> = opportunities
        .map(|(month, (id, words, entities))| {
            let opportunity = opportunity(month, *words, entities, Trouble::No);
            ((*id).to_owned(), opportunity)
        })
        .collect();
    let mut solutions: BTreeMap<_, _> = solutions
        .iter()
        .map(|[id, name, category, status]| {
            (
                (*id).to_owned(),
                solution(name, category, status, Trouble::No),
            )
        })
        .collect();
    for (digits, trouble) in TROUBLES {
        let words = [
            "Trouble",
            "Thornfield Works",
            "Manufacturing",
            "US",
            "Qualified",
        ];
        let entities = match trouble {
            Trouble::IsDenied => &[],
            _ => TWO_SOLUTIONS,
        };
        opportunities.insert(
            format!("O{digits}"),
            opportunity(9, words, entities, trouble),
        );
        let trouble = solution("Trouble", "Other", "Draft", trouble);
        solutions.insert(format!("S-{digits}"), trouble);
    }
    if let Some(lakehouse) = solutions.get_mut("S-0000123") {
        let arn = format!("{MARKETPLACE}Solution/solution-dp2w9c5j7ky4b");
        lakehouse.marketplace_arn = Some(arn);
    }
    for (_, id) in TWO_SOLUTIONS {
        let spare = solution("Spare part", "Other", "Active", Trouble::No);
        solutions.insert((*id).into(), spare);
    }
    Catalog {
        opportunities,
        solutions,
    }
}

/// It was created and last changed in this month of 2025, and is to be won in the next one.
fn opportunity(
    month: u32,
    [title, company, industry, country, stage]: [&str; 5],
    entities: &[(&str, &str)],
    trouble: Trouble,
) -> Opportunity {
    let mut by_type: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (entity_type, name) in entities {
        let prefix = match name.contains('/') {
            true => MARKETPLACE,
            false => "",
        };
        let of_type = by_type.entry((*entity_type).into()).or_default();
        of_type.push(format!("{prefix}{name}"));
    }
    Opportunity {
        title: title.into(),
        problem: format!("{company} asks for this: {title}."),
        company: company.into(),
        industry: industry.into(),
        country: country.into(),
        opportunity_type: "Net New Business".into(),
        stage: stage.into(),
        review_status: "Approved".into(),
        spend: 1_500 * month,
        target_close: format!("2026-{:02}-28", month + 1),
        created: format!("2025-{month:02}-03T09:30:00Z"),
        modified: format!("2025-{month:02}-17T14:05:00Z"),
        trouble,
        entities: by_type,
    }
}

fn solution(name: &str, category: &str, status: &str, trouble: Trouble) -> Solution {
    Solution {
        name: name.into(),
        category: category.into(),
        status: status.into(),
        created: "2024-05-06T07:08:09Z".into(),
        marketplace_arn: None,
        trouble,
    }
}
