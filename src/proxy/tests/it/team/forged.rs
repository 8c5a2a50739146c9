//! A header that anybody could have written is believed by nobody.

use super::{
    ARN, HOST, Issuer, KID, OTHER, ada, copy, encoded, header, in_seconds, pair, refused, session,
    sign, told,
};
use crate::library::find;
use crate::upstream::Upstream;
use serde_json::{Value, json};

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name);
    value
}

#[test]
fn who_did_not_come_through_the_sign_in_is_told_nothing() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    for path in [
        "/",
        "/api/status",
        "/api/session",
        "/api/explain/library/FindBook/us-east-1",
        "/sandbox/_ledger",
        "/models/aws/index.json",
    ] {
        let answer = proxy.send("GET", path, &[("Host", HOST)], b"");
        assert_eq!(told(&answer), refused(401, "person-unknown"), "{path}");
    }
    // Who asks whether it is there has no sign-in, and no name either.
    let host = proxy.address.to_string();
    let ready = proxy.send("GET", "/ready", &[("Host", &host)], b"");
    assert_eq!(
        (ready.status, ready.json()),
        (200, json!({ "ready": true }))
    );
}

#[test]
fn no_forged_sign_in_is_believed() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let good = issuer.says(&ada());
    assert_eq!(session(&proxy, &good).status, 200);
    // Without the padding, as other programs write it, it is another text with another signature.
    assert_eq!(told(&session(&proxy, &good.replace('=', ""))).0, 401);

    let own = pair();
    let [head, claims, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let by_another = |header: &Value, claims: &Value| {
        let signed = [header, claims].map(encoded).join(".");
        format!("{signed}.{}", sign(&own, &signed))
    };
    let head_of =
        |name: &str, member: Value| issuer.signed(&with(header(ARN), name, member), &ada());
    let claims_of = |name: &str, member: Value| issuer.says(&with(ada(), name, member));
    let none = encoded(&with(header(ARN), "alg", json!("none")));
    let forged = [
        ("nothing", String::new()),
        ("no token", "ada@example.com".into()),
        ("two parts", format!("{head}.{claims}")),
        ("four parts", format!("{good}.{signature}")),
        ("no signature", format!("{head}.{claims}.")),
        ("alg none", format!("{none}.{claims}.")),
        (
            "alg none with the signature",
            format!("{none}.{claims}.{signature}"),
        ),
        ("alg HS256", head_of("alg", json!("HS256"))),
        ("alg ES384", head_of("alg", json!("ES384"))),
        ("alg is a list", head_of("alg", json!(["ES256"]))),
        (
            "an empty signature of the right length",
            format!("{head}.{claims}.{}==", "A".repeat(86)),
        ),
        (
            "another person's claims",
            format!("{head}.{}.{signature}", encoded(&super::bob())),
        ),
        ("another key", by_another(&header(ARN), &ada())),
        ("another balancer", issuer.signed(&header(OTHER), &ada())),
        (
            "no balancer",
            issuer.signed(&without(header(ARN), "signer"), &ada()),
        ),
        (
            "another key's id",
            head_of("kid", json!("9f8c3f5e-6a3b-4d0e-8f59-000000000002")),
        ),
        (
            "no key's id",
            issuer.signed(&without(header(ARN), "kid"), &ada()),
        ),
        (
            "a path for an id",
            head_of(
                "kid",
                json!(format!(
                    "../{}/{KID}",
                    issuer.folder.file_name().unwrap().display()
                )),
            ),
        ),
        ("an empty id", head_of("kid", json!(""))),
        ("a long id", head_of("kid", json!("a".repeat(5000)))),
        ("something critical", head_of("crit", json!(["b64"]))),
        (
            "expired, says the header",
            head_of("exp", json!(in_seconds(-60))),
        ),
        (
            "expired, say the claims",
            claims_of("exp", json!(in_seconds(-60))),
        ),
        (
            "an end that is a text",
            claims_of("exp", json!("9999999999")),
        ),
        (
            "no end",
            issuer.signed(&without(header(ARN), "exp"), &without(ada(), "exp")),
        ),
        ("not yet", claims_of("nbf", json!(in_seconds(600)))),
        ("nobody", issuer.says(&without(ada(), "sub"))),
        ("nobody's name", claims_of("sub", json!(""))),
        ("a number", claims_of("sub", json!(7))),
        ("a long name", claims_of("sub", json!("a".repeat(400)))),
        ("no JSON", format!("{head}.{}.{signature}", "e30")),
    ];
    for (what, data) in forged {
        let answer = told(&session(&proxy, &data));
        assert_eq!(answer, refused(401, "person-unknown"), "{what}");
    }
}

#[test]
fn a_header_that_is_there_twice_is_none() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let (ada, bob) = (issuer.says(&ada()), issuer.says(&super::bob()));
    for second in [&ada, &bob] {
        let headers = [
            ("Host", HOST),
            ("X-Amzn-Oidc-Data", &ada),
            ("x-amzn-oidc-data", second),
        ];
        let answer = proxy.send("GET", "/api/status", &headers, b"");
        assert_eq!(told(&answer), refused(401, "person-unknown"));
    }
    // What else says who somebody is says nothing.
    for other in ["X-Amzn-Oidc-Identity", "X-Forwarded-User", "Authorization"] {
        let answer = proxy.send("GET", "/api/status", &[("Host", HOST), (other, &ada)], b"");
        assert_eq!(told(&answer), refused(401, "person-unknown"), "{other}");
    }
}

#[test]
fn only_the_public_address_is_answered() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let data = issuer.says(&ada());
    let status = |more: &[(&str, &str)]| {
        let mut headers = vec![("X-Amzn-Oidc-Data", data.as_str())];
        headers.extend(more);
        told(&proxy.send("GET", "/api/status", &headers, b""))
    };
    let own = format!("https://{HOST}");
    for fine in [
        vec![("Host", HOST)],
        vec![("Host", "formsmith.example.com:443")],
        vec![("Host", HOST), ("Origin", &own)],
        // What servers in between add says nothing that is not known.
        vec![
            ("Host", HOST),
            ("X-Forwarded-Host", "evil.example"),
            ("Forwarded", "host=evil.example"),
        ],
    ] {
        assert_eq!(status(&fine).0, 200, "{fine:?}");
    }
    let loopback = proxy.address.to_string();
    for (headers, code) in [
        (vec![("Host", loopback.as_str())], "host-not-allowed"),
        (vec![("Host", "evil.example")], "host-not-allowed"),
        (
            vec![("Host", "formsmith.example.com:80")],
            "host-not-allowed",
        ),
        (
            vec![("Host", HOST), ("Origin", "http://formsmith.example.com")],
            "origin-not-allowed",
        ),
        (
            vec![("Host", HOST), ("Origin", "https://evil.example")],
            "origin-not-allowed",
        ),
        (
            vec![("Host", HOST), ("Origin", "null")],
            "origin-not-allowed",
        ),
        (
            vec![("Host", HOST), ("Sec-Fetch-Site", "cross-site")],
            "site-not-allowed",
        ),
    ] {
        assert_eq!(status(&headers), refused(403, code), "{headers:?}");
    }
}

#[test]
fn the_balancers_cookies_and_tokens_are_neither_counted_nor_sent_on() {
    let (issuer, upstream) = (Issuer::new(), Upstream::answering("{}"));
    let proxy = copy(&issuer, &upstream, "a");
    let visitor = super::Visitor::new(&issuer, &ada(), &proxy);
    let cookies = format!("AWSELBAuthSessionCookie-0={}", "c".repeat(12_000));
    let access = "t".repeat(8_000);
    let more = [
        ("Cookie", cookies.as_str()),
        ("X-Amzn-Oidc-Accesstoken", &access),
    ];
    assert_eq!(visitor.send(&proxy, &find(), &more).status, 200);
    let sent = format!("{:?}", upstream.last()).to_lowercase();
    for word in ["oidc", "cookie", "ccccc", "ttttt", "ada@"] {
        assert!(!sent.contains(word), "{word}: {sent}");
    }
}
