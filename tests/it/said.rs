//! What data names and the page has words for.

use formsmith_api::category;
use formsmith_words as words;
use serde_json::Value;

#[test]
fn the_page_tells_each_scenario_as_the_sandbox_does() {
    let file = include_str!("../../src/sandbox/scenarios.json");
    let file: Value = serde_json::from_str(file).unwrap();
    let scenarios = file["scenarios"].as_array().unwrap();
    let ids: Vec<&str> = scenarios
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, words::SCENARIOS);
    for scenario in scenarios {
        let id = scenario["id"].as_str().unwrap();
        let (title, summary) = words::scenario_card(id).unwrap();
        let (story, after) = words::scenario_story(id).unwrap();
        assert_eq!(Some(title), scenario["title"].as_str());
        assert_eq!(Some(story), scenario["story"].as_str());
        assert!(!summary.is_empty() && summary.len() < 100);
        assert!(!after.is_empty());
    }
}

#[test]
fn each_category_of_services_has_a_name() {
    let keys: Vec<&str> = category::all().map(|(key, _)| key).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        assert!(words::category(key).is_some(), "{key}");
    }
}

#[test]
fn every_built_in_service_stands_in_a_category() {
    for service in formsmith_api::model::catalog() {
        assert!(category::of(&service.name).is_some(), "{}", service.name);
    }
}

/// It chooses one before any other file is there.
#[test]
fn what_starts_the_page_knows_its_languages() {
    let boot = include_str!("../../src/console/boot.js");
    let listed = format!("const languages = {:?};", words::LANGUAGES);
    assert!(boot.contains(&listed), "{listed}");
    let spoken = include_str!("../e2e/spoken.mjs");
    let tested = format!("const languages = {:?};", &words::LANGUAGES[1..]);
    assert!(spoken.contains(&tested), "{tested}");
}
