//! Where credentials come from.

use crate::endpoint::{ARN, Endpoint, answer, ok};
use crate::request::{Change, body, reviewed};
use crate::running::{Running, folder, signing};
use serde_json::json;
use std::fs::write;
use std::path::Path;
use std::process::Command;

/// What a credential process, a container and an instance answer, each in its own words.
pub const FROM_PROCESS: &str = r#"{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"s",
    "SessionToken":"t","Expiration":"2099-01-01T00:00:00Z"}"#;
const FROM_CONTAINER: &str = r#"{"AccessKeyId":"AKIDCONTAINER","SecretAccessKey":"s",
    "Token":"t","Expiration":"2099-01-01T00:00:00Z"}"#;
const FROM_INSTANCE: &str = r#"{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"AKIDINSTANCE",
    "SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z",
    "LastUpdated":"2026-01-01T00:00:00Z"}"#;

pub fn aws() -> Endpoint {
    Endpoint::aws(|| ok("{}"))
}

/// A proxy with a configuration file of this text.
pub fn configured(aws: &Endpoint, folder: &Path, text: &str) -> Command {
    let file = folder.join("config");
    write(&file, text).unwrap();
    let mut command = signing(&aws.url());
    command.env("AWS_CONFIG_FILE", file);
    command
}

/// Which key signs what this proxy sends.
pub fn key(aws: &Endpoint, command: &mut Command) -> String {
    let proxy = Running::start(command);
    let identity = proxy.status()["identity"].clone();
    assert_eq!(identity["label"], ARN, "{identity}");
    let sent = proxy.send(&reviewed(&proxy));
    assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
    let keys: Vec<_> = aws
        .received()
        .iter()
        .map(|received| received.key().to_owned())
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    assert_eq!(keys[0], keys[1], "STS is asked about the key that signs");
    keys[0].clone()
}

/// Why this proxy has no credentials: what a change is answered, which is what the status says.
pub fn refusal(aws: &Endpoint, command: &mut Command) -> serde_json::Value {
    let proxy = Running::start(command);
    let told = proxy.status()["identity"]["error"].clone();
    let refusal = body(&proxy.send(&Change::new().proposal(&proxy)));
    assert_eq!((&told, &refusal["sent"]), (&refusal, &json!("no")));
    assert!(aws.received().is_empty(), "nothing is sent");
    refusal
}

#[test]
fn the_environment_is_a_source() {
    let aws = aws();
    let mut command = signing(&aws.url());
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT")
        .env("AWS_SECRET_ACCESS_KEY", "s");
    assert_eq!(key(&aws, &mut command), "AKIDENVIRONMENT");
}

const PROFILES: &str = "\
[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = s
region = eu-west-1
[profile demo]
aws_access_key_id = AKIDDEMO
aws_secret_access_key = s
region = eu-west-2
";

#[test]
fn a_profile_that_is_named_is_the_only_source() {
    let folder = folder("profile");
    for (arguments, environment, expected, region) in [
        (&[][..], &[][..], "AKIDDEFAULT", "eu-west-1"),
        (&[], &[("AWS_PROFILE", "demo")], "AKIDDEMO", "eu-west-2"),
        (
            &["--profile", "demo"],
            &[
                ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
                ("AWS_SECRET_ACCESS_KEY", "s"),
                ("AWS_REGION", "eu-west-3"),
            ],
            "AKIDDEMO",
            "eu-west-2",
        ),
        (
            &[],
            &[
                ("AWS_ACCESS_KEY_ID", "AKIDENVIRONMENT"),
                ("AWS_SECRET_ACCESS_KEY", "s"),
                ("AWS_REGION", "eu-west-3"),
            ],
            "AKIDENVIRONMENT",
            "eu-west-3",
        ),
    ] {
        let aws = aws();
        let mut command = configured(&aws, &folder, PROFILES);
        command.args(arguments).envs(environment.iter().copied());
        assert_eq!(key(&aws, &mut command), expected);
        let proxy = Running::start(&mut command);
        assert_eq!(proxy.status()["region"], region);
    }
}

#[test]
fn a_profile_that_does_not_exist_is_named() {
    let folder = folder("no-profile");
    let aws = aws();
    let mut command = configured(&aws, &folder, PROFILES);
    let failure = refusal(&aws, command.args(["--profile", "elsewhere"]));
    assert_eq!(failure["code"], "no-credentials");
    assert!(failure.to_string().contains("elsewhere"), "{failure}");
}

#[test]
fn a_credential_process_is_a_source() {
    let folder = folder("process");
    let answer = folder.join("answer.json");
    write(&answer, FROM_PROCESS).unwrap();
    let aws = aws();
    let text = format!("[default]\ncredential_process = cat {}\n", answer.display());
    let key = key(&aws, &mut configured(&aws, &folder, &text));
    assert_eq!(key, "AKIDPROCESS");
    assert_eq!(aws.received()[0].header("X-Amz-Security-Token"), Some("t"));
}

#[test]
fn a_credential_process_that_fails_is_told_without_its_own_words() {
    let folder = folder("failing-process");
    let aws = aws();
    let text = "[default]\ncredential_process = sh -c 'echo hunter2; echo hunter2 >&2; exit 1'\n";
    let failure = refusal(&aws, &mut configured(&aws, &folder, text));
    assert_eq!(failure["code"], "credentials-failed");
    assert!(!failure.to_string().contains("hunter2"), "{failure}");
}

#[test]
fn a_container_is_a_source() {
    let container = Endpoint::start(|_| ok(FROM_CONTAINER));
    let aws = aws();
    let mut command = signing(&aws.url());
    let url = format!("{}/credentials", container.url());
    command
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic container");
    assert_eq!(key(&aws, &mut command), "AKIDCONTAINER");
    let asked = &container.received()[0];
    assert_eq!(asked.line(), "GET /credentials");
    assert_eq!(asked.header("Authorization"), Some("Basic container"));
}

#[test]
fn an_instance_is_a_source() {
    let metadata = Endpoint::start(|request| match request.line() {
        "PUT /latest/api/token" => answer(
            "200 OK",
            "x-aws-ec2-metadata-token-ttl-seconds: 21600\r\n",
            "a-metadata-token",
        ),
        "GET /latest/meta-data/iam/security-credentials/" => ok("a-role"),
        "GET /latest/meta-data/iam/security-credentials/a-role" => ok(FROM_INSTANCE),
        _ => answer("404 Not Found", "", ""),
    });
    let aws = aws();
    let mut command = signing(&aws.url());
    command
        .env_remove("AWS_EC2_METADATA_DISABLED")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.url());
    assert_eq!(key(&aws, &mut command), "AKIDINSTANCE");
    let asked = metadata.received();
    let token = asked.last().unwrap().header("x-aws-ec2-metadata-token");
    assert_eq!(token, Some("a-metadata-token"));
}

const SSO: &str = "\
[default]
sso_session = here
sso_account_id = 111122223333
sso_role_name = tester
[sso-session here]
sso_start_url = https://here.invalid/start
sso_region = us-east-1
";

#[test]
fn a_single_sign_on_that_has_expired_asks_to_sign_in_again() {
    let home = folder("sso");
    let cache = home.join(".aws/sso/cache");
    std::fs::create_dir_all(&cache).unwrap();
    // The SHA-1 of the session's name.
    let file = cache.join("0154c0dabe7145db37e0b81bf667e7224abec0ba.json");
    let token = json!({
        "startUrl": "https://here.invalid/start",
        "region": "us-east-1",
        "accessToken": "hunter2",
        "expiresAt": "2020-01-01T00:00:00Z",
    });
    write(file, token.to_string()).unwrap();
    let aws = aws();
    let mut command = configured(&aws, &home, SSO);
    let failure = refusal(&aws, command.env("HOME", &home));
    let action = failure["action"].as_str().unwrap();
    assert!(action.contains("Sign in again"), "{failure}");
    assert!(action.contains("aws sso login"), "{failure}");
    assert!(!failure.to_string().contains("hunter2"), "{failure}");
}

#[test]
fn without_any_source_a_request_is_answered_with_what_to_do() {
    let aws = aws();
    let failure = refusal(&aws, &mut signing(&aws.url()));
    assert_eq!(failure["code"], "no-credentials");
    let action = failure["action"].as_str().unwrap();
    assert!(action.contains("Sign in"), "{failure}");
}
