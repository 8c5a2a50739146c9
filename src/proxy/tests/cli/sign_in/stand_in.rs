//! A stand-in for IAM Identity Center, STS and services, with the profiles that lead there.

use crate::endpoint::{Endpoint, Received, answer, ok};
use crate::running::{folder, signing};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

const PROFILES: &str = "\
[profile sso]
sso_session = here
sso_account_id = 111122223333
sso_role_name = tester
[profile over]
role_arn = arn:aws:iam::111122223333:role/over
source_profile = sso
[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = s
[profile mfa]
role_arn = arn:aws:iam::444455556666:role/careful
source_profile = keys
mfa_serial = arn:aws:iam::444455556666:mfa/phone
external_id = outside
role_session_name = me
duration_seconds = 1800
[profile variables]
role_arn = arn:aws:iam::444455556666:role/careful
credential_source = Environment
mfa_serial = arn:aws:iam::444455556666:mfa/phone
[profile itself]
role_arn = arn:aws:iam::444455556666:role/careful
source_profile = itself
aws_access_key_id = AKIDITSELF
aws_secret_access_key = s
mfa_serial = arn:aws:iam::444455556666:mfa/phone
region = eu-west-2
[profile round]
role_arn = arn:aws:iam::444455556666:role/careful
source_profile = about
mfa_serial = arn:aws:iam::444455556666:mfa/phone
[profile about]
role_arn = arn:aws:iam::444455556666:role/careful
source_profile = round
[sso-session here]
sso_start_url = https://here.invalid/start
sso_region = us-east-1
";

/// What the stand-in answers, and what it has seen.
#[derive(Default)]
pub struct Script {
    /// What comes of the questions for a token, one after the other; then there is one.
    pub tokens: Vec<&'static str>,
    /// Seconds that a token is good for.
    pub token_lasts: u32,
    /// Seconds that the credentials of a role are good for.
    pub role_lasts: i64,
    /// Keys that AWS calls expired.
    pub expired: Vec<String>,
    /// Tokens that the service takes no more.
    pub refused: Vec<&'static str>,
    given: usize,
}

pub struct Aws {
    pub endpoint: Endpoint,
    script: Arc<Mutex<Script>>,
    pub home: PathBuf,
}

impl Aws {
    pub fn start(name: &str, tokens: &[&'static str]) -> Self {
        let script = Arc::new(Mutex::new(Script {
            tokens: tokens.to_vec(),
            token_lasts: 3600,
            role_lasts: 3600,
            ..Script::default()
        }));
        let seen = script.clone();
        let endpoint = Endpoint::start(move |request| reply(request, &mut seen.lock().unwrap()));
        let home = folder(name);
        std::fs::write(home.join("config"), PROFILES).unwrap();
        Self {
            endpoint,
            script,
            home,
        }
    }

    pub fn command(&self, profiles: &[&str]) -> Command {
        let url = self.endpoint.url();
        let mut command = signing(&url);
        for profile in profiles {
            command.args(["--profile", profile]);
        }
        command
            .env("HOME", &self.home)
            .env("AWS_CONFIG_FILE", self.home.join("config"))
            .arg("--audit")
            .arg(self.home.join("audit.jsonl"));
        for service in ["SSO", "SSO_OIDC", "STS"] {
            command.env(format!("AWS_ENDPOINT_URL_{service}"), &url);
        }
        command
    }

    pub fn change(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().unwrap());
    }

    /// The requests whose line or body begins so.
    pub fn asked(&self, what: &str) -> Vec<Received> {
        let mut all = self.endpoint.received();
        all.retain(|request| request.0.contains(what));
        all
    }
}

const DEVICE: &str = r#"{"deviceCode":"hunter2-device","userCode":"ABCD-EFGH",
    "verificationUri":"https://here.invalid/device",
    "verificationUriComplete":"https://here.invalid/device?user_code=ABCD-EFGH",
    "expiresIn":600,"interval":1}"#;

fn reply(request: &Received, script: &mut Script) -> Vec<u8> {
    let now = std::time::SystemTime::now();
    let now = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    let ends = now.as_secs() as i64 + script.role_lasts;
    match request.line() {
        "POST /client/register" => ok(
            r#"{"clientId":"client","clientSecret":"hunter2-client","clientSecretExpiresAt":4102444800}"#,
        ),
        "POST /device_authorization" => ok(DEVICE),
        "POST /token" => {
            let is_renewal = request.0.contains("refresh_token");
            if !is_renewal && !script.tokens.is_empty() {
                let error = script.tokens.remove(0);
                let kind = format!("x-amzn-ErrorType: {error}\r\n");
                return answer("400 Bad Request", &kind, r#"{"error":"no"}"#);
            }
            script.given += 1;
            let (number, lasts) = (script.given, script.token_lasts);
            ok(&format!(
                r#"{{"accessToken":"hunter2-token-{number}","refreshToken":"hunter2-refresh",
                "expiresIn":{lasts},"tokenType":"Bearer"}}"#
            ))
        }
        line if line.starts_with("GET /federation/credentials") => {
            let token = request.header("x-amz-sso_bearer_token").unwrap();
            if script.refused.contains(&token) {
                let kind = "x-amzn-ErrorType: UnauthorizedException\r\n";
                return answer("401 Unauthorized", kind, "{}");
            }
            let key = format!(
                "AKIDOF{}",
                token.to_uppercase().replace("HUNTER2-TOKEN-", "")
            );
            let ends = ends * 1000;
            ok(&format!(
                r#"{{"roleCredentials":{{"accessKeyId":"{key}","secretAccessKey":"hunter2-secret",
                "sessionToken":"hunter2-session","expiration":{ends}}}}}"#
            ))
        }
        _ if request.0.contains("Action=AssumeRole&") => assumed(request, ends),
        _ if script.expired.contains(&request.key().to_owned()) => {
            let expired = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>";
            match request.0.contains("GetCallerIdentity") {
                true => answer("403 Forbidden", "", expired),
                false => answer(
                    "400 Bad Request",
                    "x-amzn-ErrorType: ExpiredTokenException\r\n",
                    r#"{"__type":"ExpiredTokenException"}"#,
                ),
            }
        }
        _ if request.0.contains("GetCallerIdentity") => {
            ok("<GetCallerIdentityResponse><GetCallerIdentityResult>\
             <Arn>arn:aws:sts::111122223333:assumed-role/tester/me</Arn>\
             <Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
        }
        _ => ok("{}"),
    }
}

fn assumed(request: &Received, ends: i64) -> Vec<u8> {
    let has = |part: &str| request.0.contains(part);
    if has("role%2Fcareful") && !has("TokenCode=123456") {
        return answer(
            "403 Forbidden",
            "",
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
             <Message>MultiFactorAuthentication failed with invalid MFA one time pass code. \
             </Message></Error></ErrorResponse>",
        );
    }
    let name = if has("careful") { "CAREFUL" } else { "OVER" };
    let ends = formsmith_api::protocol::to_iso_8601(ends as f64).unwrap();
    ok(&format!(
        "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult>\
         <AssumedRoleUser><AssumedRoleId>A:me</AssumedRoleId><Arn>arn:aws:sts::1:x</Arn>\
         </AssumedRoleUser><Credentials><AccessKeyId>AKID{name}</AccessKeyId>\
         <SecretAccessKey>hunter2-secret</SecretAccessKey><SessionToken>hunter2-session</SessionToken>\
         <Expiration>{ends}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
    ))
}
