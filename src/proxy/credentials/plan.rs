//! The way to a profile's credentials: where they come from first, and which roles are assumed with
//! them, one after the other. It is read as AWS's tools read it.

use aws_config::profile::{Profile, ProfileSet};

/// What the way begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub base: Base,
    /// In the order in which they are assumed.
    pub roles: Vec<Role>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The profile that says what it is.
    pub profile: String,
    /// It says of itself as well that a role is to be assumed.
    pub has_role: bool,
    /// Single sign-on, if it is that.
    pub sso: Option<Sso>,
}

/// A role that single sign-on gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sso {
    pub session: Session,
    pub account: String,
    pub role: String,
}

/// What a person signs in to. Profiles may share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Session {
    /// None for the settings of old, which know no session, and whose tokens can't be renewed.
    pub name: Option<String>,
    pub start_url: String,
    pub region: String,
    pub scopes: Vec<String>,
}

/// A role that STS gives for other credentials.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Role {
    /// The profile that asks for it.
    pub profile: String,
    pub arn: String,
    pub session_name: Option<String>,
    pub external_id: Option<String>,
    pub duration_seconds: Option<i32>,
    pub mfa_serial: Option<String>,
}

/// The scope that gives credentials, and tokens that can be renewed.
const SCOPE: &str = "sso:account:access";

impl Plan {
    /// The way for the chosen profile; none where it is malformed or there is nothing to follow.
    pub fn of(set: &ProfileSet) -> Option<Self> {
        let mut seen: Vec<&str> = Vec::new();
        let mut roles = Vec::new();
        let mut name = set.selected_profile();
        loop {
            let profile = set.get_profile(name)?;
            if seen.contains(&name) {
                return None;
            }
            seen.push(name);
            // A profile that others begin with gives its keys, even if it has a role as well.
            let gives_keys = seen.len() > 1 && profile.get("aws_access_key_id").is_some();
            let role = role(profile).filter(|_| !gives_keys);
            let has_role = role.is_some();
            let next = match (
                profile.get("source_profile"),
                profile.get("credential_source"),
            ) {
                _ if !has_role => None,
                (Some(_), Some(_)) | (None, None) => return None,
                (Some(source), None) => Some(source).filter(|source| *source != name),
                (None, Some(_)) => None,
            };
            roles.extend(role);
            match next {
                Some(next) => name = next,
                None => {
                    roles.reverse();
                    let base = Base {
                        profile: name.to_owned(),
                        has_role,
                        sso: sso(set, profile).filter(|_| !gives_keys),
                    };
                    return Some(Self { base, roles });
                }
            }
        }
    }
}

fn role(profile: &Profile) -> Option<Role> {
    // That is a source of its own.
    if profile.get("web_identity_token_file").is_some() {
        return None;
    }
    let own = |name: &str| profile.get(name).map(str::to_owned);
    Some(Role {
        profile: profile.name().to_owned(),
        arn: own("role_arn")?,
        session_name: own("role_session_name"),
        external_id: own("external_id"),
        duration_seconds: profile
            .get("duration_seconds")
            .and_then(|it| it.parse().ok()),
        mfa_serial: own("mfa_serial"),
    })
}

fn sso(set: &ProfileSet, profile: &Profile) -> Option<Sso> {
    // What AWS's tools look at before.
    if profile.get("credential_source").is_some()
        || profile.get("web_identity_token_file").is_some()
    {
        return None;
    }
    let session = match profile.get("sso_session") {
        Some(name) => {
            let session = set.sso_session(name)?;
            let scopes = session.get("sso_registration_scopes").unwrap_or(SCOPE);
            Session {
                name: Some(name.to_owned()),
                start_url: session.get("sso_start_url")?.to_owned(),
                region: session.get("sso_region")?.to_owned(),
                scopes: scopes.split(',').map(|it| it.trim().to_owned()).collect(),
            }
        }
        None => Session {
            name: None,
            start_url: profile.get("sso_start_url")?.to_owned(),
            region: profile.get("sso_region")?.to_owned(),
            scopes: Vec::new(),
        },
    };
    Some(Sso {
        session,
        account: profile.get("sso_account_id")?.to_owned(),
        role: profile.get("sso_role_name")?.to_owned(),
    })
}
