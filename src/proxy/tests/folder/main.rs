//! The built-in services where the folder of all models is at hand. It needs what `make models`
//! builds, so that only `make test SUITE=models` runs it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use formsmith_api::model::{Model, Operation, Protocol, Service};
use formsmith_api::protocol::Codec;
use formsmith_proxy::http::{HeaderMap, HeaderValue, Method};
use formsmith_proxy::models::Models;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models")
}

/// All operations of a service, as the page lists them.
fn listed(service: &str) -> Vec<String> {
    let index = folder().join("index.json");
    let text = std::fs::read_to_string(&index)
        .unwrap_or_else(|why| panic!("{}: {why}: run make models", index.display()));
    let index: Value = serde_json::from_str(&text).unwrap();
    let files = index["services"][service]["operations"].as_array().unwrap();
    let names = files.iter().flat_map(|file| file.as_array().unwrap());
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// Method, path and headers by which a request asks for an operation.
fn asked(service: &Service, operation: &Operation) -> (Method, String, HeaderMap) {
    let mut headers = HeaderMap::new();
    match service.protocol {
        Protocol::RestJson1 => {
            let http = operation.traits.http.as_ref().unwrap();
            (http.method.parse().unwrap(), http.uri.clone(), headers)
        }
        _ => {
            let target = service.target(operation).unwrap();
            headers.insert("x-amz-target", HeaderValue::from_str(&target).unwrap());
            (Method::POST, "/".into(), headers)
        }
    }
}

#[test]
fn all_operations_of_the_built_in_services_are_there_and_the_built_in_ones_as_ever() {
    let built_in = Model::embedded().unwrap();
    let models = Models::new(&built_in, Some(&folder())).unwrap();
    for service in built_in.services() {
        let names = listed(&service.name);
        for operation in &service.operations {
            let name = operation.name();
            assert!(names.iter().any(|it| it == name), "{name} is not listed");
        }
        let botocores =
            Model::load_botocore(&service.name, &document(&service.name), Codec::of).unwrap();
        let botocores = botocores.service(&service.name).unwrap();
        let mut others = 0;
        for name in &names {
            let (method, path, headers) = asked(botocores, botocores.operation(name).unwrap());
            let found = models
                .find(&service.name, &method, &path, &headers)
                .unwrap();
            let operation = found
                .operation
                .unwrap_or_else(|| panic!("{name} is not found"));
            assert_eq!(*operation.name, **name);
            let is_curated = service.operation(name).is_some();
            assert_eq!(found.service.is_built_in, is_curated, "{name}");
            others += usize::from(!is_curated);
        }
        assert!(
            others > 0,
            "{} has no operations but those built in",
            service.name
        );
    }
    assert_eq!(listed("servicecatalog").len(), 90);
}

/// The models of these services are not cut.
fn document(service: &str) -> String {
    let file = folder().join("services").join(service).join("0.json");
    std::fs::read_to_string(file).unwrap()
}
