//! Stories for demos: a state, the faults that strike, and what a person will see and why.

use crate::answer::object;
use crate::faults::Plan;
use formsmith_api::http::HttpRequest;
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol;
use serde_json::Value;

/// The scenarios and faults, in the order in which they are offered. The input of each is that of an example
/// in the operation's model.
const SCENARIOS: &str = include_str!("scenarios.json");

fn document() -> Value {
    json::parse(SCENARIOS.as_bytes()).unwrap_or_default()
}

fn all() -> Vec<Value> {
    match document()["scenarios"].take() {
        Value::Array(all) => all,
        _ => Vec::new(),
    }
}

/// What a page needs to offer them: titles, stories, and the input that fills the form; and the
/// names of the faults that an input can ask for.
pub fn list(model: &Model) -> Value {
    let told = |scenario: &Value| {
        let (.., input) = example(model, scenario)?;
        let part = |name: &'static str| (name, scenario[name].clone());
        Some(object(vec![
            part("id"),
            part("title"),
            part("story"),
            part("service"),
            part("operation"),
            ("input", input.clone()),
        ]))
    };
    let scenarios = all().iter().filter_map(told).collect();
    object(vec![
        ("scenarios", Value::Array(scenarios)),
        ("faults", document()["faults"].take()),
    ])
}

/// What happens before the person sends anything.
pub struct Beginning {
    pub faults: Plan,
    /// What others do first.
    pub requests: Vec<HttpRequest>,
}

/// `None` if there is no such scenario.
pub fn beginning(model: &Model, id: &str) -> Option<Beginning> {
    let scenario = all().into_iter().find(|scenario| scenario["id"] == id)?;
    let faults = match &scenario["faults"] {
        Value::Null => Plan::default(),
        faults => Plan::read(faults).ok()?,
    };
    let before = scenario["before"].as_array().into_iter().flatten();
    let requests = before.map(|step| {
        let (service, operation, input) = example(model, step)?;
        protocol::request(model, service, operation, input).ok()
    });
    Some(Beginning {
        faults,
        requests: requests.collect::<Option<_>>()?,
    })
}

/// The example that a scenario or a step of one names, and what it is of.
fn example<'m>(model: &'m Model, named: &Value) -> Option<(&'m Service, &'m Operation, &'m Value)> {
    let service = model.service(named["service"].as_str()?)?;
    let operation = service.operation(named["operation"].as_str()?)?;
    let mut examples = operation.traits.examples.iter();
    let example = examples.find(|example| named["example"] == example.title.as_str())?;
    Some((service, operation, &example.input))
}
