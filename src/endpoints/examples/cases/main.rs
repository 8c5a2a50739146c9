//! botocore's own cases of endpoint rules, played on what `make models` has built.
//!
//! `cargo run -p formsmith-endpoints --example cases -- TESTS MODELS [NAME]`, where `TESTS` is
//! `tests/functional/endpoint-rules` of botocore's source, `MODELS` the folder of all models, and
//! `NAME` stands in the names of the cases to play (`s3 12`: the service, and the place of the case
//! in its file). Each case is played by its parameters, and by each of its operations' inputs. Cases
//! that are meant to fail stand in `exceptions.txt` beside this file, each with its reason; one that
//! passes after all is a failure, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compare;

use formsmith_endpoints::{Call, Given, Parameters, Partitions, Place, Refused, RuleSet};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

/// A line is `service number reason`.
const EXCEPTIONS: &str = include_str!("exceptions.txt");
const MOST_EXCEPTIONS: usize = 10;

/// A service as the index has it.
struct Service<'a> {
    rules: &'a RuleSet,
    host_prefix: Option<&'a str>,
    partitions: &'a Partitions,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(tests), Some(models)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cases TESTS MODELS [NAME]");
        return ExitCode::FAILURE;
    };
    let (tests, models) = (Path::new(&tests), Path::new(&models));
    let wanted = arguments.next().unwrap_or_default();
    let partitions = Partitions::read(&text(&models.join("partitions.json"))).expect("partitions");
    let index = json(&models.join("index.json"));
    let services = index["services"].as_object().expect("services");
    let mut sets = BTreeMap::new();
    let (mut passed, mut failed, mut inputs) = (0, 0, 0);
    for (name, entry) in services {
        let at = &entry["endpoint"];
        let number = at["rules"].as_u64().expect("a number");
        let rules = sets.entry(number).or_insert_with(|| {
            let document = text(&models.join(format!("endpoints/{number}.json")));
            RuleSet::read(&document).unwrap_or_else(|e| panic!("{number}: {e}"))
        });
        let service = Service {
            rules,
            host_prefix: at["hostPrefix"].as_str(),
            partitions: &partitions,
        };
        let suite = json(&tests.join(name).join("endpoint-tests-1.json"));
        for (at, case) in suite["testCases"]
            .as_array()
            .expect("cases")
            .iter()
            .enumerate()
        {
            let name = format!("{name} {at}");
            if !name.contains(&wanted) {
                continue;
            }
            let result = play(&service, case, &mut inputs);
            let is_exception = EXCEPTIONS
                .lines()
                .any(|line| line.starts_with(&format!("{name} ")));
            match (result, is_exception) {
                (Ok(()), false) | (Err(_), true) => passed += 1,
                (Ok(()), true) => {
                    failed += 1;
                    println!("{name}: passes, and stands among the exceptions");
                }
                (Err(why), false) => {
                    failed += 1;
                    println!("{name} ({}): {why}", case["documentation"]);
                }
            }
        }
    }
    let exceptions = EXCEPTIONS.lines().count();
    println!(
        "{exceptions} exceptions, {inputs} inputs of operations, {} rule sets",
        sets.len()
    );
    println!("{passed} passed, {failed} failed: botocore's cases of endpoint rules");
    match failed == 0 && passed > 0 && exceptions <= MOST_EXCEPTIONS {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn play(service: &Service<'_>, case: &Value, inputs: &mut usize) -> Result<(), String> {
    let expected = &case["expect"];
    let named = |name: &str| match name {
        // It is ours: the cases know nothing of it.
        "HostPrefix" => service.host_prefix.map(Value::from),
        name => case["params"].get(name).cloned(),
    };
    let parameters = named_parameters(service.rules, named);
    compare::same(service, parameters, expected)?;
    for call in case["operationInputs"].as_array().into_iter().flatten() {
        *inputs += 1;
        let input = &call["operationParams"];
        let empty = Value::Object(Map::new());
        let built_ins: Vec<(&str, Given)> = call["builtInParams"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.as_str(), Given::read(value).expect("a built-in")))
            .collect();
        let place = Place {
            options: &built_ins,
            ..Place::default()
        };
        let operation = call["operationName"].as_str().expect("an operation");
        let parameters = service.rules.parameters(&Call {
            host_prefix: service.host_prefix,
            operation,
            input: if input.is_null() { &empty } else { input },
            place: &place,
        });
        compare::same(service, parameters, expected)
            .map_err(|why| format!("as {operation} {input}: {why}"))?;
    }
    Ok(())
}

fn named_parameters(
    rules: &RuleSet,
    value: impl Fn(&str) -> Option<Value>,
) -> Result<Parameters, Refused> {
    let values: BTreeMap<&str, Value> = rules
        .names()
        .filter_map(|name| Some((name, value(name)?)))
        .collect();
    rules.named(|name| values.get(name))
}
