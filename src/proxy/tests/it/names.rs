//! Which names a proxy answers to, by the address it listens at.

use formsmith_proxy::guard::{Guard, is_forwarded};
use formsmith_proxy::http::{HeaderMap, HeaderValue, Request};

/// The code of the refusal, or nothing if the request is let in.
fn check(listening: &str, path: &str, headers: &[(&'static str, &str)]) -> Option<&'static str> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let guard = Guard::new(listening.parse().unwrap(), None);
    guard
        .check(&parts)
        .err()
        .map(|failure| failure.code.as_str())
}

fn host(listening: &str, host: &str) -> Option<&'static str> {
    check(listening, "/api/status", &[("host", host)])
}

const FOREIGN: Option<&str> = Some("host-not-allowed");

#[test]
fn an_address_of_its_own_counts_besides_the_loopback_names() {
    for listening in ["127.0.0.2:8787", "[::1]:8787", "192.0.2.7:8787"] {
        for name in ["127.0.0.1:8787", "localhost:8787", "[::1]:8787", listening] {
            assert_eq!(host(listening, name), None, "{listening} {name}");
        }
        for name in [
            "127.0.0.3:8787",
            "[::]:8787",
            "0.0.0.0:8787",
            "[::2]:8787",
            "[0:0:0:0:0:0:0:1]:8787",
            "::1:8787",
            "localhost",
            "localhost:8788",
            "localhost:08787",
            "localhost:+8787",
            "evil.example:8787",
        ] {
            assert!(host(listening, name).is_some(), "{listening} {name}");
        }
    }
}

#[test]
fn who_listens_everywhere_has_the_loopback_names_only() {
    for listening in ["0.0.0.0:8787", "[::]:8787"] {
        for name in ["127.0.0.1:8787", "localhost:8787", "[::1]:8787"] {
            assert_eq!(host(listening, name), None, "{listening} {name}");
        }
        for name in [
            "0.0.0.0:8787",
            "[::]:8787",
            "0:8787",
            "192.0.2.7:8787",
            "localhost",
            "a-name-on-the-network:8787",
        ] {
            assert_eq!(host(listening, name), FOREIGN, "{listening} {name}");
        }
        let origin = |origin| {
            let headers = [("host", "localhost:8787"), ("origin", origin)];
            check(listening, "/api/status", &headers)
        };
        assert_eq!(origin("http://localhost:8787"), None);
        assert_eq!(origin("http://0.0.0.0:8787"), Some("origin-not-allowed"));
    }
}

#[test]
fn at_port_80_the_port_may_be_left_out() {
    for listening in ["127.0.0.1:80", "[::1]:80", "127.0.0.2:80"] {
        let own = listening.strip_suffix(":80").unwrap();
        for name in ["127.0.0.1", "localhost", "[::1]", own] {
            let with_port = format!("{name}:80");
            for (host, origin) in [
                (name, name),
                (name, &with_port),
                (&with_port, name),
                (&with_port, &with_port),
            ] {
                let origin = format!("http://{origin}");
                let headers = [("host", host), ("origin", origin.as_str())];
                let refused = check(listening, "/api/status", &headers);
                assert_eq!(refused, None, "{host} {origin}");
            }
        }
        assert_eq!(host(listening, "localhost:8080"), FOREIGN);
        assert_eq!(host(listening, "evil.example"), FOREIGN);
    }
    assert_eq!(host("127.0.0.1:8080", "localhost"), FOREIGN);
    assert_eq!(host("127.0.0.1:8080", "localhost:80"), FOREIGN);
}

#[test]
fn a_link_leads_to_the_console_but_no_other_page_gets_its_files_or_services() {
    let from = |site, mode, path| {
        let headers = [
            ("host", "localhost:8787"),
            ("sec-fetch-site", site),
            ("sec-fetch-mode", mode),
        ];
        check("127.0.0.1:8787", path, &headers)
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(from(site, "navigate", "/"), None, "{site}");
        for (mode, path) in [
            ("navigate", "/api/status"),
            ("navigate", "/sandbox"),
            ("navigate", "/sandbox/"),
            ("no-cors", "/boot.js"),
            ("cors", "/"),
            ("websocket", "/"),
            ("", "/"),
        ] {
            let refused = from(site, mode, path);
            assert_eq!(refused, Some("site-not-allowed"), "{site} {mode} {path}");
        }
    }
    for site in ["same-origin", "none"] {
        for path in ["/", "/boot.js", "/api/status"] {
            assert_eq!(from(site, "cors", path), None, "{site} {path}");
        }
    }
}

#[test]
fn a_request_tells_that_it_was_passed_on() {
    for (name, expected) in [
        ("x-forwarded-host", true),
        ("forwarded", true),
        ("x-forwarded-hostess", false),
        ("host", false),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(is_forwarded(&headers), expected, "{name}");
    }
}
