//! Whatever the values of parameters are: a host ends as AWS's do, or as the endpoint that was given.

use crate::{Read, partitions, rule_sets};
use formsmith_endpoints::{Endpoint, Given, Parameters, Partitions, Refused};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const HOSTILE: &[&str] = &[
    "a.evil.example/",
    "a@evil.example",
    "evil.example#",
    "evil.example?",
    "evil.example\\",
    "evil.example:443/",
    "a:b@evil.example/",
    "//evil.example/",
    "https://evil.example",
    "evil.example%2f",
    "%2e%2e/evil",
    "../evil",
    "..",
    ".",
    "",
    " ",
    "\t",
    "\r\nHost: evil.example",
    "a\0b",
    "ä",
    "xn--",
    "a_b",
    "-a",
    "a-",
    "a..b",
    ".a",
    "a.",
    "𝐞𝐯𝐢𝐥.example",
    "evil。example",
    "evil.example／",
    "A",
    "127.0.0.1",
    "[::1]",
    "0x7f.1",
    "*",
    "{Region}",
    "{{",
    "arn:aws:s3:evil.example/:1:accesspoint:a",
    "arn:aws:s3:us-east-1:1@evil.example/:accesspoint:a",
    "arn:aws:s3:us-east-1:123456789012:accesspoint:a.evil.example/",
    "arn:aws:s3:us-east-1:123456789012:accesspoint/a@evil",
    "arn:aws:s3::123456789012:accesspoint:evil.example/x.mrap",
    "arn:aws:s3-outposts:us-east-1:123456789012:outpost/op-1@evil/accesspoint/a",
    "arn:aws:s3-outposts:us-east-1:123456789012:outpost:op-1:bucket:a/../b",
    "arn:aws:s3-object-lambda:us-east-1:123456789012:accesspoint/a.evil",
    "arn:aws:dynamodb:us-east-1:1.evil.example/:table/t",
    "arn:aws:dynamodb:us-east-1:evil@x:table/t",
    "arn:aws:kinesis:us-east-1:a.evil.example#:stream/s",
    "arn:aws:kinesis:us-east-1:123456789012:channel/a/b",
    "arn:aws:kinesis:us-east-1:123456789012:queue/evil.example#",
    "arn:evil.example/:kinesis:x:1:stream/s",
    "arn:aws:cloudfront::1@evil:key-value-store/x",
    "arn:aws:events:us-east-1:1/2:event-bus/b",
    "test--evil.example/--x-s3",
    "a@evil--use1-az1--x-s3",
    "a/b--use1-az1--xa-s3",
    "evil--op-s3",
    "x-evil.example/-012345678901234567890123456789012345678e0.op--op-s3",
];

/// Values that get further than hostile ones.
const FRIENDLY: &[&str] = &[
    "us-east-1",
    "eu-central-1",
    "cn-north-1",
    "us-gov-west-1",
    "aws-global",
    "local",
    "snow",
    "a-b-99",
    "bucket",
    "bucket.with.dots",
    "Bucket_1",
    "123456789012",
    "control",
    "data",
    "required",
    "preferred",
    "queue",
    "ACM",
    "ControlPlane",
    "DataPlane",
    "AGENT",
    "mybucket--use1-az1--x-s3",
    "myap--use1-az1--xa-s3",
    "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
    "af4lwng4k01746835071-xyz",
    "arn:aws:s3:us-west-2:123456789012:accesspoint:my-endpoint",
    "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:accesspoint:a",
    "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-01234567890123456:bucket:mybucket",
    "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mybanner",
    "arn:aws:kinesis:us-east-1:123456789012:stream/s",
    "arn:aws:dynamodb:us-east-1:123456789012:table/t",
    "arn:aws:kinesis:us-east-1:123456789012:channel/abc",
    "arn:aws:kinesis:us-east-1:123456789012:queue/abc",
    "arn:aws:cloudfront::123456789012:key-value-store/x",
    "arn:aws:events:us-east-1:123456789012:event-bus/b",
];

const GIVEN: &[&str] = &[
    "https://example.com",
    "http://127.0.0.1:4566",
    "http://localhost:8000/base",
    "https://[::1]:443",
    "https://kinesis-pod1.us-east-1.amazonaws.com",
    "https://my-vpce.s3.us-east-1.vpce.amazonaws.com",
];

#[test]
fn no_hostile_value_leads_to_another_host() {
    let (sets, partitions) = (rule_sets(), partitions());
    let (mut tried, mut found) = (0, 0);
    for set in &sets {
        let ends = ends(set, &partitions);
        for name in set.rules.names() {
            for hostile in HOSTILE {
                for values in surroundings(set, name, hostile) {
                    tried += 1;
                    found += usize::from(check(set, &partitions, &ends, &values));
                }
            }
        }
    }
    println!("{tried} hostile values, {found} with an endpoint");
    assert!(tried > 100_000 && found > 1_000, "{tried} {found}");
}

#[test]
fn no_values_at_all_lead_to_another_host_or_to_a_panic() {
    let (sets, partitions) = (rule_sets(), partitions());
    let word = prop_oneof![
        3 => proptest::sample::select(FRIENDLY).prop_map(String::from),
        1 => proptest::sample::select(GIVEN).prop_map(String::from),
        1 => proptest::sample::select(HOSTILE).prop_map(String::from),
        1 => "[a-zA-Z0-9.:/@#?%_-]{0,70}",
        1 => any::<String>(),
        1 => (proptest::sample::select(FRIENDLY), any::<char>(), any::<proptest::sample::Index>()).prop_map(|(text, c, at)| {
            let mut text = text.to_owned();
            text.insert(at.index(text.len() + 1), c);
            text
        }),
    ];
    let values =
        proptest::collection::vec((proptest::option::weighted(0.8, word), any::<bool>()), 24);
    let mut runner = TestRunner::new(Config {
        cases: 500,
        failure_persistence: None,
        ..Config::default()
    });
    let ends: Vec<_> = sets.iter().map(|set| ends(set, &partitions)).collect();
    let outcome = runner.run(&values, |values| {
        for (set, ends) in sets.iter().zip(&ends) {
            let named = set.rules.names().zip(values.iter().cycle());
            let named = named.filter_map(|(name, (word, flag))| {
                let value = match kind(set, name) {
                    "boolean" => word.as_ref().map(|_| json!(flag)),
                    "stringarray" => word.as_ref().map(|word| json!([word])),
                    _ if name == "HostPrefix" => Some(json!("service")),
                    _ => word.as_ref().map(|word| json!(word)),
                };
                Some((name, value?))
            });
            check(set, &partitions, ends, &named.collect());
        }
        Ok(())
    });
    outcome.unwrap();
}

fn kind(set: &Read, name: &str) -> &'static str {
    let kind = set.document["parameters"][name]["type"].as_str().unwrap();
    match kind.to_ascii_lowercase().as_str() {
        "boolean" => "boolean",
        "stringarray" => "stringarray",
        _ => "string",
    }
}

/// The hostile value of one parameter, among values that the rules get far with.
fn surroundings<'a>(set: &'a Read, name: &'a str, hostile: &str) -> Vec<BTreeMap<&'a str, Value>> {
    let value = match kind(set, name) {
        "boolean" => return Vec::new(),
        "stringarray" => json!([hostile]),
        _ => json!(hostile),
    };
    let mut all = Vec::new();
    for region in ["us-east-1", "cn-north-1"] {
        for bits in 0..8 {
            let mut values =
                BTreeMap::from([("Region", json!(region)), ("HostPrefix", json!("service"))]);
            for (bit, flag) in ["UseFIPS", "UseDualStack"].into_iter().enumerate() {
                values.insert(flag, json!(bits >> bit & 1 == 1));
            }
            if bits & 4 == 4 && name != "Endpoint" {
                values.insert("Endpoint", json!(GIVEN[0]));
            }
            for (other, usual) in [
                ("OperationType", "data"),
                ("ApiType", "DataPlane"),
                ("ServiceType", "ACM"),
                ("AccountId", "123456789012"),
                ("AccountIdEndpointMode", "preferred"),
                ("ResourceType", ""),
            ] {
                values.insert(other, json!(usual));
            }
            values.insert(name, value.clone());
            values.retain(|name, _| set.rules.names().any(|own| own == *name));
            all.push(values);
        }
    }
    all
}

/// Is there an endpoint? Then it is a safe one.
fn check(
    set: &Read,
    partitions: &Partitions,
    ends: &[String],
    values: &BTreeMap<&str, Value>,
) -> bool {
    let parameters = set.rules.named(|name| values.get(name));
    let resolved = parameters.and_then(|it: Parameters| set.rules.resolve(partitions, &it));
    let endpoint = match resolved {
        Ok(endpoint) => endpoint,
        Err(Refused::Type(name)) => panic!("{name} in {values:?}"),
        Err(_) => return false,
    };
    let given = values.get("Endpoint").and_then(Value::as_str);
    if let Err(why) = safe(&endpoint, given, ends) {
        panic!(
            "rule set {}: {why}: {} of {values:?}",
            set.number, endpoint.url
        );
    }
    true
}

/// The oracle reads the URL by itself, as a browser would and stricter.
fn safe(endpoint: &Endpoint, given: Option<&str>, ends: &[String]) -> Result<(), &'static str> {
    let (scheme, rest) = endpoint.url.split_once("://").ok_or("no scheme")?;
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority != endpoint.authority() || path != endpoint.path() {
        return Err("its parts are others");
    }
    if !endpoint.url.bytes().all(|b| b.is_ascii_graphic())
        || endpoint.url.contains(['?', '#', '\\', '@', '{', '}'])
    {
        return Err("characters that are no part of a URL here");
    }
    if path.split('/').any(|part| matches!(part, "." | "..")) {
        return Err("a path that goes up");
    }
    let labels = match endpoint.is_given {
        true => {
            let (_, rest) = given
                .ok_or("no endpoint was given")?
                .split_once("://")
                .unwrap();
            let own = rest.split('/').next().unwrap();
            let labels = authority
                .strip_suffix(own)
                .ok_or("another host than the given")?;
            match labels.strip_suffix('.') {
                Some(labels) => labels,
                None if labels.is_empty() => return Ok(()),
                None => return Err("labels run into the given host"),
            }
        }
        false if scheme != "https" => return Err("not encrypted"),
        false if !ends.iter().any(|end| authority.ends_with(end.as_str())) => {
            return Err("a host that isn't AWS's");
        }
        false => authority,
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() < 64
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if !labels.split('.').all(is_label) {
        return Err("a label that is none");
    }
    for scheme in &endpoint.schemes {
        let scoped = [&scheme.signing_name, &scheme.signing_region]
            .into_iter()
            .flatten();
        if scoped
            .into_iter()
            .any(|text| text.contains(['/', ' ', '\n', ',']) || text.is_empty())
        {
            return Err("a part of the scope that is none");
        }
    }
    let is_value = |value: &str| value.bytes().all(|b| b.is_ascii_graphic());
    if !endpoint.headers.iter().all(|(_, value)| is_value(value)) {
        return Err("a header that is none");
    }
    Ok(())
}

/// What hosts of a rule set may end with: the suffixes of all partitions, and domains of AWS that
/// stand in its URLs as they are.
fn ends(set: &Read, partitions: &Partitions) -> Vec<String> {
    let suffixes = partitions.all().iter();
    let suffixes = suffixes.flat_map(|it| [&it.dns_suffix, &it.dual_stack_dns_suffix]);
    let mut ends: Vec<String> = suffixes.map(|suffix| format!(".{suffix}")).collect();
    let others = [
        ".on.aws",
        ".signin.aws",
        ".signin.aws.amazon.com",
        ".signin.amazonaws.cn",
        ".amazonaws-us-gov.com",
        ".signin.c2shome.ic.gov",
        ".signin.sc2shome.sgov.gov",
        ".signin.csphome.hci.ic.gov",
        ".signin.csphome.adc-e.uk",
        ".signin.amazonaws-eusc.eu",
    ];
    let written = set.document.to_string();
    ends.extend(
        others
            .into_iter()
            .filter(|end| written.contains(&format!("{end}\"")))
            .map(String::from),
    );
    ends
}

#[test]
fn a_given_value_is_of_its_type() {
    assert_eq!(Given::read(&json!(1)), None);
    assert_eq!(Given::read(&json!(["a", 1])), None);
    assert_eq!(Given::read(&Value::Null), Some(Given::Unset));
}
