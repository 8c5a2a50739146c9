//! Who is let in, by where a request says that it comes from.

use super::oracle::{Seen, is_let_in};
use super::{is_fit, near, request, runner, some, strings};
use formsmith_proxy::guard::Guard;
use proptest::prelude::*;
use proptest::sample::select;
use std::cell::Cell;
use std::net::SocketAddr;

const ADDRESSES: [&str; 7] = [
    "127.0.0.1:8787",
    "127.0.0.1:80",
    "[::1]:8787",
    "[::1]:80",
    "0.0.0.0:8787",
    "[::]:8787",
    "192.0.2.7:8787",
];

const HOSTS: [&str; 16] = [
    "127.0.0.1:8787",
    "localhost:8787",
    "LOCALHOST:8787",
    "[::1]:8787",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "localhost:80",
    "[::1]:80",
    "192.0.2.7:8787",
    "0.0.0.0:8787",
    "[::]:8787",
    "evil.example:8787",
    "localhost:65536",
    "localhost:8080",
    "user@localhost:8787",
];

fn origins() -> Vec<String> {
    let own = HOSTS.iter().map(|host| format!("http://{host}"));
    let others = [
        "null",
        "https://localhost:8787",
        "http://evil.example",
        "file://",
    ];
    own.chain(strings(&others)).collect()
}

/// A proxy's address, and a request that is right but for some of its parts.
fn visits() -> impl Strategy<Value = (SocketAddr, Seen)> {
    let hosts = strings(&HOSTS);
    let methods = ["GET", "POST", "HEAD", "OPTIONS", "TRACE", "CONNECT", "FIND"];
    let targets = [
        "/",
        "/api/status",
        "/api",
        "/apis",
        "/sandbox",
        "*",
        "http://a/",
        "//a/b",
        "a:1",
    ];
    let sites = ["same-origin", "none", "same-site", "cross-site"];
    let modes = ["navigate", "cors", "no-cors"];
    let right = prop::bool::weighted(0.85);
    let headers = (
        (right, some(hosts.clone())),
        (right, some(hosts)),
        (right, some(origins())),
        (right, some(strings(&sites))),
        (right, some(strings(&modes))),
        (right, some(strings(&["chunked", ""]))),
    );
    let filling = prop_oneof![
        20 => Just((0, 0)),
        1 => (0..80_usize, 0..600_usize),
        1 => (15..18_usize, 900..1100_usize),
    ];
    let path = prop_oneof![20 => Just(0), 1 => 8100..8300_usize];
    let line = (
        (right, select(strings(&methods))),
        (right, near(strings(&targets))),
        path,
    );
    let parts = (select(&ADDRESSES[..]), line, headers, filling);
    parts.prop_map(
        |(address, (method, target, path), headers, (count, length))| {
            let address: SocketAddr = address.parse().unwrap();
            let own = format!("localhost:{}", address.port()).into_bytes();
            let (host, forwarded, origin, site, mode, coding) = headers;
            let named = [
                ("host", host, Some(own)),
                ("x-forwarded-host", forwarded, None),
                ("origin", origin, None),
                ("sec-fetch-site", site, None),
                ("sec-fetch-mode", mode, None),
                ("transfer-encoding", coding, None),
            ];
            let of = |(name, (is_right, other), right): (&str, (bool, Vec<_>), Option<_>)| {
                let name = name.to_owned();
                let values = if is_right {
                    Vec::from_iter(right)
                } else {
                    other
                };
                values.into_iter().map(move |value| (name.clone(), value))
            };
            let filling = (0..count).map(|at| (format!("x-{at}"), vec![b'x'; length]));
            let target = if target.0 { b"/".to_vec() } else { target.1 };
            let seen = Seen {
                method: if method.0 { "GET".into() } else { method.1 },
                target: String::from_utf8_lossy(&target).into_owned() + &"x".repeat(path),
                headers: named.into_iter().flat_map(of).chain(filling).collect(),
            };
            (address, seen)
        },
    )
}

#[test]
fn the_guard_lets_in_just_those_that_the_rules_let_in() {
    let let_in = Cell::new(0);
    let decide = |(address, seen): (SocketAddr, Seen)| {
        let Some(request) = request(&seen) else {
            return Ok(());
        };
        let (parts, ()) = request.into_parts();
        let decided = Guard::new(address, None).check(&parts);
        let_in.set(let_in.get() + usize::from(decided.is_ok()));
        prop_assert_eq!(decided.is_ok(), is_let_in(address, &seen), "{:?}", decided);
        prop_assert!(decided.is_ok() || decided.is_err_and(|failure| is_fit(&failure)));
        Ok(())
    };
    runner().run(&visits(), decide).unwrap();
    assert!(
        let_in.get() > 500,
        "were all refused, this would say little"
    );
}
