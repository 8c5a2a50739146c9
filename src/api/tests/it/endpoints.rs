//! Hosts and credential scopes, as AWS's own client resolves them.

use formsmith_api::endpoint::{endpoint, is_region};
use formsmith_api::model::Model;
use formsmith_test_support::cases;

#[test]
fn every_recorded_endpoint_is_found() {
    let model = Model::embedded().unwrap();
    let rows = cases::json(&cases::root().join("endpoints.json"));
    let rows = rows.as_array().unwrap();
    assert!(rows.len() >= 12);
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap();
        let service = model.service(text("service")).unwrap();
        let found = endpoint(&service.endpoint, text("region")).unwrap();
        assert_eq!(found.host, text("host"), "{row}");
        assert_eq!(found.signing_region, text("signingRegion"), "{row}");
        assert_eq!(service.signing_name, text("signingName"), "{row}");
    }
}

#[test]
fn what_cannot_be_a_region_has_no_endpoint() {
    let model = Model::embedded().unwrap();
    let service = model.service("servicecatalog").unwrap();
    for region in [
        "",
        "us",
        "us-east-1.evil.example",
        "us-east-1/",
        "US-EAST-1",
        "us--east",
        "-us-east-1",
        "us-east-1@x",
    ] {
        assert!(!is_region(region), "{region}");
        assert_eq!(endpoint(&service.endpoint, region), None, "{region}");
    }
}
