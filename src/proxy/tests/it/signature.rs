//! Every recorded request was signed by AWS's own client: the same credentials, date, host and
//! body give the same signature.

mod oracle;
mod suite;

use formsmith_api::http::HttpRequest;
use formsmith_api::model::Model;
use formsmith_proxy::Credentials;
use formsmith_proxy::sign::{Scope, sign};
use formsmith_test_support::cases;
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn every_recorded_request_gets_the_recorded_signature() {
    let model = Model::embedded().unwrap();
    let credentials = credentials(None);
    let region = cases::json(&cases::root().join("credentials.json"))["region"].clone();
    let exchanges = cases::exchanges();
    assert_eq!(exchanges.len(), 31);
    for (file, case) in exchanges {
        let service = model.service(text(&case["service"])).unwrap();
        let (request, headers) = (recorded(&case["request"]), &case["request"]["headers"]);
        let scope = Scope {
            region: text(&region),
            service: &service.signing_name,
        };
        let time = time(text(&headers["X-Amz-Date"]));
        let added = sign(&request, text(&headers["Host"]), scope, &credentials, time).unwrap();
        let expected = [
            ("x-amz-date", text(&headers["X-Amz-Date"])),
            ("authorization", text(&headers["Authorization"])),
        ];
        assert_eq!(sorted(&added), sorted(&expected), "{file}");
    }
}

#[test]
fn a_session_token_is_sent_and_signed() {
    let (_, case) = cases::exchanges().remove(0);
    let scope = Scope {
        region: "eu-west-1",
        service: "servicecatalog",
    };
    let request = recorded(&case["request"]);
    let credentials = credentials(Some("a+session/token=="));
    let added = sign(&request, "localhost", scope, &credentials, UNIX_EPOCH).unwrap();
    let header = |name: &str| &added.iter().find(|(n, _)| n == name).unwrap().1;
    assert_eq!(header("x-amz-security-token"), "a+session/token==");
    assert!(
        header("authorization").contains("host;x-amz-date;x-amz-security-token"),
        "{added:?}"
    );
    assert!(header("authorization").contains("/19700101/eu-west-1/servicecatalog/aws4_request"));
}

#[test]
fn what_the_signature_covers_changes_it() {
    let (_, case) = cases::exchanges().remove(0);
    let request = recorded(&case["request"]);
    let scope = Scope {
        region: "us-east-1",
        service: "servicecatalog",
    };
    let signature = |request: &HttpRequest, host: &str, scope: Scope<'_>| {
        let added = sign(request, host, scope, &credentials(None), UNIX_EPOCH).unwrap();
        added
            .iter()
            .find(|(n, _)| n == "authorization")
            .unwrap()
            .1
            .clone()
    };
    let other_body = HttpRequest {
        body: b"{}".to_vec(),
        ..request.clone()
    };
    let other_path = HttpRequest {
        path: "/other".into(),
        ..request.clone()
    };
    let other_region = Scope {
        region: "us-east-2",
        ..scope
    };
    let plain = signature(&request, "one", scope);
    assert_eq!(signature(&request, "one", scope), plain);
    assert_ne!(signature(&request, "two", scope), plain);
    assert_ne!(signature(&request, "one", other_region), plain);
    assert_ne!(signature(&other_body, "one", scope), plain);
    assert_ne!(signature(&other_path, "one", scope), plain);
}

/// The key pair that signed the recorded requests.
pub fn credentials(session_token: Option<&str>) -> Credentials {
    let keys = cases::json(&cases::root().join("credentials.json"));
    let mut builder = Credentials::builder()
        .access_key_id(text(&keys["access_key_id"]))
        .secret_access_key(text(&keys["secret_access_key"]))
        .provider_name("recorded");
    builder.set_session_token(session_token.map(str::to_owned));
    builder.build()
}

/// A recorded request as it was before it was signed.
pub fn recorded(request: &Value) -> HttpRequest {
    let header = |name: &str| {
        let value = request["headers"][name].as_str()?;
        Some((name.to_owned(), value.to_owned()))
    };
    HttpRequest {
        host_prefix: String::new(),
        method: text(&request["method"]).into(),
        path: text(&request["path"]).into(),
        headers: ["Content-Type", "X-Amz-Target"]
            .into_iter()
            .filter_map(header)
            .collect(),
        body: text(&request["body"]).into(),
        file: None,
    }
}

/// The time that `20261120T233025Z` stands for.
pub fn time(date: &str) -> SystemTime {
    let digits: Vec<u64> = date
        .chars()
        .filter_map(|c| c.to_digit(10).map(u64::from))
        .collect();
    let number = |at: usize, len: usize| digits[at..at + len].iter().fold(0, |n, d| n * 10 + d);
    let (year, month, day) = (number(0, 4), number(4, 2), number(6, 2));
    let is_leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let lengths = [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let years: u64 = (1970..year)
        .map(|year| 365 + u64::from(is_leap(year)))
        .sum();
    let months: u64 = lengths[..month as usize - 1].iter().sum();
    let days = years + months + day - 1;
    let seconds = number(8, 2) * 3600 + number(10, 2) * 60 + number(12, 2);
    UNIX_EPOCH + Duration::from_secs(days * 86_400 + seconds)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn sorted<T: AsRef<str>>(headers: &[(T, T)]) -> Vec<(String, String)> {
    let mut headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()))
        .collect();
    headers.sort();
    headers
}
