//! The curated partitions and regions beside botocore's.

use crate::facts::Facts;
use formsmith_api::curated::{PARTITIONS, REGION_NAMES, REGIONS};
use serde_json::Value;
use std::path::Path;

pub fn compare(folder: &Path) -> [Facts; 2] {
    let file = folder.join("partitions.json");
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|why| panic!("{}: {why}: run make models", file.display()));
    let botocores: Value = serde_json::from_str(&text).unwrap();
    [ours(), theirs(&botocores)]
}

fn ours() -> Facts {
    let mut facts = Facts::new();
    for [name, prefix, suffix, dual_stack_suffix] in PARTITIONS {
        for (what, value) in [
            ("dnsSuffix", suffix),
            ("dualStackDnsSuffix", dual_stack_suffix),
        ] {
            facts.insert(format!("{name} {what}"), (*value).to_owned());
        }
        // Whichever begins otherwise is taken for `aws`.
        if !prefix.is_empty() {
            facts.insert(format!("{name} regionPrefix"), (*prefix).to_owned());
        }
    }
    for (region, region_name) in REGIONS.iter().zip(REGION_NAMES.lines()) {
        let mut partitions = PARTITIONS.iter();
        let [name, ..] = partitions
            .find(|[_, prefix, ..]| region.starts_with(prefix))
            .unwrap();
        facts.insert(format!("{name} region {region}"), region_name.to_owned());
    }
    facts
}

fn theirs(botocores: &Value) -> Facts {
    let mut facts = Facts::new();
    for partition in botocores["partitions"].as_array().unwrap() {
        let name = partition["id"].as_str().unwrap();
        for what in ["dnsSuffix", "dualStackDnsSuffix"] {
            let value = partition["outputs"][what].as_str().unwrap();
            facts.insert(format!("{name} {what}"), value.to_owned());
        }
        if name != "aws" {
            facts.insert(format!("{name} regionPrefix"), prefix(partition));
        }
        for (region, about) in partition["regions"].as_object().unwrap() {
            // What stands for the whole partition is no region.
            if !region.ends_with("-global") {
                let name_of_region = region_name(about["description"].as_str().unwrap());
                facts.insert(format!("{name} region {region}"), name_of_region.to_owned());
            }
        }
    }
    facts
}

/// `cn-` of `^cn\-\w+\-\d+$`: what comes before the first part that can be anything.
fn prefix(partition: &Value) -> String {
    let pattern = partition["regionRegex"]
        .as_str()
        .unwrap()
        .replace("\\-", "-");
    let fixed = pattern.trim_start_matches('^').split(['(', '\\']).next();
    fixed.unwrap().to_owned()
}

/// `Ohio` of `US East (Ohio)`, but all of `Canada (Central)` and `AWS GovCloud (US-East)`.
fn region_name(description: &str) -> &str {
    let inner = description.split_once('(').map(|(_, inner)| inner);
    let inner = inner.and_then(|inner| inner.strip_suffix(')'));
    inner
        .filter(|inner| *inner != "Central" && !description.contains("GovCloud"))
        .unwrap_or(description)
}
