//! Who is let in: the check of Host, Origin and their kin.

use super::running::{Running, start};

fn status(proxy: &Running, path: &str, headers: &[(&str, &str)]) -> (u16, Option<String>) {
    let answer = proxy.send("GET", path, headers, b"");
    (answer.status, answer.code())
}

fn port(proxy: &Running) -> u16 {
    proxy.address.port()
}

#[test]
fn every_name_of_this_machine_with_the_right_port_is_let_in() {
    let proxy = start(|_| {});
    for host in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        let host = format!("{host}:{}", port(&proxy));
        assert_eq!(
            status(&proxy, "/api/status", &[("Host", &host)]).0,
            200,
            "{host}"
        );
    }
}

#[test]
fn a_foreign_or_rebound_host_is_refused_on_every_route() {
    let proxy = start(|_| {});
    let own = port(&proxy);
    let foreign = [
        format!("evil.example:{own}"),
        format!("127.0.0.1.evil.example:{own}"),
        format!("127.0.0.1:{}", own.wrapping_add(1)),
        format!("localhost.:{own}"),
        format!("0.0.0.0:{own}"),
        "127.0.0.1".into(),
        "localhost".into(),
        "127.0.0.1:99999".into(),
    ];
    for path in [
        "/api/status",
        "/api/servicecatalog/us-east-1/",
        "/sandbox/",
        "/",
        "/x.js",
    ] {
        for host in &foreign {
            assert_eq!(
                status(&proxy, path, &[("Host", host)]),
                (403, Some("host-not-allowed".into())),
                "{host} {path}"
            );
        }
    }
}

#[test]
fn a_malformed_host_is_a_bad_request() {
    let proxy = start(|_| {});
    let own = proxy.address.to_string();
    for host in [
        "",
        " ",
        "a b",
        "user@127.0.0.1",
        "[::1",
        "::1:80:80",
        "http://127.0.0.1",
        "\u{e9}",
    ] {
        let found = status(&proxy, "/api/status", &[("Host", host)]);
        assert_eq!(found, (400, Some("host-malformed".into())), "{host:?}");
    }
    let twice = status(&proxy, "/api/status", &[("Host", &own), ("Host", &own)]);
    assert_eq!(twice, (400, Some("host-malformed".into())));
    let missing = status(&proxy, "/api/status", &[]);
    assert_eq!(missing, (400, Some("host-missing".into())));
    let bytes = proxy
        .send_bytes(b"GET /api/status HTTP/1.1\r\nHost: \xff\xfe\r\nConnection: close\r\n\r\n");
    assert_eq!(
        (bytes.status, bytes.code().as_deref()),
        (400, Some("host-malformed"))
    );
    let after = proxy.get("/api/status");
    assert_eq!(after.status, 200, "still alive");
}

#[test]
fn only_the_consoles_own_origin_is_let_in() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    let (own, other_port) = (format!("http://{host}"), format!("http://127.0.0.1:{}", 1));
    let (secure, rebound) = (
        format!("https://{host}"),
        format!("http://evil.example:{}", port(&proxy)),
    );
    let cases = [
        (own.as_str(), 200, None),
        (&other_port, 403, Some("origin-not-allowed")),
        (&secure, 403, Some("origin-not-allowed")),
        (&rebound, 403, Some("origin-not-allowed")),
        ("null", 403, Some("origin-not-allowed")),
        ("https://evil.example", 403, Some("origin-not-allowed")),
        ("", 400, Some("origin-malformed")),
        ("evil", 400, Some("origin-malformed")),
        ("http://a b", 400, Some("origin-malformed")),
        ("\u{e9}", 400, Some("origin-malformed")),
    ];
    for (origin, expected, code) in cases {
        for path in ["/api/status", "/sandbox/"] {
            let (found, found_code) = status(&proxy, path, &[("Host", &host), ("Origin", origin)]);
            assert_eq!(found_code.as_deref(), code, "{origin:?} {path}");
            if code.is_some() || path == "/api/status" {
                assert_eq!(found, expected, "{origin:?} {path}");
            }
        }
    }
    let twice = [("Host", host.as_str()), ("Origin", &own), ("Origin", &own)];
    assert_eq!(status(&proxy, "/api/status", &twice).0, 400);
}

#[test]
fn a_request_from_another_site_is_refused_even_without_an_origin() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    for (site, expected) in [
        ("same-origin", 200),
        ("none", 200),
        ("same-site", 403),
        ("cross-site", 403),
    ] {
        let headers = [("Host", host.as_str()), ("Sec-Fetch-Site", site)];
        assert_eq!(
            status(&proxy, "/api/status", &headers).0,
            expected,
            "{site}"
        );
    }
}

#[test]
fn behind_trunk_the_host_the_browser_sent_is_what_counts() {
    let proxy = start(|_| {});
    let own = proxy.address.to_string();
    let cases = [
        ("127.0.0.1", "localhost:8080", 200),
        ("localhost", "127.0.0.1:9090", 200),
        ("[::1]", "[::1]:8080", 200),
        (&own, "localhost:8080", 200),
        ("127.0.0.1", "evil.example:8080", 403),
        ("127.0.0.1", "localhost.evil.example:8080", 403),
        ("127.0.0.1", "localhost:80800", 403),
        ("127.0.0.1", "localhost:+8080", 403),
        ("127.0.0.1", "localhost:", 403),
        (&own, "evil.example", 403),
        ("evil.example", "localhost:8080", 403),
        ("127.0.0.1", "a b", 400),
    ];
    for (host, forwarded, expected) in cases {
        let headers = [("Host", host), ("X-Forwarded-Host", forwarded)];
        assert_eq!(
            status(&proxy, "/api/status", &headers).0,
            expected,
            "{host} {forwarded}"
        );
    }
    for (origin, expected) in [
        ("http://localhost:8080", 200),
        ("http://127.0.0.1:8080", 403),
    ] {
        let headers = [
            ("Host", "127.0.0.1"),
            ("X-Forwarded-Host", "localhost:8080"),
            ("Origin", origin),
        ];
        assert_eq!(
            status(&proxy, "/api/status", &headers).0,
            expected,
            "{origin}"
        );
    }
    let twice = [
        ("Host", "127.0.0.1"),
        ("X-Forwarded-Host", "localhost:8080"),
        ("X-Forwarded-Host", "localhost:8080"),
    ];
    assert_eq!(status(&proxy, "/api/status", &twice).0, 400);
}

#[test]
fn the_proxy_is_no_forward_proxy_and_answers_no_preflight() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    let absolute = format!("http://{host}/api/status");
    assert_eq!(
        status(&proxy, &absolute, &[("Host", &host)]),
        (400, Some("target-malformed".into()))
    );
    for method in ["OPTIONS", "TRACE"] {
        let answer = proxy.send(method, "/sandbox/", &[("Host", &host)], b"");
        assert_eq!(answer.status, 405, "{method}");
    }
    let own = format!("http://{host}");
    let preflight = [
        ("Host", host.as_str()),
        ("Origin", own.as_str()),
        ("Access-Control-Request-Method", "POST"),
    ];
    let answer = proxy.send("OPTIONS", "/api/status", &preflight, b"");
    let allows = answer
        .headers
        .iter()
        .any(|(name, _)| name.to_ascii_lowercase().starts_with("access-control"));
    assert!(!allows, "{answer:?}");
}

#[test]
fn a_chunked_body_is_refused_with_or_without_a_length_beside_it() {
    let proxy = start(|_| {});
    let host = proxy.address;
    for lengths in [
        "Transfer-Encoding: chunked",
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
    ] {
        let request = format!(
            "POST /sandbox/ HTTP/1.1\r\nHost: {host}\r\n{lengths}\r\nConnection: close\r\n\r\n\
             0\r\n\r\n"
        );
        let answer = proxy.send_bytes(request.as_bytes());
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (411, Some("length-required")),
            "{lengths}"
        );
    }
}
