//! The sandbox as other clients meet it: signatures judged, and answers that come late, in part
//! or not at all.

use super::running::{Answer, Running, start};
use super::signing::request;
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::verify::verify;
use formsmith_proxy::{Credentials, sign};
use formsmith_sandbox::Signature;
use formsmith_test_support::cases;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant, SystemTime};

/// A recorded request with all its headers, and the time it was signed at.
fn signed(case: &Value) -> (HttpRequest, SystemTime) {
    let headers = case["request"]["headers"].as_object().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect();
    let request = HttpRequest {
        headers,
        ..signature::recorded(&case["request"])
    };
    let time = signature::time(request.header("X-Amz-Date").unwrap());
    (request, time)
}

#[test]
fn what_awss_own_client_signed_is_judged_right_and_anything_else_wrong() {
    let credentials = signature::credentials(None);
    let other_secret = Credentials::new(credentials.access_key_id(), "other", None, None, "test");
    let other_key = Credentials::new("AKIDOTHER", "other", None, None, "test");
    let with_token = signature::credentials(Some("token"));
    for (file, case) in cases::exchanges() {
        let (request, time) = signed(&case);
        let judge = |request: &HttpRequest, credentials: &Credentials, time| {
            verify(request, case["service"].as_str(), credentials, time)
        };
        let elsewhere = verify(&request, Some("sts"), &credentials, time);
        assert_eq!(elsewhere, Signature::Wrong, "signed for another service");
        assert_eq!(
            judge(&request, &credentials, time),
            Signature::Valid,
            "{file}"
        );
        assert_eq!(judge(&request, &other_secret, time), Signature::Wrong);
        assert_eq!(judge(&request, &other_key, time), Signature::UnknownKey);
        assert_eq!(judge(&request, &with_token, time), Signature::UnknownKey);
        for apart in [Duration::from_secs(301), Duration::from_secs(86_400)] {
            assert_eq!(
                judge(&request, &credentials, time + apart),
                Signature::Expired
            );
            assert_eq!(
                judge(&request, &credentials, time - apart),
                Signature::Expired
            );
        }
        let near = time + Duration::from_secs(299);
        assert_eq!(judge(&request, &credentials, near), Signature::Valid);

        let mut body = request.clone();
        body.body.push(b' ');
        let mut path = request.clone();
        path.path.push('x');
        let mut header = request.clone();
        for (name, value) in &mut header.headers {
            if name == "Content-Type" {
                value.push('x');
            }
        }
        for changed in [body, path, header] {
            assert_eq!(judge(&changed, &credentials, time), Signature::Wrong);
        }
        let without = |gone: &str| HttpRequest {
            headers: (request.headers.iter().filter(|(name, _)| name != gone))
                .cloned()
                .collect(),
            ..request.clone()
        };
        assert_eq!(
            judge(&without("Authorization"), &credentials, time),
            Signature::Missing
        );
        assert_eq!(
            judge(&without("X-Amz-Date"), &credentials, time),
            Signature::Incomplete
        );
        for damaged in [
            "",
            "AWS4-HMAC-SHA256",
            "Bearer x",
            "AWS4-HMAC-SHA256 Credential=a/b",
        ] {
            let mut request = without("Authorization");
            request
                .headers
                .push(("Authorization".into(), damaged.into()));
            assert_eq!(judge(&request, &credentials, time), Signature::Incomplete);
        }
    }
}

#[test]
fn with_credentials_of_its_own_the_sandbox_answers_only_what_they_signed() {
    let credentials = Credentials::new("AKIDSANDBOX", "secret", None, None, "test");
    let given = credentials.clone();
    let proxy = start(|config| config.sandbox_credentials = Some(given));
    let host = proxy.address.to_string();
    let at_path = HttpRequest {
        path: "/sandbox/".into(),
        ..request()
    };
    let send = |added: &[(String, String)]| {
        let headers: Vec<_> = added
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        proxy.console("/sandbox", &request(), &headers)
    };
    let scope = sign::Scope {
        region: "us-east-1",
        service: "servicecatalog",
    };
    let now = SystemTime::now();
    let right = sign::sign(&at_path, &host, scope, &credentials, now).unwrap();
    let other = Credentials::new("AKIDSANDBOX", "guess", None, None, "test");
    let wrong = sign::sign(&at_path, &host, scope, &other, now).unwrap();
    let name = |answer: &Answer| {
        answer.json()["__type"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let unjudged = start(|_| {}).console("/sandbox", &request(), &[]);
    assert_eq!(send(&right).json(), unjudged.json());
    assert!(name(&send(&wrong)).ends_with("#InvalidSignatureException"));
    assert!(name(&send(&[])).ends_with("#MissingAuthenticationTokenException"));
    assert!(!name(&unjudged).contains("Signature"), "nobody looks");
}

fn plan(proxy: &Running, fault: Value) {
    let plan = json!({ "faults": [{ "fault": fault, "times": 1 }] }).to_string();
    let host = proxy.address.to_string();
    let headers = [("Host", host.as_str())];
    let answer = proxy.send("PUT", "/sandbox/_faults", &headers, plan.as_bytes());
    assert_eq!(answer.status, 204, "{answer:?}");
}

/// All that comes back within this time.
fn bytes(proxy: &Running, patience: Duration) -> (Vec<u8>, bool) {
    let own = request();
    let mut stream = TcpStream::connect(proxy.address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    let mut head = format!("POST /sandbox/ HTTP/1.1\r\nHost: {}\r\n", proxy.address);
    for (name, value) in &own.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!(
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        own.body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&own.body).unwrap();
    let mut came = Vec::new();
    let mut part = [0; 4096];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return (came, true),
            Ok(count) => came.extend(&part[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {
                return (came, true);
            }
            Err(_) => return (came, false),
        }
    }
}

#[test]
fn an_answer_can_be_lost_cut_off_late_or_never_come() {
    let proxy = start(|_| {});
    let patience = Duration::from_secs(10);
    let whole = bytes(&proxy, patience).0;
    let length = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let value = text.split("content-length: ").nth(1).unwrap().to_owned();
        value.lines().next().unwrap().parse::<usize>().unwrap()
    };
    let body = |bytes: &[u8]| {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        bytes.len() - end - 4
    };
    assert_eq!(length(&whole), body(&whole));

    plan(&proxy, json!("lost"));
    assert_eq!(bytes(&proxy, patience), (Vec::new(), true));

    plan(&proxy, json!("cut-off"));
    let (half, has_ended) = bytes(&proxy, patience);
    assert!(has_ended && length(&half) > body(&half), "{half:?}");

    plan(&proxy, json!({ "delay": { "ms": 700 } }));
    let started = Instant::now();
    let (late, _) = bytes(&proxy, patience);
    assert!(started.elapsed() >= Duration::from_millis(700));
    assert_eq!(length(&late), body(&late));

    plan(&proxy, json!("hang"));
    let silent = bytes(&proxy, Duration::from_millis(400));
    assert_eq!(silent, (Vec::new(), false));
    assert_eq!(
        length(&bytes(&proxy, patience).0),
        length(&late),
        "and it goes on"
    );
}

#[test]
fn the_console_is_told_of_a_lost_answer_as_of_one_of_aws() {
    let limits = formsmith_proxy::Limits {
        first_byte: Duration::from_millis(300),
        ..Default::default()
    };
    let proxy = start(|config| config.limits = limits);
    for (fault, status, code) in [
        ("lost", 502, "upstream-reset"),
        ("cut-off", 502, "upstream-cut-off"),
        ("hang", 504, "upstream-first-byte-timeout"),
    ] {
        plan(&proxy, json!(fault));
        let answer = proxy.console(super::signing::PREFIX, &request(), &[]);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (status, Some(code))
        );
        assert_eq!(answer.json()["sent"], "unknown");
    }
}

#[test]
fn a_saved_state_may_be_larger_than_a_request() {
    let proxy = start(|_| {});
    let host = proxy.address.to_string();
    let headers = [("Host", host.as_str())];
    let large = vec![b' '; 2 * 1024 * 1024];
    let answer = proxy.send("PUT", "/sandbox/_state", &headers, &large);
    assert_eq!(answer.status, 400, "read, and not understood");
    assert_eq!(answer.json()["code"], "state-not-understood");
    let state = proxy.send("GET", "/sandbox/_state", &headers, b"");
    let loaded = proxy.send("PUT", "/sandbox/_state", &headers, &state.body);
    assert_eq!(loaded.status, 204);
}
