//! The fresh state: 37 billing groups, ten custom line items, and another that was deleted.

use super::period::Period;
use super::reference::{Kind, key};
use super::store::{Association, BillingGroup, Charge, LIMIT, LineItem, Store, Trouble};
use crate::attempts::Attempts;
use crate::ledger::Effects;
use std::collections::BTreeMap;

const HEADQUARTERS: &str = "123456789012";
const RETAIL: &str = "210987654321";
const LOGISTICS: &str = "345678901234";
const RESEARCH: &str = "456789012345";
const MEDIA: &str = "567890123456";
const CUSTOMER_CARE: &str = "678901234567";
const ARCHIVE: &str = "789012345678";
const TREASURY: &str = "890123456789";
const EVENTS: &str = "901234567890";

const TRAINING_FEE: &str = "Sav3dG8kL6";

/// 2024-01-01 and 2025-07-01, in seconds since 1970.
const FIRST_DAY: u64 = 1_704_067_200;
const ARCHIVE_DAY: u64 = 1_751_328_000;

/// Primary accounts, names, plans, sizes and what changing them meets with.
const BILLING_GROUPS: [(&str, &str, &str, u32, Trouble); 9] = [
    (HEADQUARTERS, "Headquarters", "Passthrough", 14, Trouble::No),
    (RETAIL, "Retail", "BasicPricingPlan", 32, Trouble::No),
    (LOGISTICS, "Logistics", "BasicPricingPlan", 9, Trouble::No),
    (RESEARCH, "Research", "R3s3archP1", 21, Trouble::No),
    (MEDIA, "Media", "Passthrough", 5, Trouble::IsLimited),
    (
        CUSTOMER_CARE,
        "CustomerCare",
        "BasicPricingPlan",
        11,
        Trouble::FirstFailsInternally,
    ),
    (ARCHIVE, "Archive", "Passthrough", 2, Trouble::No),
    (TREASURY, "Treasury", "Passthrough", 1, Trouble::IsDenied),
    (
        EVENTS,
        "Events",
        "Passthrough",
        3,
        Trouble::FirstIsThrottled,
    ),
];

/// IDs, names, descriptions, percentages and what changing them meets with.
const SHARES: [(&str, &str, &str, f64, Trouble); 8] = [
    (
        "abcde12345",
        "SupportShare",
        "Support, by what each department spends",
        10.0,
        Trouble::No,
    ),
    (
        "Mrk8pT2xQ7",
        "MarketplaceFee",
        "Handling of marketplace purchases",
        2.5,
        Trouble::No,
    ),
    (
        "zzzzz12345",
        "DataTransferShare",
        "Data transfer between regions",
        4.0,
        Trouble::No,
    ),
    (
        "Cnf1ct09aB",
        "SharedServices",
        "Networks and directories",
        7.5,
        Trouble::FirstConflicts,
    ),
    (
        "Thr0ttl3dX",
        "MonitoringShare",
        "Monitoring and alarms",
        3.0,
        Trouble::FirstIsThrottled,
    ),
    (
        "Int3rn4lEr",
        "BackupShare",
        "Backups and their storage",
        5.0,
        Trouble::FirstFailsInternally,
    ),
    (
        "D3n13dAcce",
        "AuditShare",
        "External audit",
        1.0,
        Trouble::IsDenied,
    ),
    (
        "L1m1tSh4re",
        "LicenceShare",
        "Licences bought in bulk",
        6.0,
        Trouble::No,
    ),
];

pub fn store() -> Store {
    let named = BILLING_GROUPS.map(|(id, name, plan, accounts, trouble)| {
        (id.to_owned(), billing_group(name, plan, accounts, trouble))
    });
    let customers = (1..=28).map(|number| {
        let name = format!("customer-{number:02}");
        (
            customer(number),
            billing_group(&name, "BasicPricingPlan", 1, Trouble::No),
        )
    });
    let mut billing_groups: BTreeMap<_, _> = named.into_iter().chain(customers).collect();
    if let Some(archive) = billing_groups.get_mut(ARCHIVE) {
        archive.created = ARCHIVE_DAY;
        archive.modified = ARCHIVE_DAY;
        archive.primary_account_is_missing = true;
    }
    if let Some(retail) = billing_groups.get_mut(RETAIL) {
        retail.takes_in_new_accounts = true;
    }
    let shares = SHARES.map(|(id, name, description, percentage, trouble)| {
        let mut share = line_item(name, description, Charge::Percentage(percentage), trouble);
        share.resources = resources(id);
        (id.to_owned(), share)
    });
    let mut line_items: BTreeMap<_, _> = shares.into_iter().collect();
    let (training, onboarding) = (Charge::Flat(250.0), Charge::Flat(1200.0));
    let mut training = line_item("TrainingFee", "Courses", training, Trouble::No);
    training.account = Some(RETAIL.into());
    let mut onboarding = line_item("OnboardingFee", "New accounts", onboarding, Trouble::No);
    onboarding.is_credit = true;
    line_items.insert(TRAINING_FEE.into(), training);
    line_items.insert("Flt5rW9zK3".into(), onboarding);
    if let Some(licences) = line_items.get_mut("L1m1tSh4re") {
        licences.limit = licences.resources.len();
    }
    Store {
        billing_groups,
        line_items,
        attempts: Attempts::default(),
        effects: Effects::default(),
    }
}

fn resources(id: &str) -> BTreeMap<String, Association> {
    let groups: Vec<String> = match id {
        "abcde12345" => [
            HEADQUARTERS,
            RETAIL,
            LOGISTICS,
            RESEARCH,
            MEDIA,
            CUSTOMER_CARE,
            ARCHIVE,
        ]
        .map(String::from)
        .into(),
        // As many resources as one request can name.
        "Mrk8pT2xQ7" => (1..=28)
            .map(customer)
            .chain([HEADQUARTERS.into(), LOGISTICS.into()])
            .collect(),
        "zzzzz12345" => vec![RETAIL.into()],
        "D3n13dAcce" => Vec::new(),
        "L1m1tSh4re" => [HEADQUARTERS, LOGISTICS, RESEARCH].map(String::from).into(),
        _ => vec![HEADQUARTERS.into()],
    };
    let mut resources: BTreeMap<_, _> = groups
        .iter()
        .map(|group| (key(Kind::BillingGroup, group), since(2024, 1)))
        .collect();
    if id == "abcde12345" {
        resources.insert(key(Kind::CustomLineItem, TRAINING_FEE), since(2024, 1));
        resources.insert(key(Kind::BillingGroup, ARCHIVE), since(2025, 7));
    }
    resources
}

fn customer(number: u32) -> String {
    format!("9{number:011}")
}

fn since(year: u16, month: u8) -> Association {
    Association {
        since: Period { year, month },
        until: None,
    }
}

fn billing_group(name: &str, plan: &str, accounts: u32, trouble: Trouble) -> BillingGroup {
    BillingGroup {
        name: name.into(),
        description: format!("The bill of {name}"),
        pricing_plan: plan.into(),
        accounts,
        takes_in_new_accounts: false,
        primary_account_is_missing: false,
        created: FIRST_DAY,
        modified: FIRST_DAY,
        trouble,
    }
}

fn line_item(name: &str, description: &str, charge: Charge, trouble: Trouble) -> LineItem {
    LineItem {
        name: name.into(),
        description: description.into(),
        billing_group: HEADQUARTERS.into(),
        account: None,
        charge,
        is_credit: false,
        created: FIRST_DAY,
        modified: FIRST_DAY,
        trouble,
        limit: LIMIT,
        resources: BTreeMap::new(),
    }
}
