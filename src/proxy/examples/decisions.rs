//! What a decision on a request costs the proxy: `cargo run --release -p formsmith-proxy --example
//! decisions -- MODELS`, with the folder that `make models` has built. For every operation it has a
//! request as the page makes it, which it finds among the operations, judges, and gives a destination.
//! `make bench-models` reads what it prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use formsmith_api::json;
use formsmith_api::model::{Binding, Model, Protocol};
use formsmith_proxy::destination::{Destination, Sight};
use formsmith_proxy::http::{HeaderMap, HeaderName, HeaderValue, Method};
use formsmith_proxy::models::Models;
use formsmith_proxy::outline::{Http, Operation, Service};
use formsmith_proxy::permits::Permits;
use formsmith_proxy::policy::{self, Address};
use formsmith_proxy::rules::Choices;
use formsmith_proxy::{Upstream, uri};
use std::hint::black_box;
use std::path::PathBuf;

/// As the proxy has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: u32 = 20;

struct Request {
    method: Method,
    target: String,
    headers: HeaderMap,
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of the models");
    let folder = PathBuf::from(folder);
    let index = std::fs::read(folder.join("index.json")).expect("an index");
    let index = json::parse(&index).expect("an index");
    let built_in = Model::embedded().expect("models");
    let models = Models::new(&built_in, Some(&folder)).expect("models");
    let upstream = Upstream {
        endpoint: None,
        choices: Choices::default(),
        permits: Permits::all(),
        allow_forwarded: false,
        profiles: Vec::new(),
    };
    let (mut count, mut sent, mut all, mut dearest) = (0, 0, 0.0, (0.0, ""));
    for (name, listed) in index["services"].as_object().expect("services") {
        let files = listed["operations"].as_array().into_iter().flatten();
        let names = files.flat_map(|file| file.as_array().expect("operations"));
        let requests = names.map(|operation| {
            let operation = operation.as_str().expect("a name");
            let named = models.named(name, operation).expect("a model");
            let (found, operation) = named.expect("an operation");
            request(found.service, operation)
        });
        let requests: Vec<_> = requests.collect();
        let decided = requests.iter().filter(|it| decide(&models, &upstream, it));
        sent += decided.count();
        let began = worked();
        for _ in 0..ROUNDS {
            for request in &requests {
                black_box(decide(&models, &upstream, black_box(request)));
            }
        }
        let took = (worked() - began) / f64::from(ROUNDS);
        let mean = took / requests.len() as f64;
        count += requests.len();
        all += took;
        if mean > dearest.0 {
            dearest = (mean, name);
        }
    }
    let mean = all / count as f64;
    println!(
        "{mean:.0} ns a decision, the mean over {count} requests, of which {sent} may be sent"
    );
    let (mean, name) = dearest;
    println!("of all services {name} costs most, {mean:.0} ns");
}

/// The nanoseconds that this thread has had a processor for, as Linux counts them: what else a machine
/// is busy with costs no decision anything.
fn worked() -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let worked = counted.split(' ').next().expect("a number");
    worked.parse().expect("a number")
}

/// All that is decided without the body. Says whether the request would be signed.
fn decide(models: &Models, upstream: &Upstream, request: &Request) -> bool {
    let Request {
        method, headers, ..
    } = request;
    let address = Address::read(&request.target).expect("an address");
    policy::region(&address, |region| models.has_region(region)).expect("a region");
    let found = models.find(address.service, method, &address.path, headers);
    let found = found.expect("a service");
    let Ok(admission) = policy::admit(&found, headers, &upstream.permits) else {
        return false;
    };
    let operation = admission.operation;
    if !uri::has_required(operation, &address.path, headers) {
        return false;
    }
    let sight = Sight {
        path: &address.path,
        headers,
        body: None,
        is_whole: true,
    };
    Destination::of(&found, operation, address.region, &sight, upstream).is_ok()
}

fn request(service: &Service, operation: &Operation) -> Request {
    let mut headers = HeaderMap::new();
    let mut add = |name: &str, value: &str| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        headers.insert(name, HeaderValue::from_str(value).expect("a value"));
    };
    add("content-type", service.protocol.content_type());
    add("x-formsmith-operation", &operation.name);
    add("smithy-protocol", "rpc-v2-cbor");
    let mut method = Method::POST;
    let path = match (&operation.http, service.protocol) {
        (Some(http), _) => {
            method = http.method.clone();
            filled(http, operation)
        }
        (None, Protocol::RpcV2Cbor) => {
            format!(
                "/service/{}/operation/{}",
                service.target_prefix, operation.name
            )
        }
        (None, _) => "/".into(),
    };
    add(
        "x-amz-target",
        &format!("{}.{}", service.target_prefix, operation.name),
    );
    for member in operation.members.iter().filter(|it| it.is_required) {
        if let Binding::Header(name) = &member.binding {
            add(name, "123456789012");
        }
    }
    Request {
        method,
        target: format!("/api/{}/us-east-1{path}", service.name),
        headers,
    }
}

/// A path with something in the place of each label, and the parameters that are required.
fn filled(http: &Http, operation: &Operation) -> String {
    let mut path = String::new();
    let mut rest = &*http.uri;
    while let Some((before, label)) = rest.split_once('{') {
        path += before;
        path += "some-name";
        rest = label.split_once('}').map_or("", |(_, after)| after);
    }
    path += rest;
    for member in operation.members.iter().filter(|it| it.is_required) {
        if let Binding::Query(name) = &member.binding {
            let before = if path.contains('?') { '&' } else { '?' };
            path += &format!("{before}{name}=some-value");
        }
    }
    path
}
