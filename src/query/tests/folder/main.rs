//! The waiters of all services of AWS. It needs what `make models` builds, so that only
//! `make test SUITE=models` runs it.
#![allow(clippy::unwrap_used, clippy::panic)]

use formsmith_api::waiter::Waiter;
use formsmith_query::find;
use serde_json::{Value, json};
use std::path::Path;

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_waiter_is_read_and_its_queries_are_queries() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let index = read(&models.join("index.json"));
    let (mut waiters, mut queries) = (0, 0);
    for (service, facts) in index["services"].as_object().unwrap() {
        if !facts["others"]
            .as_array()
            .unwrap()
            .contains(&json!("waiters"))
        {
            continue;
        }
        let all = read(&models.join("services").join(service).join("waiters.json"));
        for (name, waiter) in all.as_object().unwrap() {
            let at = format!("{service} {name}");
            let known = Waiter::read(waiter);
            let known = known.unwrap_or_else(|| panic!("{at} asks for what isn't known"));
            for path in known.paths() {
                // What has no length is nothing wrong with the query.
                let mistake = find(path, &json!({})).err();
                let is_query = mistake
                    .as_ref()
                    .is_none_or(|it| it.what.contains("expects type"));
                assert!(is_query, "{at}: {path}: {mistake:?}");
                queries += 1;
            }
            waiters += 1;
        }
    }
    println!("{waiters} waiters with {queries} queries");
    assert!(waiters > 400, "{waiters}");
}
