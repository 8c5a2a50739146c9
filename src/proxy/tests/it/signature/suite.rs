//! The signing test suite that comes with the crate `aws-sigv4`, against our settings of it.

use super::time;
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Credentials;
use formsmith_proxy::sign::{Scope, sign};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const AS_IT_STANDS: &str = "signs the path without normalizing it, which only S3 wants";
const BODY_HASH: &str = "sends the body's hash as a header, which only S3 wants";
const ONCE_ENCODED: &str = "encodes the path once, which only S3 wants";
const NO_CONTEXT: &str = "does not say when, for what and with which keys it was signed";

/// What is not run, and what each of these does that our requests never do.
const LEFT_OUT: [(&str, &str); 14] = [
    ("double-encode-path", NO_CONTEXT),
    ("double-url-encode", NO_CONTEXT),
    (
        "get-header-value-multiline",
        "folds a header over lines, which HTTP forbids",
    ),
    ("get-relative-relative-unnormalized", AS_IT_STANDS),
    ("get-relative-unnormalized", AS_IT_STANDS),
    ("get-slash-dot-slash-unnormalized", AS_IT_STANDS),
    ("get-slash-pointless-dot-unnormalized", AS_IT_STANDS),
    ("get-slash-unnormalized", AS_IT_STANDS),
    ("get-slashes-unnormalized", AS_IT_STANDS),
    ("get-space-normalized", ONCE_ENCODED),
    (
        "get-space-unnormalized",
        "has a bare space in its path, which HTTP forbids",
    ),
    (
        "post-sts-header-after",
        "leaves the session token out of the signature",
    ),
    ("post-x-www-form-urlencoded", BODY_HASH),
    ("post-x-www-form-urlencoded-parameters", BODY_HASH),
];

#[test]
fn the_suite_of_the_signing_crate_agrees_with_our_signatures() {
    let mut names: Vec<String> = fs::read_dir(suite())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for (name, why) in LEFT_OUT {
        let at = names.iter().position(|case| case == name);
        names.remove(at.unwrap_or_else(|| panic!("{name}, which {why}, is not in the suite")));
    }
    let wrong: Vec<String> = names.iter().filter_map(|name| departure(name)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(names.len(), 26);
}

/// How our signed request departs from the suite's; `None` if it does not.
fn departure(name: &str) -> Option<String> {
    let folder = suite().join(name);
    let context: Value = serde_json::from_str(&read(&folder.join("context.json"))).unwrap();
    let of = |value: &Value, member: &str| value[member].as_str().unwrap().to_owned();
    let keys = &context["credentials"];
    let mut credentials = Credentials::builder()
        .access_key_id(of(keys, "access_key_id"))
        .secret_access_key(of(keys, "secret_access_key"))
        .provider_name("suite");
    credentials.set_session_token(keys["token"].as_str().map(str::to_owned));

    let mut request = parsed(&read(&folder.join("request.txt")));
    let at = request.headers.iter().position(|(name, _)| name == "Host");
    let (_, host) = request.headers.remove(at.unwrap());
    let scope = Scope {
        region: &of(&context, "region"),
        service: &of(&context, "service"),
    };
    let date = time(&of(&context, "timestamp"));
    let added = match sign(&request, &host, scope, &credentials.build(), date) {
        Ok(added) => added,
        Err(error) => return Some(format!("{name}: {error}")),
    };

    let mut signed = request.headers;
    signed.push(("Host".into(), host));
    signed.extend(added);
    let expected = parsed(&read(&folder.join("header-signed-request.txt"))).headers;
    let (signed, expected) = (lower(signed), lower(expected));
    (signed != expected).then(|| format!("{name}:\n{signed:#?}\nexpected:\n{expected:#?}"))
}

/// Reads `GET /path HTTP/1.1`, headers as `Name:value`, an empty line and a body.
fn parsed(text: &str) -> HttpRequest {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, rest) = lines.next().unwrap().split_once(' ').unwrap();
    let path = rest.strip_suffix(" HTTP/1.1").unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.trim().to_owned())
    };
    HttpRequest {
        host_prefix: String::new(),
        method: method.into(),
        path: path.into(),
        headers: lines.map(header).collect(),
        body: body.into(),
        file: None,
    }
}

fn lower(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut headers: Vec<_> = headers
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect();
    headers.sort();
    headers
}

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

/// The suite lies in the crate's source, wherever Cargo keeps that.
fn suite() -> &'static Path {
    static SUITE: std::sync::OnceLock<PathBuf> = std::sync::OnceLock::new();
    SUITE.get_or_init(|| {
        let about = cargo(&["-vV"]);
        let host = about.lines().find_map(|line| line.strip_prefix("host: "));
        let platform = ["--filter-platform", host.expect("cargo names its host")];
        let command = ["metadata", "--offline", "--locked", "--format-version", "1"];
        let metadata: Value = serde_json::from_str(&cargo(&[&command[..], &platform].concat()))
            .expect("cargo metadata writes JSON");
        let packages = metadata["packages"].as_array().unwrap();
        let mut found = packages.iter().filter(|it| it["name"] == "aws-sigv4");
        let (package, none) = (found.next().expect("a dependency"), found.next());
        assert!(none.is_none(), "aws-sigv4 in two versions");
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        manifest.with_file_name("aws-signing-test-suite/v4")
    })
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
