//! All rule sets of AWS with hostile values. They need what `make models` builds, so that only
//! `make test SUITE=endpoints` runs them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hostile;

use formsmith_api::endpoint::endpoint;
use formsmith_api::model::Model;
use formsmith_endpoints::{Call, Partitions, Place, RuleSet};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A rule set with its number, and the JSON it was read from.
struct Read {
    number: usize,
    rules: RuleSet,
    document: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

fn text(name: &str) -> String {
    let path = folder().join(name);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|why| panic!("{}: {why}: run make models", path.display()))
}

fn partitions() -> Partitions {
    Partitions::read(&text("partitions.json")).unwrap()
}

fn rule_sets() -> Vec<Read> {
    let index: Value = serde_json::from_str(&text("index.json")).unwrap();
    let services = index["services"].as_object().unwrap().values();
    let numbers = services.map(|service| service["endpoint"]["rules"].as_u64().unwrap());
    let most = numbers.max().unwrap() as usize;
    let read = (0..=most).map(|number| {
        let document = text(&format!("endpoints/{number}.json"));
        Read {
            number,
            rules: RuleSet::read(&document).unwrap_or_else(|why| panic!("{number}: {why}")),
            document: serde_json::from_str(&document).unwrap(),
        }
    });
    read.collect()
}

#[test]
fn regions_are_those_that_are_listed() {
    let partitions = partitions();
    for region in [
        "us-east-1",
        "cn-north-1",
        "us-gov-west-1",
        "eusc-de-east-1",
        "aws-global",
    ] {
        assert!(partitions.is_known(region), "{region}");
    }
    for region in [
        "",
        "a-b-99",
        "us-east-9",
        "US-EAST-1",
        "local",
        "snow",
        "us-east-1 ",
        "*",
    ] {
        assert!(!partitions.is_known(region), "{region}");
    }
    let global: Vec<&str> = partitions
        .known_regions()
        .map(|(region, _)| region)
        .filter(|region| partitions.is_global(region))
        .collect();
    assert!(
        global.iter().all(|region| region.ends_with("-global")),
        "{global:?}"
    );
    assert_eq!(global.len(), 7);
    assert!(!partitions.is_global("us-east-1"));
    // What rules take a region for that is in no list.
    assert_eq!(&*partitions.of("us-gov-new-7").name, "aws-us-gov");
    assert_eq!(&*partitions.of("cn-new-7").name, "aws-cn");
    assert_eq!(&*partitions.of("mars-1").name, "aws");
}

#[test]
fn the_page_without_rules_knows_the_hosts_of_built_in_services() {
    let (sets, partitions) = (rule_sets(), partitions());
    let index: Value = serde_json::from_str(&text("index.json")).unwrap();
    let model = Model::embedded().unwrap();
    let mut others = Vec::new();
    for service in model.services() {
        let at = &index["services"][&service.name]["endpoint"];
        let rules = &sets[at["rules"].as_u64().unwrap() as usize].rules;
        let places = partitions.known_regions().map(|(region, _)| region);
        for region in places.filter(|region| !partitions.is_global(region)) {
            let place = Place {
                region: Some(region),
                ..Place::default()
            };
            let parameters = rules.parameters(&Call {
                host_prefix: at["hostPrefix"].as_str(),
                operation: service.operations[0].name(),
                input: &Value::Null,
                place: &place,
            });
            let found = parameters.and_then(|it| rules.resolve(&partitions, &it));
            let known = endpoint(&service.endpoint, region).unwrap();
            let signed = |it: &formsmith_endpoints::Endpoint| {
                let scheme = it.schemes.first();
                scheme.and_then(|it| it.signing_region.clone())
            };
            let found = found.map(|it| {
                let region = signed(&it).unwrap_or_else(|| region.to_owned());
                (it.authority().to_owned(), region)
            });
            if found != Ok((known.host.clone(), known.signing_region.clone())) {
                others.push(format!("{} {region}: {known:?} or {found:?}", service.name));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}
