//! What stands in the place of a label leads to no other operation.

use super::{folder, index, listed};
use formsmith_api::model::Model;
use formsmith_proxy::http::{HeaderMap, HeaderValue};
use formsmith_proxy::models::Models;
use std::collections::BTreeSet;

/// What these have in a label is no ARN, and would be the path of something else.
const OF_NAMES: [&str; 4] = [
    "connect:BatchGetAttachedFileMetadata",
    "mediatailor:ListPrefetchSchedules",
    "route53:ListTagsForResources",
    "workspaces-web:ExpireSession",
];

#[test]
fn an_arn_in_the_place_of_a_label_hides_no_operation() {
    let built_in = Model::embedded().unwrap();
    let models = Models::new(&built_in, Some(&folder())).unwrap();
    let index = index();
    let mut refused = BTreeSet::new();
    let mut count = 0;
    for service in index["services"].as_object().unwrap().keys() {
        for name in listed(service) {
            let (found, operation) = models.named(service, &name).unwrap().unwrap();
            let Some(http) = operation
                .http
                .as_ref()
                .filter(|_| found.service.protocol.is_rest())
            else {
                continue;
            };
            let mut headers = HeaderMap::new();
            headers.insert(
                "x-formsmith-operation",
                HeaderValue::from_str(&name).unwrap(),
            );
            let is_found = |value: &str| {
                let path = with_labels(&http.uri, value);
                let found = models.find(service, &http.method, &path, &headers).unwrap();
                found.operation.is_some()
            };
            assert!(is_found("a-name"), "{service}:{name} {}", http.uri);
            for arn in ["type/name", "type/name/version", "loadbalancer/app/a/b"] {
                count += 1;
                let arn = format!("arn:aws:a:us-east-1:123456789012:{arn}");
                let value = arn.replace(':', "%3A").replace('/', "%2F");
                if !is_found(&value) {
                    refused.insert(format!("{service}:{name}"));
                }
            }
        }
    }
    assert!(count > 10_000, "{count}");
    let refused: Vec<_> = refused.iter().map(String::as_str).collect();
    assert_eq!(refused, OF_NAMES);
}

/// A template with a value in the place of each label.
fn with_labels(template: &str, value: &str) -> String {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, label)) = rest.split_once('{') {
        path += before;
        path += value;
        rest = label.split_once('}').map_or("", |(_, after)| after);
    }
    path + rest
}

#[test]
fn a_label_leads_to_no_operation_that_can_do_more() {
    let built_in = Model::embedded().unwrap();
    let models = Models::new(&built_in, Some(&folder())).unwrap();
    for (service, operation, hidden, method, plain, other) in [
        (
            "connectcases",
            "GetDomain",
            "CreateCase",
            "POST",
            "/domains/d",
            "/domains/d%2Fcases",
        ),
        (
            "datazone",
            "GetDomain",
            "GetEnvironmentCredentials",
            "GET",
            "/v2/domains/d",
            "/v2/domains/d%2Fenvironments%2Fe%2Fcredentials",
        ),
        (
            "efs",
            "UpdateFileSystem",
            "PutFileSystemPolicy",
            "PUT",
            "/2015-02-01/file-systems/fs-1",
            "/2015-02-01/file-systems/fs-1%2Fpolicy",
        ),
    ] {
        let found = |operation: &str, path: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                "x-formsmith-operation",
                HeaderValue::from_str(operation).unwrap(),
            );
            let found = models
                .find(service, &method.parse().unwrap(), path, &headers)
                .unwrap();
            found.operation.map(|found| found.name.to_string())
        };
        assert_eq!(found(operation, plain).as_deref(), Some(operation));
        assert_eq!(found(operation, other), None, "{other}");
        assert_eq!(
            found(operation, &other.replace('%', "%25")),
            None,
            "{other}"
        );
        assert_eq!(
            found(operation, &[plain, "%3Fa=1"].concat()).as_deref(),
            Some(operation)
        );
        let decoded = other.replace("%2F", "/");
        assert_eq!(found(hidden, &decoded).as_deref(), Some(hidden));
    }
}
