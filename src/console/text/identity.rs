//! Whose resources a request would change.

use super::failure_title;
use formsmith_run::{Failure, Identity};

pub const ACCOUNT: &str = "Account";
pub const SIGNED_IN_AS: &str = "Signed in as";
pub const ENDPOINT: &str = "Endpoint";
pub const EFFECT: &str = "Effect";
pub const LOOK_AGAIN: &str = "Nothing was sent. Read the review again, then confirm it.";
pub const CHECK_AGAIN: &str = "Check again";
pub const ASKING_IDENTITY: &str = "Checking which account this is";
pub const ACCOUNT_UNKNOWN: &str = "The account is not known";

/// `1234-5678-9012`, as AWS's own console groups the digits.
pub fn account_number(account: &str) -> String {
    match account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
        true => [&account[..4], &account[4..8], &account[8..]].join("-"),
        false => account.to_owned(),
    }
}

/// The part of an ARN that names the user or role: `assumed-role/Admin/alice`.
pub fn principal(arn: &str) -> &str {
    arn.splitn(6, ':').last().unwrap_or(arn)
}

/// Why the account is not known, and what to do; none if it is.
pub fn identity_trouble(identity: &Identity) -> Option<(String, String)> {
    match identity {
        Identity::Known { .. } => None,
        Identity::Unknown { why, .. } => Some((
            ACCOUNT_UNKNOWN.into(),
            format!(
                "Requests can be signed and sent, but which account they change can't be shown. {}",
                words(why)
            ),
        )),
        Identity::Missing(failure) => Some((failure_title(failure), words(failure))),
    }
}

/// What the proxy said, or what to do where it said nothing.
fn words(failure: &Failure) -> String {
    match failure {
        Failure::Proxy(failure) if failure.is_undone => super::proxy_words(failure),
        // Advice on what may have been done is of no use: it was only a question.
        Failure::Proxy(failure) => failure.message.clone(),
        _ => "Check that the proxy is still running; nothing can be sent without it.".into(),
    }
}

/// What a class of operations does, as the proxy names it.
pub fn effect(class: &str) -> &str {
    match class {
        "read" => "Only reads",
        "write" => "Changes something",
        other => other,
    }
}

/// How often a request may be sent, as the proxy holds it.
pub fn attempts_agreed(most: u64) -> String {
    match most {
        1 => "1".into(),
        most => format!("Up to {most}, until the first succeeds"),
    }
}

/// The region of a request, with the one it is signed for where that is another.
pub fn signed_region(region: &str, signing: &str) -> String {
    match signing.is_empty() || signing == region {
        true => region.to_owned(),
        false => format!("{region} (signed for {signing})"),
    }
}

/// Beside the word for an account, where there is no room for more.
pub fn identity_in_short(identity: &Identity) -> String {
    match identity {
        Identity::Missing(failure) => failure_title(failure),
        _ => "Not known".into(),
    }
}

/// For the status region.
pub fn identity_told(identity: &Identity) -> String {
    match (identity, identity_trouble(identity)) {
        (_, Some((title, detail))) => spoken(&title, &detail),
        (Identity::Known { account, arn, .. }, None) => {
            format!("{ACCOUNT} {}, {}", account_number(account), principal(arn))
        }
        _ => String::new(),
    }
}

/// A heading and what stands beneath it, for where there is no layout to tell them apart.
pub fn spoken(title: &str, detail: &str) -> String {
    match detail.is_empty() {
        true => title.to_owned(),
        false => format!("{}. {detail}", title.trim_end_matches('.')),
    }
}

/// Where it happens: `account 1234-5678-9012, us-east-1`.
pub fn place(identity: Option<&Identity>, region: &str) -> String {
    match identity {
        Some(Identity::Known { account, .. }) => {
            format!("account {}, {region}", account_number(account))
        }
        _ => region.to_owned(),
    }
}
