//! Fourteen requests of those who would have somebody else's credentials used. Each differs in
//! one thing from a request that is signed and sent.

use super::running::{Running, TOKEN, one, start_signing};
use super::signing::{PREFIX, request};
use super::upstream::Upstream;
use formsmith_proxy::Limits;

/// A request, before it is bytes.
struct Request {
    method: &'static str,
    target: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Vec<u8>,
}

impl Request {
    /// What the console sends, when the person has agreed to it.
    fn right(proxy: &Running) -> Self {
        let own = request();
        let consent = proxy.agree(&one(PREFIX, &own)).unwrap();
        let header = |name| own.header(name).unwrap().as_bytes().to_vec();
        let host = proxy.address.to_string();
        Self {
            method: "POST",
            target: format!("{PREFIX}{}", own.path),
            headers: vec![
                ("Origin", format!("http://{host}").into_bytes()),
                ("Host", host.into_bytes()),
                ("Sec-Fetch-Site", b"same-origin".to_vec()),
                ("Content-Type", header("Content-Type")),
                ("X-Amz-Target", header("X-Amz-Target")),
                ("X-Formsmith-Token", TOKEN.into()),
                ("X-Formsmith-Consent", consent.into_bytes()),
                ("Content-Length", own.body.len().to_string().into_bytes()),
                ("Connection", b"close".to_vec()),
            ],
            body: own.body,
        }
    }

    fn set(&mut self, name: &'static str, value: impl Into<Vec<u8>>) {
        self.remove(name);
        self.headers.push((name, value.into()));
    }

    fn remove(&mut self, name: &str) {
        self.headers.retain(|(own, _)| *own != name);
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend(name.bytes().chain(*b": "));
            bytes.extend(value.iter().chain(b"\r\n"));
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

/// The attack, what it changes, and how it is refused.
type Hostile = (&'static str, fn(&mut Request), u16, &'static str);

const HOSTILE: [Hostile; 14] = [
    (
        "a name of the attacker's that resolves to this machine",
        |request| {
            request.remove("Origin");
            request.remove("Sec-Fetch-Site");
            request.set("Host", "rebound.example:8787");
        },
        403,
        "host-not-allowed",
    ),
    (
        "a page of another origin",
        |request| request.set("Origin", "https://evil.example"),
        403,
        "origin-not-allowed",
    ),
    (
        "a body that a form of another page could send",
        |request| request.set("Content-Type", "text/plain"),
        415,
        "content-type-not-allowed",
    ),
    (
        "no token",
        |request| request.remove("X-Formsmith-Token"),
        403,
        "token-missing",
    ),
    (
        "an operation that no model lists",
        |request| {
            request.set(
                "X-Amz-Target",
                "AWS242ServiceCatalogService.DeletePortfolio",
            )
        },
        403,
        "operation-not-allowed",
    ),
    (
        "TRACE",
        |request| request.method = "TRACE",
        405,
        "method-not-allowed",
    ),
    (
        "a length that contradicts the chunks",
        |request| {
            request.set("Transfer-Encoding", "chunked");
            request.body = b"0\r\n\r\nPOST / HTTP/1.1\r\n\r\n".to_vec();
        },
        411,
        "length-required",
    ),
    (
        "a whole address as the target, as to a forward proxy",
        |request| {
            request
                .target
                .insert_str(0, "http://servicecatalog.us-east-1.amazonaws.com")
        },
        400,
        "target-malformed",
    ),
    (
        "a header that is not UTF-8",
        |request| request.set("X-Amz-Target", b"\xff\xfe\x80".to_vec()),
        403,
        "operation-not-allowed",
    ),
    (
        "a host that is none",
        |request| request.set("Host", "127.0.0.1:8787@evil:\"[::"),
        400,
        "host-malformed",
    ),
    (
        "an origin that may be anyone's",
        |request| request.set("Origin", "null"),
        403,
        "origin-not-allowed",
    ),
    (
        "a cookie and another's authorization instead of the token",
        |request| {
            request.remove("X-Formsmith-Token");
            request.set("Cookie", format!("token={TOKEN}"));
            request.set("Authorization", format!("Bearer {TOKEN}"));
        },
        403,
        "token-missing",
    ),
    (
        "a preflight of another origin",
        |request| {
            request.method = "OPTIONS";
            request.set("Origin", "https://evil.example");
            request.set("Access-Control-Request-Method", "POST");
            request.set("Access-Control-Request-Headers", "x-formsmith-token");
        },
        403,
        "origin-not-allowed",
    ),
    (
        "a change without consent",
        |request| request.remove("X-Formsmith-Consent"),
        403,
        "consent-missing",
    ),
];

#[test]
fn of_fourteen_hostile_requests_none_is_signed_and_the_right_one_is() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    for (attack, change, status, code) in HOSTILE {
        let mut request = Request::right(&proxy);
        change(&mut request);
        let answer = proxy.send_bytes(&request.bytes());
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (status, Some(code)),
            "{attack}"
        );
        assert_eq!(answer.json()["sent"], "no", "{attack}");
        let allows = |(name, _): &(String, String)| name.to_lowercase().starts_with("access-c");
        assert!(!answer.headers.iter().any(allows), "{attack}: {answer:?}");
        assert_eq!(upstream.connections(), 0, "{attack}");
    }
    let answer = proxy.send_bytes(&Request::right(&proxy).bytes());
    assert_eq!((answer.status, answer.code()), (200, None));
    assert_eq!(upstream.connections(), 1);
}

#[test]
fn a_header_that_is_not_utf_8_harms_nobody_wherever_it_stands() {
    let upstream = Upstream::answering("{}");
    let proxy = start_signing(&upstream.url(), Limits::default());
    for name in [
        "Host",
        "Origin",
        "Sec-Fetch-Site",
        "Content-Type",
        "X-Amz-Target",
        "X-Formsmith-Token",
        "X-Formsmith-Consent",
        "X-Formsmith-Proof",
        "X-Formsmith-Profile",
        "X-Forwarded-Host",
    ] {
        let mut request = Request::right(&proxy);
        request.set(name, b"\x80\xff".to_vec());
        let answer = proxy.send_bytes(&request.bytes());
        assert!((400..500).contains(&answer.status), "{name}: {answer:?}");
        assert!(answer.code().is_some(), "{name}");
    }
    assert_eq!(upstream.connections(), 0);
    // What is not read is not sent on either.
    let mut request = Request::right(&proxy);
    request.set("Cookie", b"\x80\xff".to_vec());
    assert_eq!(proxy.send_bytes(&request.bytes()).status, 200);
    let names = upstream.received().remove(0).headers;
    assert!(
        !names
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("cookie"))
    );
}
