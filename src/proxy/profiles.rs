//! The profiles that a proxy signs with, and which of them is asked for. With several, none is
//! ever guessed.

use crate::config;
use crate::credentials::Held;
use crate::failure::Failure;
use crate::guard::single;
use crate::http::{HeaderMap, HeaderName, StatusCode};
use crate::identity::Known;
use formsmith_wire::{Code, header};
use percent_encoding::percent_decode;
use std::borrow::Cow;

const PROFILE: HeaderName = HeaderName::from_static(header::PROFILE);

/// Credentials, and what is known of them.
#[derive(Debug)]
pub struct Profile {
    /// None where no profile was named: then AWS's default chain is asked.
    pub name: Option<String>,
    pub region: Option<String>,
    pub credentials: Held,
    pub known: Known,
}

/// One at least; no two have the same name.
#[derive(Debug)]
pub struct Profiles(Vec<Profile>);

impl Profiles {
    pub fn new(configured: &[config::Profile]) -> Self {
        let profiles = configured.iter().map(|profile| Profile {
            name: profile.name.clone(),
            region: profile.region.clone(),
            credentials: Held::new(profile),
            known: Known::default(),
        });
        Self(profiles.collect())
    }

    pub fn all(&self) -> &[Profile] {
        &self.0
    }

    /// The one that was named first.
    pub fn first(&self) -> &Profile {
        &self.0[0]
    }

    /// The one of this name; where there is only one, it need not be named.
    pub fn named(&self, name: Option<&str>) -> Result<&Profile, Failure> {
        match (name, self.all()) {
            (None, [only]) => Ok(only),
            (None, _) => Err(missing()),
            (Some(_), all) => {
                let found = all.iter().find(|it| it.name.as_deref() == name);
                found.ok_or_else(unknown)
            }
        }
    }
}

/// The name of the profile that a request is to be signed with, if its head has one.
pub fn asked(headers: &HeaderMap) -> Result<Option<Cow<'_, str>>, Failure> {
    let value = single(headers, &PROFILE).map_err(|_| repeated())?;
    let name = |value| decoded(value).ok_or_else(unknown);
    value.map(|value| name(value.as_bytes())).transpose()
}

/// The name in a query `profile=NAME`, if it has one.
pub fn asked_in_query(query: Option<&str>) -> Result<Option<Cow<'_, str>>, Failure> {
    let parts = query.unwrap_or_default().split('&');
    let mut values = parts.filter_map(|part| part.strip_prefix("profile="));
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(repeated()),
        (Some(value), None) => decoded(value.as_bytes()).ok_or_else(unknown).map(Some),
        (None, None) => Ok(None),
    }
}

/// What percent-encoded UTF-8 stands for.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    percent_decode(bytes).decode_utf8().ok()
}

const CHOOSE: &str = "Choose one of the profiles that the proxy was started with.";

fn missing() -> Failure {
    Failure::bad_request(
        Code::ProfileMissing,
        "The proxy signs with several profiles, and the request doesn't say with which.",
        CHOOSE,
    )
}

fn repeated() -> Failure {
    Failure::bad_request(
        Code::ProfileUnknown,
        "The request names more than one profile.",
        CHOOSE,
    )
}

fn unknown() -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        Code::ProfileUnknown,
        "The proxy was not started with the profile that the request names.",
        "Choose one of the profiles that it was started with, or start it with this one in \
         --profile.",
    )
}
