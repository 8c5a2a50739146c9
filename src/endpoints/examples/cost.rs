//! What endpoints cost: `cargo run --release -p formsmith-endpoints --example cost -- MODELS`, with
//! the folder that `make models` has built. Prints how long a rule set takes to be read and an
//! endpoint to be found, and on Linux the memory that rule sets take.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use formsmith_endpoints::{Call, Partitions, Place, RuleSet};
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

const TIMES: u32 = 200_000;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the models");
    let folder = PathBuf::from(folder);
    let text = |name: &str| read(&folder.join(name));
    let partitions = Partitions::read(&text("partitions.json")).expect("partitions");
    let index: Value = serde_json::from_str(&text("index.json")).expect("an index");
    let place = Place {
        region: Some("eu-central-1"),
        account: Some("123456789012"),
        ..Place::default()
    };
    let calls = [
        ("sqs", "ListQueues", json!({})),
        ("s3", "ListBuckets", json!({})),
        (
            "s3",
            "GetObject",
            json!({"Bucket": "bucket-name", "Key": "a/b"}),
        ),
        (
            "s3",
            "GetObject",
            json!({"Bucket": "arn:aws:s3:eu-central-1:123456789012:accesspoint:mine", "Key": "a/b"}),
        ),
        (
            "dynamodb",
            "GetItem",
            json!({"TableName": "table", "Key": {}}),
        ),
        (
            "kinesis",
            "PutRecord",
            json!({"StreamARN": "arn:aws:kinesis:eu-central-1:123456789012:stream/s"}),
        ),
    ];
    for (service, operation, input) in calls {
        let at = &index["services"][service]["endpoint"];
        let document = text(&format!("endpoints/{}.json", at["rules"]));
        let began = Instant::now();
        let rules = RuleSet::read(&document).expect("a rule set");
        let reading = began.elapsed();
        let call = Call {
            host_prefix: at["hostPrefix"].as_str(),
            operation,
            input: &input,
            place: &place,
        };
        let parameters = micros(|| rules.parameters(black_box(&call)).expect("parameters"));
        let made = rules.parameters(&call).expect("parameters");
        let endpoint = micros(|| {
            rules
                .resolve(&partitions, black_box(&made))
                .expect("an endpoint")
        });
        println!(
            "{:60} read in {:6.2} ms, parameters {parameters:.2} µs, endpoint {endpoint:.2} µs",
            rules.resolve(&partitions, &made).expect("an endpoint").url,
            reading.as_secs_f64() * 1e3,
        );
    }
    all(&folder, &index);
}

/// All rule sets at once.
fn all(folder: &Path, index: &Value) {
    let services = index["services"].as_object().expect("services").values();
    let numbers = services.filter_map(|service| service["endpoint"]["rules"].as_u64());
    let most = numbers.max().expect("rule sets");
    let paths = (0..=most).map(|number| folder.join(format!("endpoints/{number}.json")));
    let before = memory("VmRSS");
    let began = Instant::now();
    let sets: Vec<RuleSet> = paths
        .map(|path| RuleSet::read(&read(&path)).expect("rules"))
        .collect();
    let took = began.elapsed().as_secs_f64() * 1e3;
    println!("{} rule sets read in {took:.0} ms", sets.len());
    if let (Some(before), Some(after), Some(peak)) = (before, memory("VmRSS"), memory("VmHWM")) {
        println!(
            "they take {} KB; {peak} KB at the peak, with this program",
            after - before
        );
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn micros<T>(mut of: impl FnMut() -> T) -> f64 {
    let began = Instant::now();
    for _ in 0..TIMES {
        black_box(of());
    }
    began.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
}

/// In KB, as Linux has it.
fn memory(what: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(what))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
