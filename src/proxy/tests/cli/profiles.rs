//! Several profiles, as the command takes them.

use crate::running::{Running, folder};
use crate::sources::{aws, configured};
use serde_json::{Value, json};
use std::process::Output;

const PROFILES: &str = "\
[default]
region = eu-west-1
[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = s
region = eu-west-2
[profile process]
credential_process = false
[profile role]
role_arn = arn:aws:iam::111122223333:role/a
source_profile = keys
[profile session]
sso_session = here
sso_account_id = 111122223333
sso_role_name = tester
[profile settings]
output = json
[sso-session here]
sso_start_url = https://here.invalid/start
sso_region = us-east-1
";

fn names(status: &Value) -> Vec<&str> {
    let profiles = status["profiles"].as_array().unwrap();
    let names = profiles.iter().map(|it| it["name"].as_str().unwrap());
    names.collect()
}

#[test]
fn profiles_are_offered_in_the_order_in_which_they_were_named() {
    let (aws, folder) = (aws(), folder("several"));
    let mut command = configured(&aws, &folder, PROFILES);
    command.args(["--profile", "role", "--profile", "keys"]);
    command.args(["--regions", "keys=eu-west-2,eu-west-3"]);
    let proxy = Running::start(&mut command);
    let status = proxy.status();
    assert_eq!(names(&status), ["role", "keys"]);
    let of_keys = &status["profiles"][1];
    assert_eq!(of_keys["region"], "eu-west-2");
    assert_eq!(of_keys["regions"], json!(["eu-west-2", "eu-west-3"]));
    assert_eq!(status["profiles"][0]["regions"], json!(null));
}

#[test]
fn all_profiles_are_those_that_have_credentials_of_some_kind() {
    let (aws, folder) = (aws(), folder("all"));
    let credentials = folder.join("credentials");
    let text = "[stored]\naws_access_key_id = AKIDSTORED\naws_secret_access_key = s\n";
    std::fs::write(&credentials, text).unwrap();
    let mut command = configured(&aws, &folder, PROFILES);
    command.env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
    let proxy = Running::start(command.arg("--profiles"));
    let status = proxy.status();
    let expected = ["keys", "process", "role", "session", "stored"];
    assert_eq!(names(&status), expected);
    assert_eq!(status["identity"]["account"], "111122223333");
    assert_eq!(aws.received()[0].key(), "AKIDKEYS");
}

#[test]
fn what_is_asked_of_profiles_that_are_not_there_keeps_the_proxy_from_starting() {
    let (aws, folder) = (aws(), folder("none"));
    for (text, arguments, reason) in [
        (
            PROFILES,
            &["--profile", "keys", "--regions", "key=us-east-1"][..],
            "\"key\"",
        ),
        (PROFILES, &["--regions", "keys=us-east-1"], "\"keys\""),
        (
            "[default]\nregion = us-east-1\n",
            &["--profiles"],
            "no profile",
        ),
    ] {
        let mut command = configured(&aws, &folder, text);
        let Output { status, stderr, .. } = command.args(arguments).output().unwrap();
        let error = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(1), "{error}");
        assert!(error.contains(reason), "{error}");
    }
}
