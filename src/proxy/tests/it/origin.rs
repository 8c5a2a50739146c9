//! The console's own name: who is let in by it, and how a browser's data gets there.

mod handover;

use super::running::{Answer, Running, start};
use formsmith_proxy::Config;
use formsmith_proxy::origin::{Id, Origin};
use std::fs;
use std::path::Path;

const ID: &str = "abcdefgh2345";

/// A proxy with a console, at a name of its own.
fn named(folder: &str, configure: impl FnOnce(&mut Config)) -> Running {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    fs::create_dir_all(&site).unwrap();
    fs::write(site.join("index.html"), "the console").unwrap();
    start(|config| {
        config.origin = Some(Origin::new(&Id::parse(ID).unwrap(), config.address.port()));
        config.site = Some(site.into());
        configure(config);
    })
}

fn own(proxy: &Running) -> String {
    format!("formsmith-{ID}.localhost:{}", proxy.address.port())
}

fn plain(proxy: &Running) -> String {
    proxy.address.to_string()
}

fn ask(proxy: &Running, host: &str, method: &str, path: &str, more: &[(&str, &str)]) -> Answer {
    let headers = [&[("Host", host)], more].concat();
    proxy.send(method, path, &headers, b"")
}

fn told(answer: &Answer) -> (u16, Option<String>) {
    (answer.status, answer.code())
}

fn refusal(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.into()))
}

const PAGE: [(&str, &str); 1] = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];

#[test]
fn the_own_name_with_the_port_is_let_in_and_no_other() {
    let proxy = named("origin-names", |_| {});
    let port = proxy.address.port();
    for host in [own(&proxy), own(&proxy).to_uppercase(), plain(&proxy)] {
        let answer = ask(&proxy, &host, "GET", "/api/status", &[]);
        assert_eq!(answer.status, 200, "{host}");
        let origin = format!("http://{}", own(&proxy));
        assert_eq!(answer.json()["origin"], origin.as_str());
    }
    for host in [
        format!("formsmith-{ID}.localhost"),
        format!("formsmith-{ID}.localhost:{}", port.wrapping_add(1)),
        format!("formsmith-{ID}.localhost.:{port}"),
        format!("formsmith-{ID}:{port}"),
        format!("formsmith-aaaaaaaaaaaa.localhost:{port}"),
        format!("a.formsmith-{ID}.localhost:{port}"),
        format!("xformsmith-{ID}.localhost:{port}"),
        format!("formsmith-{ID}.localhost.evil.example:{port}"),
        format!("formsmith-{ID}.example:{port}"),
        format!("formsmith-.localhost:{port}"),
        format!("other.localhost:{port}"),
    ] {
        for path in [
            "/api/status",
            "/",
            "/move/",
            "/move/here",
            "/api/move",
            "/sandbox/",
        ] {
            let answer = ask(&proxy, &host, "GET", path, &[]);
            assert_eq!(
                told(&answer),
                refusal(403, "host-not-allowed"),
                "{host} {path}"
            );
        }
    }
    // No server stands in front of it.
    let forwarded = [("X-Forwarded-Host", "localhost:8080")];
    let answer = ask(&proxy, &own(&proxy), "GET", "/api/status", &forwarded);
    assert_eq!(told(&answer), refusal(403, "host-not-allowed"));
    let own = own(&proxy);
    let forwarded = [("X-Forwarded-Host", own.as_str())];
    let answer = ask(&proxy, "127.0.0.1", "GET", "/api/status", &forwarded);
    assert_eq!(told(&answer), refusal(403, "host-not-allowed"));
}

#[test]
fn a_proxy_without_a_console_has_no_name() {
    let proxy = start(|_| {});
    let answer = ask(&proxy, &own(&proxy), "GET", "/api/status", &[]);
    assert_eq!(told(&answer), refusal(403, "host-not-allowed"));
    assert!(proxy.get("/api/status").json().get("origin").is_none());
    for path in ["/move/", "/move/kept.js", "/move/here"] {
        assert_eq!(told(&proxy.get(path)), refusal(404, "not-found"), "{path}");
    }
}

#[test]
fn each_of_the_two_origins_is_a_stranger_to_the_other() {
    let proxy = named("origin-strangers", |_| {});
    let (own, plain) = (own(&proxy), plain(&proxy));
    for (host, other) in [(&own, &plain), (&plain, &own)] {
        let origin = format!("http://{other}");
        for (path, method) in [
            ("/api/status", "GET"),
            ("/api/move", "POST"),
            ("/sandbox/", "POST"),
        ] {
            let answer = ask(&proxy, host, method, path, &[("Origin", &origin)]);
            assert_eq!(
                told(&answer),
                refusal(403, "origin-not-allowed"),
                "{host} {path}"
            );
            let cross = [
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "no-cors"),
            ];
            let answer = ask(&proxy, host, method, path, &cross);
            assert_eq!(
                told(&answer),
                refusal(403, "site-not-allowed"),
                "{host} {path}"
            );
        }
        // A link leads from one to the other, but to no answer.
        let link = [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Mode", "navigate"),
            PAGE[0],
        ];
        assert_eq!(ask(&proxy, host, "GET", "/", &link).status, 200, "{host}");
        let answer = ask(&proxy, host, "GET", "/api/move/0", &link);
        assert_eq!(told(&answer), refusal(403, "site-not-allowed"), "{host}");
    }
}

#[test]
fn the_plain_address_can_only_learn_that_the_name_is_found() {
    let proxy = named("origin-probe", |_| {});
    let (own, plain) = (own(&proxy), plain(&proxy));
    let cross = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "no-cors"),
    ];
    let found = ask(&proxy, &own, "GET", "/move/here", &cross);
    assert_eq!((found.status, found.body.len()), (200, 0));
    // What a browser lets through, whatever its notion of what may be an answer for a page.
    let policy = found.header("Cross-Origin-Resource-Policy");
    assert_eq!(policy, Some("cross-origin"));
    assert_eq!(found.header("Content-Type"), Some("text/css"));
    assert_eq!(found.header("Access-Control-Allow-Origin"), None);
    for (host, method, path) in [
        (&plain, "GET", "/move/here"),
        (&own, "POST", "/move/here"),
        (&own, "GET", "/move/here/"),
        (&own, "GET", "/move/"),
    ] {
        let answer = ask(&proxy, host, method, path, &cross);
        assert_eq!(
            told(&answer),
            refusal(403, "site-not-allowed"),
            "{host} {method} {path}"
        );
        let policy = answer.header("Cross-Origin-Resource-Policy");
        assert_eq!(policy, Some("same-origin"));
    }
    let origin = format!("http://{plain}");
    let answer = ask(&proxy, &own, "GET", "/move/here", &[("Origin", &origin)]);
    assert_eq!(told(&answer), refusal(403, "origin-not-allowed"));
}

#[test]
fn a_probe_that_came_here_is_told_at_the_plain_address_once() {
    let proxy = named("origin-nonce", |_| {});
    let (own, plain) = (own(&proxy), plain(&proxy));
    let found = |nonce: &str| {
        let path = format!("/api/move/probes/{nonce}");
        let answer = ask(&proxy, &plain, "POST", &path, &[]);
        assert_eq!(answer.status, 200);
        answer.json()["found"].as_bool().unwrap()
    };
    let nonces = ["0123456789abcdef0123456789abcdef", &"f".repeat(32)];
    assert!(!found(nonces[0]), "whatever else may answer at the name");
    let probe = |nonce: &str| {
        let path = format!("/move/here?{nonce}");
        assert_eq!(ask(&proxy, &own, "GET", &path, &[]).status, 200);
    };
    nonces.iter().for_each(|nonce| probe(nonce));
    for nonce in nonces {
        assert!(found(nonce));
        assert!(!found(nonce), "each is one probe's");
    }
    for other in ["", "0", &"g".repeat(32), &"0".repeat(33)] {
        probe(other);
        assert!(!found(other), "{other:?}");
    }
    // However many come, the newest count, and the name itself says nothing.
    (0..1000).for_each(|number| probe(&format!("{number:032}")));
    assert!(found(&format!("{:032}", 999)) && !found(&format!("{:032}", 0)));
    let path = format!("/api/move/probes/{}", nonces[0]);
    let answer = ask(&proxy, &own, "POST", &path, &[]);
    assert_eq!(told(&answer), refusal(404, "not-found"));
}

#[test]
fn a_browser_gets_the_page_that_moves_at_the_plain_address_and_scripts_the_console() {
    let proxy = named("origin-page", |_| {});
    let (own, plain) = (own(&proxy), plain(&proxy));
    let localhost = format!("localhost:{}", proxy.address.port());
    let is_console = |answer: &Answer| answer.body == b"the console";
    for host in [&plain, &localhost] {
        let page = ask(&proxy, host, "GET", "/", &PAGE);
        let text = String::from_utf8(page.body.clone()).unwrap();
        assert_eq!(page.status, 200);
        assert!(
            text.contains(&format!("content=\"http://{own}\"")),
            "{text}"
        );
        assert!(
            !text.contains("style") && !text.contains("<script>"),
            "{text}"
        );
        assert_eq!(page.header("Cache-Control"), Some("no-store"));
        let policy = page.header("Content-Security-Policy").unwrap();
        assert_eq!(
            policy.split("; ").collect::<Vec<_>>(),
            [
                "default-src 'none'",
                "script-src 'self'",
                &format!("connect-src 'self' http://{own}"),
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            ]
        );
        assert!(is_console(&ask(&proxy, host, "GET", "/index.html", &PAGE)));
        assert!(is_console(&ask(&proxy, host, "GET", "/", &[])));
        assert!(is_console(&ask(
            &proxy,
            host,
            "GET",
            "/",
            &[("Accept", "*/*")]
        )));
        let head = ask(&proxy, host, "HEAD", "/", &PAGE);
        let length = head.header("Content-Length").unwrap();
        assert_eq!((head.status, length), (200, "11"));
        assert_eq!(ask(&proxy, host, "GET", "/move/", &PAGE).status, 404);
    }
    assert!(is_console(&ask(&proxy, &own, "GET", "/", &PAGE)));
    let arrive = ask(&proxy, &own, "GET", "/move/", &PAGE);
    assert_eq!(
        arrive.header("Content-Type"),
        Some("text/html; charset=utf-8")
    );
    let policy = arrive.header("Content-Security-Policy").unwrap();
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    for (host, script) in [
        (&plain, "/move/leave.js"),
        (&own, "/move/arrive.js"),
        (&plain, "/move/kept.js"),
        (&own, "/move/kept.js"),
    ] {
        let answer = ask(&proxy, host, "GET", script, &[]);
        assert_eq!(
            answer.header("Content-Type"),
            Some("text/javascript"),
            "{script}"
        );
    }
    // A server in between has a page of its own, at an origin of its own.
    let forwarded = [("X-Forwarded-Host", "localhost:8080"), PAGE[0]];
    assert!(is_console(&ask(
        &proxy,
        "127.0.0.1",
        "GET",
        "/",
        &forwarded
    )));
    let answer = ask(&proxy, "127.0.0.1", "POST", "/api/move", &forwarded[..1]);
    assert_ne!(answer.status, 200);
}
