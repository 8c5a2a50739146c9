//! Requests that nobody thought of: whatever they are, the proxy decides as an oracle does that
//! knows nothing but the rules, and never panics.
//!
//! `FORMSMITH_FUZZ_CASES` says how many there are of each kind.

mod heads;
mod oracle;
mod targets;
mod visits;

use formsmith_proxy::failure::Failure;
use formsmith_proxy::http::{HeaderName, HeaderValue, Request};
use oracle::Seen;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;

/// How many cases a run has, and nothing written down: what fails is printed.
fn runner() -> TestRunner {
    let cases = std::env::var("FORMSMITH_FUZZ_CASES").ok();
    TestRunner::new(ProptestConfig {
        cases: cases.map_or(2000, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        ..ProptestConfig::default()
    })
}

/// One of these, or nearly one of these, or anything.
fn near(values: Vec<String>) -> impl Strategy<Value = Vec<u8>> {
    let value = select(values).prop_map(String::into_bytes);
    let changed = (value.clone(), any::<Index>(), any::<u8>(), 0..4);
    prop_oneof![
        6 => value,
        3 => changed.prop_map(|(mut value, at, byte, how)| {
            let at = at.index(value.len() + 1);
            match how {
                0 if at < value.len() => value[at] = byte,
                1 if at < value.len() => drop(value.remove(at)),
                2 => value.truncate(at),
                _ => value.insert(at, byte),
            }
            value
        }),
        1 => vec(any::<u8>(), 0..40),
    ]
}

/// None, one or two of these.
fn some(values: Vec<String>) -> impl Strategy<Value = Vec<Vec<u8>>> {
    let one = near(values);
    let one = one.boxed();
    prop_oneof![
        3 => Just(Vec::new()),
        6 => one.clone().prop_map(|one| vec![one]),
        1 => vec(one, 2),
    ]
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// As the server would read it; `None` for what it would refuse itself.
fn request(seen: &Seen) -> Option<Request<()>> {
    let mut request = Request::builder()
        .method(seen.method.as_str())
        .uri(seen.target.as_str())
        .body(())
        .ok()?;
    for (name, value) in &seen.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let value = HeaderValue::from_bytes(value).ok()?;
        request.headers_mut().append(name, value);
    }
    Some(request)
}

/// A refusal blames the request, and says something.
fn is_fit(failure: &Failure) -> bool {
    failure.status.is_client_error()
        && failure.message.ends_with('.')
        && failure.action.ends_with('.')
        && failure.message.is_ascii()
}
