//! Pages of other origins: let in where the person named them, and only to what they need.

use crate::running::{Answer, Running, TOKEN, one, signing, start};
use crate::signature;
use crate::signing::{PREFIX, request};
use crate::upstream::Upstream;
use formsmith_proxy::Config;

const ALLOWED: &str = "https://console.example.com";

fn letting_in(configure: impl FnOnce(&mut Config)) -> Running {
    start(|config| {
        config.allowed_origins = vec![ALLOWED.parse().unwrap()];
        configure(config);
    })
}

/// A request as a browser sends it for a script of a page.
fn from(
    proxy: &Running,
    origin: &str,
    method: &str,
    path: &str,
    more: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let host = proxy.address.to_string();
    let headers = [
        ("Host", host.as_str()),
        ("Origin", origin),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "cors"),
    ];
    proxy.send(method, path, &[&headers, more].concat(), body)
}

fn asked(proxy: &Running, origin: &str, path: &str) -> Answer {
    let preflight = [
        ("Access-Control-Request-Method", "POST"),
        (
            "Access-Control-Request-Headers",
            "content-type,x-formsmith-token",
        ),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    from(proxy, origin, "OPTIONS", path, &preflight, b"")
}

/// Is there any header by which a browser would let another page read, or send more?
fn lets_in(answer: &Answer) -> bool {
    let mut names = answer.headers.iter().map(|(name, _)| name);
    names.any(|name| name.to_ascii_lowercase().starts_with("access-control-"))
}

#[test]
fn a_page_of_an_allowed_origin_may_ask_and_read() {
    let proxy = letting_in(|_| {});
    let preflight = asked(&proxy, ALLOWED, "/api/session");
    assert_eq!((preflight.status, preflight.body.len()), (204, 0));
    for (name, value) in [
        ("Access-Control-Allow-Origin", ALLOWED),
        (
            "Access-Control-Allow-Methods",
            "GET, HEAD, POST, PUT, PATCH, DELETE",
        ),
        ("Access-Control-Allow-Headers", "*"),
        ("Access-Control-Allow-Private-Network", "true"),
        ("Vary", "origin"),
    ] {
        assert_eq!(preflight.header(name), Some(value), "{name}");
    }
    assert_eq!(preflight.header("Access-Control-Allow-Credentials"), None);
    let status = from(&proxy, ALLOWED, "GET", "/api/status", &[], b"");
    assert_eq!(status.status, 200);
    assert_eq!(status.header("Access-Control-Allow-Origin"), Some(ALLOWED));
    assert_eq!(status.header("Access-Control-Expose-Headers"), Some("*"));
    assert_eq!(status.json()["name"], "formsmith-proxy");
}

#[test]
fn no_origin_that_only_looks_like_it_is_let_in() {
    let proxy = letting_in(|_| {});
    for origin in [
        "https://console.example.com.evil.example",
        "https://xconsole.example.com",
        "https://example.com",
        "https://console.example.com:8443",
        "https://console.example.com:443",
        "https://console.example.com/",
        "https://CONSOLE.example.com",
        "http://console.example.com",
        "https://console.example.com, https://evil.example",
        "https://evil.example",
        "null",
        "*",
    ] {
        for answer in [
            asked(&proxy, origin, "/api/session"),
            from(&proxy, origin, "GET", "/api/status", &[], b""),
        ] {
            assert!([400, 403].contains(&answer.status), "{origin}");
            assert!(!lets_in(&answer), "{origin}");
        }
    }
    // Twice, or not at all.
    let twice = from(
        &proxy,
        ALLOWED,
        "GET",
        "/api/status",
        &[("Origin", ALLOWED)],
        b"",
    );
    assert_eq!(twice.code().as_deref(), Some("origin-malformed"));
    let host = proxy.address.to_string();
    let absent = [("Host", host.as_str()), ("Sec-Fetch-Site", "cross-site")];
    let absent = proxy.send("GET", "/api/status", &absent, b"");
    assert_eq!(absent.code().as_deref(), Some("site-not-allowed"));
}

#[test]
fn it_reaches_no_file_and_no_move() {
    let proxy = letting_in(|_| {});
    for path in ["/", "/index.html", "/api/move", "/api/move/1", "/move/"] {
        for answer in [
            asked(&proxy, ALLOWED, path),
            from(&proxy, ALLOWED, "GET", path, &[], b""),
        ] {
            assert_eq!(
                answer.code().as_deref(),
                Some("origin-not-allowed"),
                "{path}"
            );
            assert!(!lets_in(&answer), "{path}");
        }
    }
}

#[test]
fn it_asks_by_script_and_to_the_proxys_own_name() {
    let proxy = letting_in(|_| {});
    let host = proxy.address.to_string();
    for mode in ["navigate", "no-cors", "same-origin", "websocket"] {
        let headers = [
            ("Host", host.as_str()),
            ("Origin", ALLOWED),
            ("Sec-Fetch-Mode", mode),
        ];
        let answer = proxy.send("POST", "/api/session", &headers, b"{}");
        assert_eq!(answer.code().as_deref(), Some("site-not-allowed"), "{mode}");
    }
    for host in ["console.example.com", "evil.example:8787"] {
        let headers = [("Host", host), ("Origin", ALLOWED)];
        let answer = proxy.send("GET", "/api/status", &headers, b"");
        assert_eq!(answer.code().as_deref(), Some("host-not-allowed"));
        assert!(!lets_in(&answer));
    }
    let forwarded = [("X-Forwarded-Host", "localhost:8080")];
    let answer = from(&proxy, ALLOWED, "GET", "/api/status", &forwarded, b"");
    assert_eq!(answer.code().as_deref(), Some("origin-not-allowed"));
    for method in ["TRACE", "CONNECT", "OPTIONS"] {
        let answer = from(&proxy, ALLOWED, method, "/api/status", &[], b"");
        assert_eq!(answer.status, 405, "{method}");
    }
}

#[test]
fn it_needs_the_token_and_consent_as_the_proxys_own_page_does() {
    let upstream = Upstream::answering("{}");
    let proxy = letting_in(|config| {
        config.target = signing(&upstream.url(), signature::credentials(None), true);
    });
    let request = request();
    let own: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let path = format!("{PREFIX}{}", request.path);
    let send = |more: &[(&str, &str)]| {
        let headers = [own.as_slice(), more].concat();
        from(
            &proxy,
            ALLOWED,
            &request.method,
            &path,
            &headers,
            &request.body,
        )
    };
    let without = send(&[]);
    assert_eq!(without.code().as_deref(), Some("token-missing"));
    assert_eq!(without.header("Access-Control-Allow-Origin"), Some(ALLOWED));
    let token = ("X-Formsmith-Token", TOKEN);
    assert_eq!(send(&[token]).code().as_deref(), Some("consent-missing"));
    assert_eq!(upstream.connections(), 0);

    let proposal = one(PREFIX, &request).to_string();
    let proposed = from(
        &proxy,
        ALLOWED,
        "POST",
        "/api/consents",
        &[token],
        proposal.as_bytes(),
    );
    let id = proposed.json()["id"].as_str().unwrap().to_owned();
    let confirm = format!("/api/consents/{id}");
    let confirmed = from(&proxy, ALLOWED, "POST", &confirm, &[token], b"{}");
    assert_eq!(confirmed.status, 200);
    let sent = send(&[token, ("X-Formsmith-Consent", &id)]);
    assert_eq!(sent.status, 200);
    assert_eq!(sent.header("Access-Control-Allow-Origin"), Some(ALLOWED));
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn without_the_option_nobody_is_let_in() {
    let proxy = start(|_| {});
    for answer in [
        asked(&proxy, ALLOWED, "/api/session"),
        from(&proxy, ALLOWED, "GET", "/api/status", &[], b""),
    ] {
        assert_eq!(answer.code().as_deref(), Some("origin-not-allowed"));
        assert!(!lets_in(&answer));
    }
}
