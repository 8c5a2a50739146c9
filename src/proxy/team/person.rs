//! Who sends a request, as the sign-in tells.

use super::jws::Claims;
use crate::limits;
use serde_json::Value;

/// The claims in which providers write groups.
const GROUPS: [&str; 2] = ["groups", "cognito:groups"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the provider never gives to anybody else.
    pub subject: String,
    /// Only if the provider doesn't say that it is unverified.
    pub email: Option<String>,
    pub groups: Vec<String>,
}

impl Person {
    /// None if it isn't said who it is.
    pub fn read(claims: &Claims) -> Option<Self> {
        let text = |name: &str| {
            let text = claims.get(name)?.as_str()?;
            (1..=limits::PERSON_BYTES)
                .contains(&text.len())
                .then(|| text.to_owned())
        };
        let is_unverified = claims
            .get("email_verified")
            .is_some_and(|told| *told == false || *told == "false");
        let groups = GROUPS.iter().filter_map(|name| claims.get(*name));
        Some(Self {
            subject: text("sub")?,
            email: text("email").filter(|_| !is_unverified),
            groups: groups.flat_map(words).collect(),
        })
    }

    /// What others know them by.
    pub fn name(&self) -> &str {
        self.email.as_deref().unwrap_or(&self.subject)
    }

    /// Is it one of those that a policy calls so: `group:billing`, `email:ada@example.com`, `sub:…`
    /// or `everyone`?
    pub fn is_called(&self, name: &str) -> bool {
        match name.split_once(':') {
            Some(("group", group)) => self.groups.iter().any(|own| own == group),
            Some(("email", email)) => self
                .email
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(email)),
            Some(("sub", subject)) => self.subject == subject,
            _ => name == "everyone",
        }
    }
}

/// A list of texts, or a text alone.
fn words(claim: &Value) -> Vec<String> {
    match claim {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => {
            let texts = texts.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
