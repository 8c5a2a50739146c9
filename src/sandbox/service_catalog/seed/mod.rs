//! The fresh state: four products with eight versions, the actions they offer, what was
//! provisioned from them, and how that went.

mod actions;
mod products;
mod provisioned;

use super::associations::Associations;
use super::store::Store;
use super::token::Tokens;
use crate::attempts::Attempts;
use crate::ledger::Effects;

const RESTART: &str = "act-fs7abcd89wxyz";
const STOP: &str = "act-stop4ec2k9m7q";
const START: &str = "act-start5ec2t8vn";
const SNAPSHOT: &str = "act-snap3rds6hw2z";
const ROTATE: &str = "act-rotk8key4dx5p";
const FLUSH: &str = "act-flush7cdn2qt9";
const PATCH: &str = "act-patch6win3zr8";
const RESIZE: &str = "act-resz2vol7jm4c";

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

const ASSOCIATIONS: [(&str, &[&str]); 5] = [
    (WORKSTATION_1, &[RESTART, STOP, START, ROTATE, FLUSH, PATCH]),
    (WORKSTATION_2, &[RESTART, STOP, START]),
    (POSTGRESQL_14, &[SNAPSHOT]),
    (POSTGRESQL_16, &[SNAPSHOT, ROTATE]),
    (BUCKET_1, &[ROTATE]),
];

/// Runbooks that the two versions of the web application offer: one has a place left for
/// another action, the other is full.
const RUNBOOKS: [(&str, usize); 2] = [(WEB_BLUE, 24), (WEB_GREEN, 25)];

pub fn store() -> Store {
    Store {
        products: products::products().collect(),
        versions: products::versions().collect(),
        service_actions: actions::all().collect(),
        provisioned_products: provisioned::products().collect(),
        associations: associations(),
        records: provisioned::records(),
        attempts: Attempts::default(),
        associated: Tokens::default(),
        disassociated: Tokens::default(),
        executed: Tokens::default(),
        effects: Effects::default(),
    }
}

fn associations() -> Associations {
    let mut associations = Associations::default();
    for (version, actions) in ASSOCIATIONS {
        for action in actions {
            associations.insert(version, action);
        }
    }
    for (version, count) in RUNBOOKS {
        for number in 1..=count {
            associations.insert(version, &actions::runbook_id(number));
        }
    }
    associations
}
