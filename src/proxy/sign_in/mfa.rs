//! A role that asks for an MFA code.

use super::{SignIn, State, no_answer, refused};
use crate::credentials::{self, Refused, Services, SignedIn};
use crate::failure::Failure;
use crate::http::StatusCode;
use crate::limits;
use crate::profiles::Profile;
use formsmith_wire::Code;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use tokio::time::timeout;

/// What the code is for.
pub struct Role {
    role: credentials::Role,
    source: super::Credentials,
    region: Option<String>,
    services: Services,
    signed_in: SignedIn,
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Role(redacted)")
    }
}

pub fn start(
    profile: &Profile,
    role: credentials::Role,
    source: super::Credentials,
    region: Option<String>,
    services: Services,
    signed_in: &SignedIn,
) -> (Arc<SignIn>, Value) {
    let told = json!({
        "kind": "mfa",
        "serial": role.mfa_serial,
        "role": role.arn,
    });
    let role = Role {
        role,
        source,
        region,
        services,
        signed_in: signed_in.clone(),
    };
    let sign_in = SignIn::new(profile, limits::SIGN_IN_TIME, Some(role));
    (Arc::new(sign_in), told)
}

/// A wrong code is told, and another may be given.
pub async fn give(sign_in: &SignIn, role: &Role, code: &str) -> Result<(), Failure> {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let region = role.region.as_deref();
    let asked = role
        .services
        .assume(&role.role, role.source.clone(), Some(code), region);
    let given = timeout(limits::CREDENTIALS_TIME, asked).await;
    sign_in.set(match given.unwrap_or(Err(Refused::NoAnswer)) {
        Ok(given) => {
            role.signed_in.keep_role(&role.role, given);
            State::Done
        }
        Err(Refused::WrongCode) => return Err(wrong()),
        Err(Refused::Expired) => State::Expired,
        Err(Refused::Denied) => State::Failed(refused()),
        Err(Refused::NoAnswer) => State::Failed(no_answer()),
    });
    Ok(())
}

fn wrong() -> Failure {
    Failure::new(
        StatusCode::FORBIDDEN,
        Code::MfaCodeWrong,
        "The MFA code is not the current one.",
        "Wait for the next code, then enter that one.",
    )
}
