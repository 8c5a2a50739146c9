//! A folder of models (`--models`): what may be sent of it, and where.

use super::running::{Running, signing, start};
use super::signing::{request, with_token};
use super::upstream::{Then, Upstream};
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Target;
use formsmith_proxy::permits::Permits;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A service of the query protocol, one of restXml, and one that has the name of a built-in service.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(["models-", name].concat());
    let shop = service(
        json!({ "protocol": "query", "endpointPrefix": "shop", "apiVersion": "2020-01-01" }),
        json!({
            "Buy": { "name": "Buy", "http": { "method": "POST", "requestUri": "/" } },
            "List": { "name": "List", "http": { "method": "POST", "requestUri": "/" }, "readonly": true },
        }),
        json!({}),
    );
    let shelf = service(
        json!({ "protocol": "rest-xml", "endpointPrefix": "shelf", "apiVersion": "2020-01-01" }),
        json!({
            "Put": {
                "name": "Put",
                "http": { "method": "PUT", "requestUri": "/{Id+}" },
                "input": { "shape": "Book" }, "output": { "shape": "Placed" },
            },
            "Copy": {
                "name": "Copy",
                "http": { "method": "PUT", "requestUri": "/{Id+}" },
                "input": { "shape": "Book" },
            },
            "Lend": {
                "name": "Lend",
                "http": { "method": "POST", "requestUri": "/lend" },
                "input": { "shape": "Loan" },
            },
        }),
        json!({
            "Text": { "type": "string" },
            "Texts": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Text" } },
            "Book": { "type": "structure", "required": ["Id"], "members": {
                "Id": { "shape": "Text", "location": "uri", "locationName": "Id" },
                "Colour": { "shape": "Text", "location": "header", "locationName": "x-shelf-colour" },
                "Packed": { "shape": "Text", "location": "header", "locationName": "Content-Encoding" },
                "Cookie": { "shape": "Text", "location": "header", "locationName": "Cookie" },
                "Notes": { "shape": "Texts", "location": "headers", "locationName": "x-shelf-note-" },
                "Row": { "shape": "Text", "location": "querystring", "locationName": "the row" },
            } },
            "Loan": { "type": "structure", "members": {
                "Terms": { "shape": "Texts", "location": "querystring", "locationName": "terms" },
            } },
            "Placed": { "type": "structure", "members": {
                "Row": { "shape": "Text", "location": "header", "locationName": "x-shelf-row" },
                "Set": { "shape": "Text", "location": "header", "locationName": "Set-Cookie" },
            } },
        }),
    );
    let catalog = service(
        json!({
            "protocol": "json", "jsonVersion": "1.1", "endpointPrefix": "servicecatalog",
            "targetPrefix": "AWS242ServiceCatalogService", "apiVersion": "2015-12-10",
        }),
        json!({
            "DeletePortfolio": { "name": "DeletePortfolio", "http": { "method": "POST", "requestUri": "/" } },
        }),
        json!({}),
    );
    write(
        &folder,
        [
            ("shop", shop),
            ("shelf", shelf),
            ("servicecatalog", catalog),
        ],
    );
    folder
}

/// A folder with these services. One that is there several times has a file for each.
pub fn write<const COUNT: usize>(folder: &Path, services: [(&str, Value); COUNT]) {
    let mut index = json!({ "services": {} });
    for (name, model) in services {
        let of_service = folder.join("services").join(name);
        fs::create_dir_all(&of_service).unwrap();
        let names: Vec<_> = model["operations"].as_object().unwrap().keys().collect();
        let listed = &mut index["services"][name];
        let mut files = listed["operations"].as_array().cloned().unwrap_or_default();
        let file = of_service.join(format!("{}.json", files.len()));
        fs::write(file, model.to_string()).unwrap();
        files.push(json!(names));
        *listed = json!({ "title": name, "operations": files });
    }
    fs::write(folder.join("index.json"), index.to_string()).unwrap();
}

pub fn service(metadata: Value, operations: Value, shapes: Value) -> Value {
    let mut metadata = metadata;
    metadata["serviceId"] = metadata["endpointPrefix"].clone();
    metadata["signatureVersion"] = "v4".into();
    json!({ "metadata": metadata, "operations": operations, "shapes": shapes })
}

pub fn proxy(upstream: &Upstream, models: &Path, allow_write: bool) -> Running {
    start(|config| {
        let mut target = signing(&upstream.url(), signature::credentials(None), allow_write);
        if let Target::Aws(upstream) = &mut target
            && allow_write
        {
            upstream.permits = Permits::all();
        }
        config.target = target;
        config.models = Some(models.to_owned());
    })
}

fn post(operation: &str, body: &str) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: "POST".into(),
        path: "/".into(),
        headers: vec![
            (
                "Content-Type".into(),
                "application/x-www-form-urlencoded; charset=utf-8".into(),
            ),
            ("X-Formsmith-Operation".into(), operation.into()),
        ],
        body: body.into(),
        file: None,
    }
}

fn put(operation: &str, more: &[(&str, &str)]) -> HttpRequest {
    let mut headers = vec![
        ("Content-Type".to_owned(), "text/plain".to_owned()),
        ("X-Formsmith-Operation".to_owned(), operation.to_owned()),
    ];
    headers.extend(
        more.iter()
            .map(|(name, value)| ((*name).into(), (*value).into())),
    );
    HttpRequest {
        host_prefix: String::new(),
        method: "PUT".into(),
        path: "/a/b".into(),
        headers,
        body: b"text".to_vec(),
        file: None,
    }
}

const SHOP: &str = "/api/shop/us-east-1";
const SHELF: &str = "/api/shelf/us-east-1";
const BUY: &str = "Action=Buy&Version=2020-01-01&Id=1";

#[test]
fn an_operation_of_the_folder_is_signed_for_the_endpoint_once_it_is_agreed_to() {
    let folder = folder("agreed");
    let upstream = Upstream::answering("<BuyResponse/>");
    let proxy = proxy(&upstream, &folder, true);
    let answer = proxy.console(SHOP, &post("Buy", BUY), &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("consent-missing"));
    let target = [("X-Amz-Target", "Shop.List")];
    assert_eq!(proxy.reviewed(SHOP, &post("Buy", BUY), &target).status, 200);
    let received = upstream.received();
    let [sent] = received.as_slice() else {
        panic!("{received:?}");
    };
    assert_eq!(sent.line, "POST / HTTP/1.1");
    assert_eq!(sent.body, BUY.as_bytes());
    assert!(
        sent.header("Authorization")
            .contains("/us-east-1/shop/aws4_request")
    );
    // Neither the proxy's own, nor what another protocol would route by.
    let own = |(name, _): &(String, String)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("x-formsmith") || name == "x-amz-target"
    };
    assert!(!sent.headers.iter().any(own), "{sent:?}");
}

#[test]
fn the_body_of_the_query_protocol_names_the_operation_that_was_agreed_to() {
    let folder = folder("body");
    let upstream = Upstream::answering("<BuyResponse/>");
    let proxy = proxy(&upstream, &folder, true);
    for (operation, body) in [
        ("Buy", "Action=List&Version=2020-01-01"),
        ("Buy", "Action=Buy&Action=List&Version=2020-01-01"),
        ("Buy", "%41ction=List&Action=Buy&Version=2020-01-01"),
        ("Buy", "X=1;Action=List;&Action=Buy&Version=2020-01-01"),
        ("Buy", "action=List&Action=Buy&Version=2020-01-01"),
        ("Buy", "Action%00=List&Action=Buy&Version=2020-01-01"),
        ("Buy", "%EF%BB%BFAction=List&Action=Buy&Version=2020-01-01"),
        ("Buy", "Action=Buy&Version=2020-01-01&+Version=2019-01-01"),
        ("Buy", "Action=Buy&Version=2019-01-01"),
        ("Buy", "Action=Buy"),
        ("Buy", ""),
        ("Sell", "Action=Sell&Version=2020-01-01"),
        ("", BUY),
    ] {
        let answer = proxy.reviewed(SHOP, &post(operation, body), &[]);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (403, Some("operation-not-allowed")),
            "{operation} {body}"
        );
    }
    let mut deeper = post("Buy", BUY);
    deeper.path = "/?Action=List".into();
    let answer = proxy.reviewed(SHOP, &deeper, &[]);
    assert_eq!(answer.code().as_deref(), Some("operation-not-allowed"));
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn nothing_of_the_folder_is_sent_to_aws_or_taken_for_a_read() {
    let folder = folder("endpoint");
    let upstream = Upstream::answering("<ListResponse/>");
    let reading = proxy(&upstream, &folder, false);
    let list = post("List", "Action=List&Version=2020-01-01");
    let answer = reading.console(SHOP, &list, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("write-not-allowed"));
    let without_endpoint = start(|config| {
        let mut target = signing(&upstream.url(), signature::credentials(None), true);
        if let Target::Aws(upstream) = &mut target {
            upstream.endpoint = None;
        }
        config.target = target;
        config.models = Some(folder.clone());
    });
    for (prefix, request) in [(SHOP, list), (SHELF, put("Put", &[]))] {
        let answer = without_endpoint.reviewed(prefix, &request, &[]);
        assert_eq!(answer.code().as_deref(), Some("service-not-allowed"));
        assert!(
            answer.json()["action"]
                .as_str()
                .unwrap()
                .contains("--endpoint")
        );
    }
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn only_the_headers_that_the_operation_binds_travel() {
    let folder = folder("headers");
    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nx-shelf-row: 7\r\nSet-Cookie: a=b\r\nx-shelf-other: 1\r\n\r\n";
    let upstream = Upstream::start(answer, Then::Close);
    let proxy = proxy(&upstream, &folder, true);
    let more = [
        ("x-shelf-colour", "blue"),
        ("x-shelf-note-a", "1"),
        ("Content-Encoding", "zstd"),
    ];
    // Nobody agrees to what does not travel.
    let others = [("x-shelf-size", "9"), ("Cookie", "a=b")];
    let answer = proxy.reviewed(SHELF, &put("Put", &more), &others);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("x-shelf-row"), Some("7"));
    assert_eq!(answer.header("x-shelf-other"), None);
    assert_eq!(answer.header("Set-Cookie"), None);
    let received = upstream.received();
    let sent = &received[0];
    assert_eq!(
        (sent.header("x-shelf-colour"), sent.header("x-shelf-note-a")),
        ("blue", "1")
    );
    assert_eq!(sent.header("Content-Encoding"), "zstd");
    for name in ["x-shelf-size", "cookie"] {
        assert!(
            !sent
                .headers
                .iter()
                .any(|(own, _)| own.eq_ignore_ascii_case(name)),
            "{sent:?}"
        );
    }
}

#[test]
fn of_two_operations_with_one_address_only_the_one_that_is_named_is_sent() {
    let folder = folder("address");
    let upstream = Upstream::answering("");
    let proxy = proxy(&upstream, &folder, true);
    let mut unnamed = put("Put", &[]);
    unnamed.headers.remove(1);
    for request in [unnamed, put("Delete", &[])] {
        let answer = proxy.reviewed(SHELF, &request, &[]);
        assert_eq!(answer.code().as_deref(), Some("operation-not-allowed"));
    }
    for query in ["?", "?column=1", "?the%20row=1&column=1", "?the%20row=1&"] {
        let mut other = put("Put", &[]);
        other.path += query;
        let answer = proxy.reviewed(SHELF, &other, &[]);
        assert_eq!(
            answer.code().as_deref(),
            Some("operation-not-allowed"),
            "{query}"
        );
    }
    let mut get = put("Put", &[]);
    get.method = "GET".into();
    let answer = proxy.reviewed(SHELF, &get, &[]);
    assert_eq!(answer.code().as_deref(), Some("operation-not-allowed"));
    assert_eq!(upstream.received().len(), 0);
    let mut copy = put("Copy", &[]);
    copy.path += "?the%20row=1";
    assert_eq!(proxy.reviewed(SHELF, &copy, &[]).status, 200);
}

#[test]
fn a_map_that_the_query_has_may_name_any_parameter() {
    let folder = folder("map");
    let upstream = Upstream::answering("");
    let proxy = proxy(&upstream, &folder, true);
    let mut lend = put("Lend", &[]);
    lend.method = "POST".into();
    lend.path = "/lend?weeks=3&to=me".into();
    assert_eq!(proxy.reviewed(SHELF, &lend, &[]).status, 200);
    assert_eq!(
        upstream.received()[0].line,
        "POST /lend?weeks=3&to=me HTTP/1.1"
    );
}

#[test]
fn a_built_in_operation_stays_as_it_is_beside_a_folder_with_its_service() {
    let folder = folder("built-in");
    let upstream = Upstream::answering("{}");
    let proxy = proxy(&upstream, &folder, true);
    let prefix = "/api/servicecatalog/us-east-1";
    assert_eq!(proxy.reviewed(prefix, &request(), &[]).status, 200);
    let mut other = request();
    for (name, value) in &mut other.headers {
        if name.eq_ignore_ascii_case("X-Amz-Target") {
            *value = "AWS242ServiceCatalogService.DeletePortfolio".into();
        }
    }
    let answer = proxy.console(prefix, &other, &with_token(&[]));
    assert_eq!(answer.code().as_deref(), Some("consent-missing"));
    assert_eq!(proxy.reviewed(prefix, &other, &[]).status, 200);
    assert_eq!(upstream.received().len(), 2);
}

#[test]
fn a_name_that_the_index_does_not_have_is_no_path() {
    let folder = folder("paths");
    fs::write(folder.join("0.json"), "{}").unwrap();
    let upstream = Upstream::answering("");
    let proxy = proxy(&upstream, &folder, true);
    for name in ["..", "%2e%2e", "shop%2f..", "SHOP"] {
        let answer = proxy.console(
            &format!("/api/{name}/us-east-1"),
            &post("Buy", BUY),
            &with_token(&[]),
        );
        assert!(matches!(answer.status, 400..=404), "{name}: {answer:?}");
    }
    fs::write(folder.join("services/shop/0.json"), "{").unwrap();
    let answer = proxy.reviewed(SHOP, &post("Buy", BUY), &[]);
    assert_eq!(answer.code().as_deref(), Some("service-not-allowed"));
    assert!(
        answer.json()["action"]
            .as_str()
            .unwrap()
            .contains("make models")
    );
    assert_eq!(upstream.received().len(), 0);
}
