//! Where requests for AWS's services go, by the rules of a folder of models.

use super::models::{service, write};
use super::running::{Running, one, signing, start};
use super::signing::with_token;
use super::upstream::Upstream;
use crate::signature;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Target;
use formsmith_proxy::permits::Permits;
use formsmith_proxy::rules::Choices;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A stand-in for S3 and one for a service that signs in one region, with rules as AWS writes them.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(["places-", name].concat());
    let named = |method: &str, uri: &str, input: &str| json!({ "http": { "method": method, "requestUri": uri }, "input": { "shape": input } });
    let mut operations = json!({
        "GetObject": named("GET", "/{Bucket}/{Key+}", "Object"),
        "PutObject": named("PUT", "/{Bucket}/{Key+}", "Put"),
        "CopyObject": named("PUT", "/{Bucket}/{Key+}", "Copy"),
        "DeleteObject": named("DELETE", "/{Bucket}/{Key+}", "Object"),
        "AbortMultipartUpload": named("DELETE", "/{Bucket}/{Key+}", "Part"),
        "GetObjectAcl": named("GET", "/{Bucket}/{Key+}?acl", "Object"),
        "PutObjectAcl": named("PUT", "/{Bucket}/{Key+}?acl", "Put"),
        "ListObjects": named("GET", "/{Bucket}", "Bucket"),
        "DeleteBucket": named("DELETE", "/{Bucket}", "Bucket"),
        "DeleteBucketPolicy": named("DELETE", "/{Bucket}?policy", "Bucket"),
        "DeleteObjects": named("POST", "/{Bucket}?delete", "Bucket"),
        "ListBuckets": named("GET", "/", "None"),
    });
    for (name, operation) in operations.as_object_mut().unwrap() {
        operation["name"] = name.as_str().into();
    }
    let label = |name: &str| json!({ "shape": "Text", "location": "uri", "locationName": name });
    let header =
        |name: &str| json!({ "shape": "Text", "location": "header", "locationName": name });
    let query =
        |name: &str| json!({ "shape": "Text", "location": "querystring", "locationName": name });
    let object = |more: Value, required: &[&str]| {
        let mut members = json!({ "Bucket": label("Bucket"), "Key": label("Key") });
        members
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let required: Vec<_> = ["Bucket", "Key"].iter().chain(required).collect();
        json!({ "type": "structure", "required": required, "members": members })
    };
    let acl = json!({ "ACL": header("x-amz-acl"), "GrantRead": header("x-amz-grant-read") });
    let mut put = acl.clone();
    put["ObjectLockMode"] = header("x-amz-object-lock-mode");
    put["ObjectLockRetainUntilDate"] = header("x-amz-object-lock-retain-until-date");
    let mut copy = acl;
    copy["CopySource"] = header("x-amz-copy-source");
    let s3 = service(
        json!({ "protocol": "rest-xml", "endpointPrefix": "s3", "apiVersion": "2006-03-01" }),
        operations,
        json!({
            "Text": { "type": "string" },
            "None": { "type": "structure", "members": {} },
            "Bucket": { "type": "structure", "required": ["Bucket"], "members": {
                "Bucket": label("Bucket"), "Prefix": query("prefix"),
            } },
            "Object": object(json!({ "VersionId": query("versionId") }), &[]),
            "Part": object(json!({ "UploadId": query("uploadId") }), &["UploadId"]),
            "Put": object(put, &[]),
            "Copy": object(copy, &["CopySource"]),
        }),
    );
    let iam = service(
        json!({ "protocol": "query", "endpointPrefix": "iam", "apiVersion": "2010-05-08" }),
        json!({ "ListUsers": { "name": "ListUsers", "http": { "method": "POST", "requestUri": "/" } } }),
        json!({}),
    );
    write(&folder, [("s3", s3), ("iam", iam)]);
    ruled(&folder, &[("s3", s3_rules()), ("iam", global_rules())]);
    folder
}

/// Gives services of a folder rules, and the folder partitions.
pub fn ruled(folder: &Path, rules: &[(&str, Value)]) {
    let index = fs::read_to_string(folder.join("index.json")).unwrap();
    let mut index: Value = serde_json::from_str(&index).unwrap();
    fs::create_dir_all(folder.join("endpoints")).unwrap();
    for (at, (name, rules)) in rules.iter().enumerate() {
        index["services"][name]["endpoint"] = json!({ "rules": at, "hostPrefix": name });
        fs::write(
            folder.join(format!("endpoints/{at}.json")),
            rules.to_string(),
        )
        .unwrap();
    }
    fs::write(folder.join("index.json"), index.to_string()).unwrap();
    let partitions = json!({ "partitions": [{
        "id": "aws", "regionRegex": "^(us|eu)-\\w+-\\d+$",
        "regions": { "us-east-1": {}, "eu-west-3": {}, "aws-global": {} },
        "outputs": {
            "dnsSuffix": "aws.invalid", "dualStackDnsSuffix": "dual.aws.invalid",
            "implicitGlobalRegion": "us-east-1", "supportsFIPS": true, "supportsDualStack": true,
        },
    }] });
    fs::write(folder.join("partitions.json"), partitions.to_string()).unwrap();
}

fn set(rules: Value) -> Value {
    json!({
        "version": "1.0",
        "parameters": {
            "Region": { "type": "string", "builtIn": "AWS::Region", "required": true },
            "Endpoint": { "type": "string", "builtIn": "SDK::Endpoint" },
            "UseFIPS": { "type": "boolean", "builtIn": "AWS::UseFIPS", "required": true, "default": false },
            "UseDualStack": { "type": "boolean", "builtIn": "AWS::UseDualStack", "required": true, "default": false },
            "HostPrefix": { "type": "string", "required": true },
            "Bucket": { "type": "string" },
        },
        "rules": rules,
    })
}

fn is(name: &str) -> Value {
    json!({ "fn": "booleanEquals", "argv": [{ "ref": name }, true] })
}

fn given() -> Value {
    json!({
        "type": "endpoint",
        "conditions": [{ "fn": "isSet", "argv": [{ "ref": "Endpoint" }] }],
        "endpoint": { "url": { "ref": "Endpoint" } },
    })
}

fn partition() -> Value {
    json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "P" })
}

fn s3_rules() -> Value {
    let bucket = json!({ "fn": "isSet", "argv": [{ "ref": "Bucket" }] });
    let is_label =
        json!({ "fn": "aws.isVirtualHostableS3Bucket", "argv": [{ "ref": "Bucket" }, false] });
    let arn = json!({ "fn": "aws.parseArn", "argv": [{ "ref": "Bucket" }], "assign": "A" });
    let signed = json!({ "authSchemes": [{
        "name": "sigv4", "signingName": "s3", "signingRegion": "{Region}", "disableDoubleEncoding": true,
    }] });
    let modern = json!({ "authSchemes": [{ "name": "sigv4a", "signingRegionSet": ["*"] }] });
    let to = |conditions: Value, url: &str, properties: &Value| json!({ "type": "endpoint", "conditions": conditions, "endpoint": { "url": url, "properties": properties } });
    let mut rules = set(json!([
        given(),
        { "type": "tree", "conditions": [partition()], "rules": [
            to(json!([bucket, arn, { "fn": "stringEquals", "argv": ["{A#region}", ""] }]),
                "https://many.global.{P#dnsSuffix}", &modern),
            { "type": "error", "error": "ARNs of `{A#service}` are not for this", "conditions": [bucket, arn] },
            to(json!([bucket, is_label, is("UseFIPS")]), "https://{Bucket}.s3-fips.{Region}.{P#dnsSuffix}", &signed),
            to(json!([bucket, is_label, is("UseDualStack")]), "https://{Bucket}.s3.{Region}.{P#dualStackDnsSuffix}", &signed),
            to(json!([bucket, is_label]), "https://{Bucket}.s3.{Region}.{P#dnsSuffix}", &signed),
            { "type": "tree",
                "conditions": [bucket, { "fn": "uriEncode", "argv": [{ "ref": "Bucket" }], "assign": "E" }],
                "rules": [to(json!([]), "https://s3.{Region}.{P#dnsSuffix}/{E}", &signed)] },
            to(json!([]), "https://s3.{Region}.{P#dnsSuffix}", &signed),
        ] },
    ]));
    let names = "GetObject PutObject CopyObject DeleteObject AbortMultipartUpload GetObjectAcl \
                 PutObjectAcl ListObjects DeleteBucket DeleteBucketPolicy DeleteObjects";
    let contexts = names.split_whitespace();
    let contexts = contexts.map(|name| (name.to_owned(), json!({ "Bucket": "Bucket" })));
    rules["contexts"] = Value::Object(contexts.collect());
    rules
}

fn global_rules() -> Value {
    let scheme = json!({ "authSchemes": [
        { "name": "sigv4a", "signingRegionSet": ["*"] },
        { "name": "sigv4", "signingRegion": "{P#implicitGlobalRegion}" },
    ] });
    let to = |conditions: Value, url: &str| json!({ "type": "endpoint", "conditions": conditions, "endpoint": { "url": url, "properties": scheme } });
    set(json!([
        given(),
        to(json!([partition()]), "https://{HostPrefix}.{P#dnsSuffix}"),
    ]))
}

/// A proxy that would send to AWS.
fn to_aws(name: &str, choices: Choices) -> Running {
    start(|config| {
        let mut target = signing("http://127.0.0.1:1", signature::credentials(None), true);
        if let Target::Aws(upstream) = &mut target {
            upstream.endpoint = None;
            upstream.choices = choices;
            upstream.permits = Permits::all();
        }
        config.target = target;
        config.models = Some(folder(name));
    })
}

fn to_endpoint(name: &str, upstream: &Upstream) -> Running {
    permitting(name, upstream, Permits::all())
}

/// A proxy that sends what is permitted to an endpoint of the test's.
pub fn permitting(name: &str, upstream: &Upstream, permits: Permits) -> Running {
    start(|config| {
        let mut target = signing(&upstream.url(), signature::credentials(None), false);
        if let Target::Aws(upstream) = &mut target {
            upstream.permits = permits;
        }
        config.target = target;
        config.models = Some(folder(name));
    })
}

pub fn ask(method: &str, path: &str, operation: &str) -> HttpRequest {
    HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: path.into(),
        headers: vec![("X-Formsmith-Operation".into(), operation.into())],
        body: Vec::new(),
        file: None,
    }
}

pub const S3: &str = "/api/s3/eu-west-3";

#[test]
fn hosts_and_what_is_signed_for_come_from_the_rules() {
    let hosts = |name: &str, choices: Choices| {
        let proxy = to_aws(name, choices);
        move |path: &str| {
            let operation = ["ListObjects", "ListBuckets"][usize::from(path == "/")];
            let answer = proxy.propose(&one(S3, &ask("GET", path, operation)));
            let told = answer.json();
            match told["host"].as_str() {
                Some(host) => format!("{host} {} {}", told["signingRegion"], told["signingName"]),
                None => told["code"].as_str().unwrap().to_owned(),
            }
        }
    };
    let plain = hosts("hosts", Choices::default());
    for (path, host) in [
        ("/", "s3.eu-west-3.aws.invalid"),
        ("/books", "books.s3.eu-west-3.aws.invalid"),
        ("/books?prefix=a", "books.s3.eu-west-3.aws.invalid"),
        ("/b.ooks", "s3.eu-west-3.aws.invalid"),
        ("/Books", "s3.eu-west-3.aws.invalid"),
    ] {
        assert_eq!(
            plain(path),
            format!("{host} \"eu-west-3\" \"s3\""),
            "{path}"
        );
    }
    let fips = hosts(
        "fips",
        Choices {
            fips: true,
            dual_stack: false,
        },
    );
    assert_eq!(
        fips("/books"),
        "books.s3-fips.eu-west-3.aws.invalid \"eu-west-3\" \"s3\""
    );
    let dual = hosts(
        "dual",
        Choices {
            fips: false,
            dual_stack: true,
        },
    );
    assert_eq!(
        dual("/books"),
        "books.s3.eu-west-3.dual.aws.invalid \"eu-west-3\" \"s3\""
    );
    // An ARN that no rule takes, and one for which another signature is needed.
    for arn in [
        "arn%3Aaws%3Asqs%3Aeu-west-3%3A1%3Aqueue",
        "arn%3Aaws%3As3%3A%3A%3Amany",
    ] {
        assert_eq!(plain(&format!("/{arn}")), "endpoint-refused", "{arn}");
    }
}

#[test]
fn a_service_with_one_host_is_signed_for_the_region_of_its_partition() {
    let proxy = to_aws("global", Choices::default());
    let mut list = ask("POST", "/", "ListUsers");
    list.body = b"Action=ListUsers&Version=2010-05-08".to_vec();
    let told = proxy.propose(&one("/api/iam/eu-west-3", &list)).json();
    assert_eq!(told["host"], "iam.aws.invalid", "{told}");
    assert_eq!(told["signingRegion"], "us-east-1");
    assert_eq!(told["region"], "eu-west-3");
}

#[test]
fn a_request_goes_to_the_host_that_was_proposed() {
    let proxy = to_aws("sent", Choices::default());
    let answer = proxy.reviewed(S3, &ask("GET", "/books/a/b", "GetObject"), &[]);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("books.s3.eu-west-3.aws.invalid"),
        "{message}"
    );
}

#[test]
fn regions_are_those_of_the_folder() {
    let proxy = to_aws("regions", Choices::default());
    for region in ["eu-west-1", "us-east-2", "aws-global", "a-b-99"] {
        let request = ask("GET", "/books", "ListObjects");
        let answer = proxy.console(&format!("/api/s3/{region}"), &request, &with_token(&[]));
        assert_eq!(
            answer.code().as_deref(),
            Some("region-not-allowed"),
            "{region}"
        );
    }
}

#[test]
fn an_endpoint_that_was_given_gets_all_in_path_style() {
    let upstream = Upstream::answering("<a/>");
    let proxy = to_endpoint("given", &upstream);
    let told = proxy
        .propose(&one(S3, &ask("GET", "/books/a", "GetObject")))
        .json();
    assert_eq!(told["host"], upstream.address.to_string());
    let put = ask("PUT", "/books/a%20b", "PutObject");
    assert_eq!(proxy.reviewed(S3, &put, &[]).status, 200);
    let sent = &upstream.received()[0];
    assert_eq!(sent.line, "PUT /books/a%20b HTTP/1.1");
    assert!(
        sent.header("Authorization")
            .contains("/eu-west-3/s3/aws4_request")
    );
}

#[test]
fn of_operations_with_one_address_each_needs_what_tells_it_apart() {
    let upstream = Upstream::answering("");
    let proxy = to_endpoint("apart", &upstream);
    // Without the id of an upload this deletes the object.
    let abort = ask("DELETE", "/books/a", "AbortMultipartUpload");
    assert_eq!(
        proxy.reviewed(S3, &abort, &[]).code().as_deref(),
        Some("not-sendable")
    );
    // Without a source this puts an empty object.
    let copy = ask("PUT", "/books/a", "CopyObject");
    assert_eq!(
        proxy.reviewed(S3, &copy, &[]).code().as_deref(),
        Some("not-sendable")
    );
    // A source that the operation doesn't have doesn't travel.
    let mut put = ask("PUT", "/books/a", "PutObject");
    put.body = b"a".to_vec();
    let answer = proxy.reviewed(S3, &put, &[("x-amz-copy-source", "/other/secret")]);
    assert_eq!(answer.status, 200);
    let received = upstream.received();
    assert_eq!(received.len(), 1);
    assert!(
        !received[0]
            .headers
            .iter()
            .any(|(name, _)| name.contains("copy-source"))
    );
}

#[test]
fn what_another_may_read_in_a_path_is_not_signed() {
    let upstream = Upstream::answering("");
    let proxy = to_endpoint("paths", &upstream);
    for (method, path, operation) in [
        ("DELETE", "/books%2Fa", "DeleteBucket"),
        ("GET", "/books%2fa", "ListObjects"),
        ("GET", "/books/../other", "GetObject"),
        ("GET", "/books/%2e%2e/other", "GetObject"),
        ("GET", "/books/%252e%252e/other", "GetObject"),
        ("GET", "/..", "ListObjects"),
        ("PUT", "/books/a?%61cl", "PutObject"),
        ("PUT", "/books/a?acl", "PutObject"),
        ("DELETE", "/books?policy&acl", "DeleteBucketPolicy"),
        ("DELETE", "/books?policy&policy", "DeleteBucketPolicy"),
        ("POST", "/books?Delete", "DeleteObjects"),
        ("DELETE", "/books?delete", "DeleteBucket"),
    ] {
        let answer = proxy.reviewed(S3, &ask(method, path, operation), &[]);
        assert_eq!(
            answer.code().as_deref(),
            Some("operation-not-allowed"),
            "{method} {path}"
        );
    }
    assert_eq!(upstream.received().len(), 0);
}
