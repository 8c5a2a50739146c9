//! The fresh state: nine custom line items, and a tenth that was deleted.

use super::period::Period;
use super::reference::Kind;
use super::store::{Change, Charge, LineItem, Removal, Resource, Store};
use crate::attempts::Attempts;

const SUPPORT_SHARE: &str = "abcde12345";
const MARKETPLACE_FEE: &str = "Mrk8pT2xQ7";
const DATA_TRANSFER_SHARE: &str = "zzzzz12345";
const TRAINING_FEE: &str = "Sav3dG8kL6";
const ONBOARDING_FEE: &str = "Flt5rW9zK3";
const SHARED_SERVICES: &str = "Cnf1ct09aB";
const MONITORING_SHARE: &str = "Thr0ttl3dX";
const BACKUP_SHARE: &str = "Int3rn4lEr";
const AUDIT_SHARE: &str = "D3n13dAcce";

const HEADQUARTERS: &str = "123456789012";
const RETAIL: &str = "210987654321";
const LOGISTICS: &str = "345678901234";
const RESEARCH: &str = "456789012345";
const MEDIA: &str = "567890123456";
const CUSTOMER_CARE: &str = "678901234567";
const ARCHIVE: &str = "789012345678";

pub fn store() -> Store {
    let shared = |id, change| percentage(id, change, vec![billing_group(HEADQUARTERS)]);
    Store {
        line_items: vec![
            percentage(SUPPORT_SHARE, Change::Plain, support_share()),
            percentage(MARKETPLACE_FEE, Change::Plain, marketplace_fee()),
            percentage(
                DATA_TRANSFER_SHARE,
                Change::Plain,
                vec![billing_group(RETAIL)],
            ),
            flat(TRAINING_FEE),
            flat(ONBOARDING_FEE),
            shared(SHARED_SERVICES, Change::FirstConflicts),
            shared(MONITORING_SHARE, Change::FirstIsThrottled),
            shared(BACKUP_SHARE, Change::FirstFailsInternally),
            percentage(AUDIT_SHARE, Change::IsDenied, Vec::new()),
        ],
        attempts: Attempts::default(),
    }
}

fn support_share() -> Vec<Resource> {
    let mut media = billing_group(MEDIA);
    media.removal = Removal::IsLimited;
    let mut customer_care = billing_group(CUSTOMER_CARE);
    customer_care.removal = Removal::FirstFailsInternally;
    let mut archive = billing_group(ARCHIVE);
    archive.since = Period {
        year: 2025,
        month: 7,
    };
    let mut training_fee = billing_group(TRAINING_FEE);
    training_fee.kind = Kind::CustomLineItem;
    vec![
        billing_group(HEADQUARTERS),
        billing_group(RETAIL),
        billing_group(LOGISTICS),
        billing_group(RESEARCH),
        training_fee,
        media,
        customer_care,
        archive,
    ]
}

/// As many resources as one request can name.
fn marketplace_fee() -> Vec<Resource> {
    let customers = (1..=28).map(|number| format!("9{number:011}"));
    let mut resources: Vec<Resource> = customers.map(|id| billing_group(&id)).collect();
    resources.push(billing_group(HEADQUARTERS));
    resources.push(billing_group(LOGISTICS));
    resources
}

fn percentage(id: &'static str, change: Change, resources: Vec<Resource>) -> LineItem {
    LineItem {
        id,
        charge: Charge::Percentage,
        change,
        resources,
    }
}

fn flat(id: &'static str) -> LineItem {
    LineItem {
        id,
        charge: Charge::Flat,
        change: Change::Plain,
        resources: Vec::new(),
    }
}

fn billing_group(id: &str) -> Resource {
    Resource {
        kind: Kind::BillingGroup,
        id: id.into(),
        since: Period {
            year: 2024,
            month: 1,
        },
        removal: Removal::Plain,
    }
}
