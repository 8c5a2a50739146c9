//! What may be signed, by how it is asked for.

use super::super::library;
use super::oracle::{Seen, is_a_reading, is_region};
use super::{is_fit, near, request, runner, some, strings};
use formsmith_proxy::http::{HeaderMap, Method};
use formsmith_proxy::models::Models;
use formsmith_proxy::permits::Permits;
use formsmith_proxy::policy::{Address, admit, region};
use proptest::prelude::*;
use proptest::sample::select;

fn targets() -> impl Strategy<Value = Vec<u8>> {
    near(strings(&[
        "/api/library/us-east-1/find",
        "/api/library/us-east-1/burn",
        "/api/library/eusc-de-east-1/find?",
        "/api/library/us-gov-west-1/find#a",
        "/api/archive/us-east-1/",
        "/api/archive/us-east-1",
        "/api/archive/us-east-1?a=b",
        "/api/%6cibrary/us-east-1/find",
        "/api/library/us-east-1/../../archive/us-east-1/",
        "/api//us-east-1/find",
        "/api/library/us-east-1.evil.example/find",
    ]))
}

#[test]
fn the_policy_admits_just_what_the_models_list() {
    let models = Models::new(&library::model(), None).unwrap();
    let types = [
        "application/json",
        "APPLICATION/JSON",
        "application/x-amz-json-1.1",
        "text/plain",
    ];
    let names = [
        "Archive.ReadScroll",
        "Archive.BurnScroll",
        "archive.readscroll",
    ];
    let kinds = (
        select(vec!["POST", "GET", "PUT", "post"]),
        targets(),
        some(strings(&types)),
        some(strings(&names)),
    );
    let decide = |(method, target, types, names): (&str, Vec<u8>, Vec<_>, Vec<_>)| {
        let of = |name: &str, values: Vec<Vec<u8>>| -> Vec<_> {
            let name = name.to_owned();
            values
                .into_iter()
                .map(|value| (name.clone(), value))
                .collect()
        };
        let seen = Seen {
            method: method.to_owned(),
            target: String::from_utf8_lossy(&target).into_owned(),
            headers: [of("content-type", types), of("x-amz-target", names)].concat(),
        };
        let Some(request) = request(&seen) else {
            return Ok(());
        };
        let sent = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        let Some(address) = Address::read(sent) else {
            prop_assert!(!is_a_reading(&seen));
            return Ok(());
        };
        let (before, after) = (
            format!("/api/{}/{}", address.service, address.region),
            &address.path,
        );
        prop_assert!(
            sent.starts_with(&before),
            "nothing is decoded or dropped: {}",
            before
        );
        let rest = &sent[before.len()..];
        let is_whole = rest == after || (!rest.starts_with('/') && "/".to_owned() + rest == *after);
        prop_assert!(is_whole, "{} is not {}", after, rest);
        let (method, headers): (&Method, &HeaderMap) = (request.method(), request.headers());
        let found = models.find(address.service, method, &address.path, headers);
        let admitted = region(&address, |region| models.has_region(region))
            .and(found)
            .and_then(|found| admit(&found, headers, &Permits::default()).map(drop));
        prop_assert_eq!(
            admitted.is_ok(),
            is_a_reading(&seen),
            "{:?}",
            admitted.err()
        );
        prop_assert!(admitted.is_err() || is_region(address.region));
        prop_assert!(admitted.is_ok() || admitted.is_err_and(|failure| is_fit(&failure)));
        Ok(())
    };
    runner().run(&kinds, decide).unwrap();
}
