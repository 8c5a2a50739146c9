//! Whose resources a request would change.

use crate::{failure_title, sentences, spoken, texts};
use formsmith_run::{Failure, Identity};

/// `1234-5678-9012`, as AWS's own console groups the digits.
#[must_use]
pub fn account_number(account: &str) -> String {
    match account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
        true => [&account[..4], &account[4..8], &account[8..]].join("-"),
        false => account.to_owned(),
    }
}

/// The part of an ARN that names the user or role: `assumed-role/Admin/alice`.
#[must_use]
pub fn principal(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}

/// What kind of identity an ARN names, and its name as people read it: `assumed-role` and
/// `Admin / alice`.
#[must_use]
pub fn kind_and_name(arn: &str) -> (&str, String) {
    let (kind, name) = principal(arn)
        .split_once('/')
        .unwrap_or(("", principal(arn)));
    (kind, name.replace('/', " / "))
}

/// Why the account is not known, and what to do; none if it is.
#[must_use]
pub fn identity_trouble(identity: &Identity) -> Option<(String, String)> {
    match identity {
        Identity::Known { .. } => None,
        Identity::Unknown { why, .. } => Some((
            texts::account_unknown().into(),
            sentences(&[texts::account_not_shown(), &words(why)]),
        )),
        Identity::Missing(failure) => Some((failure_title(failure), words(failure))),
    }
}

/// Why nobody could be signed in, and what to do.
#[must_use]
pub fn sign_in_trouble(failure: &Failure) -> (String, String) {
    (failure_title(failure), words(failure))
}

/// What the proxy said, or what to do where it said nothing.
fn words(failure: &Failure) -> String {
    match failure {
        Failure::Proxy(failure) if failure.is_undone => crate::proxy_words(failure),
        // Advice on what may have been done is of no use: it was only a question.
        Failure::Proxy(failure) => failure.message.clone(),
        _ => texts::proxy_not_running().into(),
    }
}

/// How often a request may be sent, as the proxy holds it.
#[must_use]
pub fn attempts_agreed(most: u64) -> String {
    match most {
        1 => "1".into(),
        most => texts::attempts_up_to(&most.to_string()),
    }
}

/// The region of a request, with the one it is signed for where that is another.
#[must_use]
pub fn signed_region(region: &str, signing: &str) -> String {
    match signing.is_empty() || signing == region {
        true => region.to_owned(),
        false => texts::region_signed_for(region, signing),
    }
}

/// Beside the word for an account, where there is no room for more.
#[must_use]
pub fn identity_in_short(identity: &Identity) -> String {
    match identity {
        Identity::Missing(failure) => failure_title(failure),
        _ => texts::account_not_known().into(),
    }
}

/// For the status region.
#[must_use]
pub fn identity_told(identity: &Identity) -> String {
    match (identity, identity_trouble(identity)) {
        (_, Some((title, detail))) => spoken(&title, &detail),
        (Identity::Known { account, arn, .. }, None) => {
            texts::account_and_principal(&account_number(account), principal(arn))
        }
        _ => String::new(),
    }
}

/// Where it happens: `account 1234-5678-9012, us-east-1`.
#[must_use]
pub fn place(identity: Option<&Identity>, region: &str) -> String {
    match identity {
        Some(Identity::Known { account, .. }) => {
            texts::account_and_region(&account_number(account), region)
        }
        _ => region.to_owned(),
    }
}
