//! What an operation of the models needs, and which one lacks it.

use super::World;
use formsmith_api::model::{Operation, Service};
use formsmith_test_support::{cases, snake};
use serde_json::json;
use std::path::PathBuf;

/// The folder of the sandbox in which a service's operations are.
fn folder(service: &Service) -> PathBuf {
    let (namespace, _) = service.id.as_str().split_once('#').unwrap();
    let own = namespace.rsplit('.').next().unwrap();
    let folders = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut paths = folders.map(|entry| entry.unwrap().path());
    let is_own = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        path.is_dir() && name.replace('_', "") == own
    };
    paths
        .find(is_own)
        .unwrap_or_else(|| panic!("src/sandbox has no folder for {own}"))
}

fn missing(service: &Service, operation: &Operation) -> Vec<String> {
    let name = operation.name();
    let folder = folder(service);
    let mut missing = Vec::new();
    let mut need = |what: &str, is_there: bool| {
        if !is_there {
            missing.push(format!("{name}: {what}"));
        }
    };
    let handler = folder.join(format!("{}.rs", snake(name)));
    need(&format!("no file {}", handler.display()), handler.exists());
    let table = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
    need(
        "no line in the table of mod.rs",
        table.contains(&format!("\"{name}\",")),
    );
    let mut world = World::fresh();
    let request = world.request(&service.name, name, &json!({}));
    let status = world.send(&request).status;
    need("not answered by the sandbox", status != 501);
    let stories = cases::root().join(&service.name).join("sandbox");
    let is_told = cases::folder(&stories).iter().any(|(_, story)| {
        let mut steps = story["steps"].as_array().unwrap().iter();
        steps.any(|step| {
            let own = step["operation"].as_str();
            own.or(story["operation"].as_str()) == Some(name)
        })
    });
    need(&format!("no case in {}", stories.display()), is_told);
    let traits = &operation.traits;
    need("no example", !traits.examples.is_empty());
    need("no documentation", traits.documentation.is_some());
    let label = traits.label.as_ref();
    let verb = label.and_then(|label| label.verb.as_ref());
    need("no label with a title and a verb", verb.is_some());
    missing
}

#[test]
fn every_operation_of_the_models_is_complete() {
    let world = World::fresh();
    let services = world.model.services().iter();
    let missing: Vec<String> = services
        .flat_map(|service| {
            let operations = service.operations.iter();
            operations.flat_map(move |operation| missing(service, operation))
        })
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What only reads may be sent without a second thought, so nothing that changes something may
/// say that it only reads.
#[test]
fn the_names_and_the_models_agree_on_what_only_reads() {
    let world = World::fresh();
    for operation in world.model.services().iter().flat_map(|it| &it.operations) {
        let reads = ["Get", "List", "Describe", "Search"];
        let is_named_so = reads.iter().any(|verb| operation.name().starts_with(verb));
        assert_eq!(operation.traits.readonly, is_named_so, "{}", operation.id);
    }
}
