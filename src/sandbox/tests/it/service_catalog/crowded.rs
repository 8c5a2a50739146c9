//! An entry takes no longer where there are many of them.

use super::{ask, batch, own_address};
use crate::World;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A world in which 400 more versions of the web application offer 25 actions each.
fn crowded() -> World {
    let mut world = World::fresh();
    let mut state = own_address(&mut world, "GET", "/_state", &Value::Null);
    let store = &mut state["services"]["servicecatalog"];
    let version = store["versions"]["pa-web1t6z9kc4hm"].clone();
    for number in 0..400 {
        let id = format!("pa-more{number:09}");
        store["versions"][&id] = version.clone();
        let associations = store["associations"].as_array_mut().unwrap();
        for action in 1..=25 {
            associations.push(json!([id, format!("act-runbook{action:06}")]));
        }
    }
    own_address(&mut world, "PUT", "/_state", &state);
    world
}

/// The shortest of several times that a batch takes away 48 actions and another brings them back.
fn quickest(world: &mut World, versions: [&str; 2]) -> Duration {
    let batch = batch(1..=24, versions);
    let times = (0..5).map(|_| {
        let begun = Instant::now();
        for operation in [
            "BatchDisassociateServiceActionFromProvisioningArtifact",
            "BatchAssociateServiceActionWithProvisioningArtifact",
        ] {
            let answer = ask(world, operation, &batch);
            assert_eq!(answer["FailedServiceActionAssociations"], json!([]));
        }
        begun.elapsed()
    });
    times.min().unwrap()
}

#[test]
fn among_ten_thousand_associations_an_entry_takes_no_longer() {
    let seeded = ["pa-web1t6z9kc4hm", "pa-web2x3v8nf5gq"];
    let alone = quickest(&mut World::fresh(), seeded);
    let mut world = crowded();
    let among = quickest(&mut world, ["pa-more000000007", "pa-more000000399"]);
    assert!(among < alone * 4, "{alone:?} alone, {among:?} among others");

    let mut input = json!({"ServiceActionId": "act-runbook000001", "PageSize": 20});
    let mut count = 0;
    loop {
        let operation = "ListProvisioningArtifactsForServiceAction";
        let page = ask(&mut world, operation, &input);
        count += page["ProvisioningArtifactViews"].as_array().unwrap().len();
        match page.get("NextPageToken") {
            Some(token) => input["PageToken"] = token.clone(),
            None => break,
        }
    }
    assert_eq!(count, 402);
}
