//! What people type, over the index of all of AWS's services. It needs what `make models` builds,
//! so that only `make test SUITE=models` runs it.
#![allow(clippy::unwrap_used, clippy::panic)]

use formsmith_api::model::{in_words, words_of};
use formsmith_api::title::of_service;
use formsmith_search::{Index, Operation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// `ec2`, and `ec2:RunInstances`, in the order of the index's items.
fn all() -> (Index, Vec<String>) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/index.json");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (mut index, mut names) = (Index::new(), Vec::new());
    for (name, service) in all["services"].as_object().unwrap() {
        let called = ["title", "fullName", "sdkId"];
        let called = called.map(|it| service[it].as_str().unwrap_or_default().to_owned());
        let title = of_service(name, &called.each_ref().map(String::as_str));
        index.add_service(name, &title, &called);
        names.push(name.clone());
        let files = service["operations"].as_array().unwrap();
        let classes = service["classes"].as_array().unwrap();
        for (file, classes) in files.iter().zip(classes) {
            let letters = classes.as_str().unwrap().chars();
            for (operation, class) in file.as_array().unwrap().iter().zip(letters) {
                let operation = operation.as_str().unwrap();
                index.add_operation(Operation {
                    name: operation,
                    title: "",
                    reads: matches!(class, 'r' | 's'),
                    is_built_in: false,
                });
                names.push(format!("{name}:{operation}"));
            }
        }
    }
    (index, names)
}

#[test]
fn what_people_type_finds_what_they_mean() {
    let (index, names) = all();
    let mut wrong = Vec::new();
    let cases = include_str!("queries.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut count = 0;
    for case in cases {
        let [most, query, expected] = case.splitn(3, '|').collect::<Vec<_>>().try_into().unwrap();
        let (most, expected): (usize, _) = (most.trim().parse().unwrap(), expected.trim());
        let found = index.find(query, 5, |_| false).best();
        let found: Vec<&str> = found.iter().map(|it| names[it.item].as_str()).collect();
        let place = found.iter().position(|name| *name == expected);
        let is_right = match expected {
            "" => found.is_empty(),
            _ => place.is_some_and(|place| place < most),
        };
        if !is_right {
            wrong.push(format!("{}: {found:?}, not {expected}", query.trim()));
        }
        count += 1;
    }
    assert!(count > 100);
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn curated_services_and_operations_exist() {
    let (_, names) = all();
    let lines = include_str!("../../../api/curated/search/services.txt").lines();
    let mut unknown = Vec::new();
    for line in lines {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let operations = parts[2]
            .split(' ')
            .map(|name| format!("{}:{name}", parts[0]));
        unknown.extend(
            [parts[0].to_owned()]
                .into_iter()
                .chain(operations)
                .filter(|name| !names.contains(name)),
        );
    }
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn what_takes_an_identifier_has_the_member_that_does() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/services");
    let mut files = BTreeMap::new();
    let mut count = 0;
    for line in include_str!("../../../api/curated/search/identifiers.txt").lines() {
        let [_, service, kind, takers] = line.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        assert!(!kind.is_empty());
        let files: &mut Vec<Value> = files.entry(service).or_insert_with(|| {
            let file = |at: usize| models.join(service).join(format!("{at}.json"));
            let texts = (0..).map_while(|at| std::fs::read_to_string(file(at)).ok());
            texts
                .map(|text| serde_json::from_str(&text).unwrap())
                .collect()
        });
        for taker in takers.split(' ') {
            let (operation, path) = taker.split_once(':').unwrap();
            let file = files
                .iter()
                .find(|it| it["operations"][operation].is_object());
            let file = file.unwrap_or_else(|| panic!("{taker}"));
            let input = &file["operations"][operation]["input"]["shape"];
            let (member, of) = match path.strip_suffix("[]") {
                Some(member) => (member, "list"),
                None => (path, "string"),
            };
            let member = &file["shapes"][input.as_str().unwrap()]["members"][member]["shape"];
            let member = member.as_str().unwrap_or_else(|| panic!("{taker}"));
            assert_eq!(file["shapes"][member]["type"], of, "{taker}");
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn categorised_services_exist() {
    let (_, names) = all();
    let mut count = 0;
    for (key, services) in formsmith_api::category::all() {
        for service in services {
            assert!(names.iter().any(|name| name == service), "{key}: {service}");
            count += 1;
        }
    }
    assert!(count > 400, "{count}");
}

/// Words that are something else elsewhere: *ad break* and *Active Directory*, *Mac host* and *MAC*.
const TWO_THINGS: [&str; 3] = ["ad", "hit", "mac"];

#[test]
fn no_title_has_in_small_letters_what_another_operation_has_in_capitals() {
    let (_, names) = all();
    let operations = names.iter().filter_map(|name| name.split_once(':'));
    let operations: Vec<&str> = operations.map(|(_, operation)| operation).collect();
    let is_capital = |word: &&str| word.len() > 1 && word.bytes().all(|it| it.is_ascii_uppercase());
    let words = operations.iter().flat_map(|name| words_of(name));
    let mut capitals: BTreeSet<String> = words.filter(is_capital).map(str::to_lowercase).collect();
    capitals.retain(|word| !TWO_THINGS.contains(&word.as_str()));
    let mut wrong = BTreeSet::new();
    for name in &operations {
        let title = in_words(name);
        let is_wrong =
            |word: &str| capitals.contains(word) && word.bytes().all(|it| it.is_ascii_lowercase());
        wrong.extend(
            title
                .split(' ')
                .filter(|word| is_wrong(word))
                .map(|word| format!("{word}: {title}")),
        );
    }
    assert_eq!(wrong, BTreeSet::new());
}
