//! The fresh state: four products with eight versions, and what was provisioned from them.

use super::store::{ProvisionedProduct, Removal, ServiceAction, Store, Version};
use crate::attempts::Attempts;

const RESTART: &str = "act-fs7abcd89wxyz";
const STOP: &str = "act-stop4ec2k9m7q";
const START: &str = "act-start5ec2t8vn";
const SNAPSHOT: &str = "act-snap3rds6hw2z";
const ROTATE: &str = "act-rotk8key4dx5p";
const FLUSH: &str = "act-flush7cdn2qt9";
const PATCH: &str = "act-patch6win3zr8";
const RESIZE: &str = "act-resz2vol7jm4c";

const SERVICE_ACTIONS: [(&str, Removal, bool); 8] = [
    (RESTART, Removal::Plain, true),
    (STOP, Removal::Plain, true),
    (START, Removal::Plain, true),
    (SNAPSHOT, Removal::Plain, false),
    (ROTATE, Removal::FirstIsThrottled, false),
    (FLUSH, Removal::FirstFailsInternally, false),
    (PATCH, Removal::IsLimited, false),
    (RESIZE, Removal::Plain, false),
];

const WORKSTATION: &str = "prod-abcdzk7xy33qa";
const WORKSTATION_1: &str = "pa-4abcdjnxjj6ne";
const WORKSTATION_2: &str = "pa-wk2n8rtq5zd3c";
const WORKSTATION_3: &str = "pa-wk3f6hvy9pb7m";
const DATABASE: &str = "prod-rdsq4m8tz2vkw";
const POSTGRESQL_14: &str = "pa-pg14x7c2nq9ek";
const POSTGRESQL_16: &str = "pa-pg16d5t8hw3za";
const BUCKET: &str = "prod-s3bk9w2hn6xtc";
const BUCKET_1: &str = "pa-s3v1k8m4qz7rd";
const WEB: &str = "prod-webf7r3pq9ydj";
const WEB_BLUE: &str = "pa-web1t6z9kc4hm";
const WEB_GREEN: &str = "pa-web2x3v8nf5gq";

const VERSIONS: [(&str, &str, &[&str]); 6] = [
    (
        WORKSTATION,
        WORKSTATION_1,
        &[RESTART, STOP, START, ROTATE, FLUSH, PATCH],
    ),
    (WORKSTATION, WORKSTATION_2, &[RESTART, STOP, START]),
    (WORKSTATION, WORKSTATION_3, &[]),
    (DATABASE, POSTGRESQL_14, &[SNAPSHOT]),
    (DATABASE, POSTGRESQL_16, &[SNAPSHOT, ROTATE]),
    (BUCKET, BUCKET_1, &[ROTATE]),
];

/// Runbooks that the two versions of the web application offer: one has a place left for
/// another action, the other is full.
const RUNBOOKS: [(&str, usize); 2] = [(WEB_BLUE, 24), (WEB_GREEN, 25)];

const PROVISIONED_PRODUCTS: [ProvisionedProduct; 5] = [
    ProvisionedProduct {
        id: "pp-abcdefgh12345",
        name: "my-ec2",
        kind: "CFN_STACK",
        product: WORKSTATION,
        version: WORKSTATION_1,
        environment: "production",
        is_under_change: false,
        runs_fail: false,
    },
    ProvisionedProduct {
        id: "pp-dev7wk2n4hq8t",
        name: "dev-workstation",
        kind: "CFN_STACK",
        product: WORKSTATION,
        version: WORKSTATION_2,
        environment: "development",
        is_under_change: false,
        runs_fail: false,
    },
    ProvisionedProduct {
        id: "pp-orders3pg9zk5",
        name: "orders-database",
        kind: "TERRAFORM_OPEN_SOURCE",
        product: DATABASE,
        version: POSTGRESQL_16,
        environment: "production",
        is_under_change: false,
        runs_fail: false,
    },
    ProvisionedProduct {
        id: "pp-broken4s3k7xd",
        name: "orders-archive",
        kind: "CFN_STACK",
        product: BUCKET,
        version: BUCKET_1,
        environment: "production",
        is_under_change: false,
        runs_fail: true,
    },
    ProvisionedProduct {
        id: "pp-change8web2qm",
        name: "web-blue",
        kind: "CFN_STACKSET",
        product: WEB,
        version: WEB_BLUE,
        environment: "production",
        is_under_change: true,
        runs_fail: false,
    },
];

pub fn store() -> Store {
    let named = SERVICE_ACTIONS
        .into_iter()
        .map(|(id, removal, runs_on_instances)| {
            let action = ServiceAction {
                removal,
                runs_on_instances,
            };
            (id.to_owned(), action)
        });
    let runbook_action = ServiceAction {
        removal: Removal::Plain,
        runs_on_instances: false,
    };
    let runbooks = (1..=25).map(|number| (runbook(number), runbook_action));
    let versions = VERSIONS.iter().map(|&(product, id, actions)| Version {
        product,
        id,
        service_actions: actions.iter().map(|&action| action.into()).collect(),
    });
    let web_versions = RUNBOOKS.into_iter().map(|(id, count)| Version {
        product: WEB,
        id,
        service_actions: (1..=count).map(runbook).collect(),
    });
    Store {
        service_actions: named.chain(runbooks).collect(),
        versions: versions.chain(web_versions).collect(),
        provisioned_products: PROVISIONED_PRODUCTS.to_vec(),
        attempts: Attempts::default(),
        associated: Vec::new(),
        executed: Vec::new(),
        records: Vec::new(),
    }
}

fn runbook(number: usize) -> String {
    format!("act-runbook{number:06}")
}
