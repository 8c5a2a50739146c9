//! Roles that ask for an MFA code.

use super::stand_in::Aws;
use super::{call, identity, path, start, written};
use crate::request::{Change, body, reviewed, reviewed_as};
use crate::running::Running;
use serde_json::{Value, json};

#[test]
fn a_role_that_asks_for_an_mfa_code_gets_it_from_the_page() {
    let aws = Aws::start("mfa", &[]);
    let proxy = Running::start(&mut aws.command(&["mfa"]));
    let refused = body(&proxy.send(&Change::new().proposal(&proxy)));
    assert_eq!(refused["code"], "sign-in-needed");
    assert_eq!(
        refused["signIn"],
        json!({ "profile": "mfa", "kind": "mfa" })
    );
    assert!(
        aws.asked("AssumeRole").is_empty(),
        "nothing is tried without a code"
    );
    let begun = start(&proxy, "mfa");
    assert_eq!(begun["kind"], "mfa");
    assert_eq!(begun["serial"], "arn:aws:iam::444455556666:mfa/phone");
    assert_eq!(begun["role"], "arn:aws:iam::444455556666:role/careful");
    for code in ["000000", "12345", "1234567", "12345a", "١٢٣٤٥٦", ""] {
        let answer = call(&proxy, "POST", &path(&begun), &json!({ "code": code }));
        assert_eq!(answer["state"], "waiting", "{code}");
        assert_eq!(answer["error"]["code"], "mfa-code-wrong", "{code}");
    }
    assert_eq!(
        aws.asked("AssumeRole").len(),
        1,
        "what is no code is not sent"
    );
    let answer = call(&proxy, "POST", &path(&begun), &json!({ "code": "123456" }));
    assert_eq!(answer, json!({ "state": "done" }));
    let asked = &aws.asked("TokenCode=123456")[0];
    assert_eq!(asked.key(), "AKIDKEYS");
    for part in [
        "ExternalId=outside",
        "RoleSessionName=me",
        "DurationSeconds=1800",
        "SerialNumber=",
    ] {
        assert!(asked.0.contains(part), "{asked:?}");
    }
    let sent = proxy.send(&reviewed(&proxy));
    assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
    assert_eq!(aws.endpoint.received().last().unwrap().key(), "AKIDCAREFUL");
    // Once AWS takes them no more, the page is asked again.
    let request = reviewed_as(&proxy, "run");
    aws.change(|script| script.expired.push("AKIDCAREFUL".into()));
    let refused = body(&proxy.send(&request));
    assert_eq!(refused["code"], "credentials-expired");
    assert_eq!(refused["signIn"]["kind"], "mfa", "{refused}");
    aws.change(|script| script.expired.clear());
    let begun = start(&proxy, "mfa");
    call(&proxy, "POST", &path(&begun), &json!({ "code": "123456" }));
    // What was reviewed is still agreed to: nothing of it was done.
    let sent = proxy.send(&request);
    assert!(sent.starts_with("HTTP/1.1 200"), "{sent}");
    let (_, log) = proxy.stop("-TERM");
    let all = log + &written(&aws);
    assert!(!all.contains("hunter2") && !all.contains("123456"), "{all}");
}

#[test]
fn a_role_begins_with_what_its_profile_says() {
    let aws = Aws::start("mfa-sources", &[]);
    let profiles = ["variables", "itself", "round"];
    let mut command = aws.command(&profiles);
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDVARIABLES")
        .env("AWS_SECRET_ACCESS_KEY", "s");
    let proxy = Running::start(&mut command);
    for (profile, key, region) in [
        ("variables", "AKIDVARIABLES", "us-east-1"),
        ("itself", "AKIDITSELF", "eu-west-2"),
    ] {
        let begun = start(&proxy, profile);
        let answer = call(&proxy, "POST", &path(&begun), &json!({ "code": "123456" }));
        assert_eq!(answer, json!({ "state": "done" }), "{profile}");
        let asked = aws.asked("TokenCode=123456").pop().unwrap();
        assert_eq!(asked.key(), key);
        let scope = format!("/{region}/sts/aws4_request");
        assert!(asked.0.contains(&scope), "{asked:?}");
        assert_eq!(identity(&proxy, profile)["account"], "111122223333");
    }
    // Profiles that begin with each other have no credentials, and nothing to sign in to.
    let error = identity(&proxy, "round")["error"].clone();
    assert_eq!(error["code"], "credentials-failed");
    assert_eq!(error["signIn"], Value::Null);
    assert_eq!(start(&proxy, "round")["code"], "credentials-failed");
}
