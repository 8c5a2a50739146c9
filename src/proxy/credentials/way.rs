//! From what a plan begins with to its last role, step by step. AWS's chain takes no MFA code, knows
//! nothing of who has signed in from the page, and names each session of a role anew.

use super::Credentials;
use super::chain::Chain;
use super::files::{Files, SOURCE};
use super::plan::{Base, Plan, Role, Session, Sso};
use super::services::{Refused, Services};
use aws_config::profile::ProfileSet;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sso::error::SdkError;
use aws_sdk_sso::operation::get_role_credentials::GetRoleCredentialsError;
use std::error::Error;
use std::fmt;

/// What a person has to do before there are credentials.
#[derive(Debug)]
pub enum Needed {
    /// To sign in, in a browser.
    Device {
        session: Session,
        services: Services,
    },
    /// To give an MFA code for the role, which these credentials ask for.
    Mfa {
        role: Role,
        source: Credentials,
        region: Option<String>,
        services: Services,
    },
}

/// The ways in which people sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Device,
    Mfa,
}

impl Kind {
    /// As the page is told it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Mfa => "mfa",
        }
    }
}

/// That somebody has to sign in, as the source of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInNeeded(pub Kind);

impl fmt::Display for SignInNeeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("somebody has to sign in")
    }
}

impl Error for SignInNeeded {}

/// Why there are no credentials at the end of the way.
#[derive(Debug)]
pub enum Stopped {
    Needs(Box<Needed>),
    Failed(CredentialsError),
}

impl From<CredentialsError> for Stopped {
    fn from(error: CredentialsError) -> Self {
        Self::Failed(error)
    }
}

impl From<Stopped> for CredentialsError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Failed(error) => error,
            Stopped::Needs(needed) => Self::provider_error(SignInNeeded(match *needed {
                Needed::Device { .. } => Kind::Device,
                Needed::Mfa { .. } => Kind::Mfa,
            })),
        }
    }
}

pub struct Way<'a> {
    pub chain: &'a Chain,
    /// Where STS is asked, unless the profile of a role says it.
    pub region: Option<String>,
    pub services: Services,
    pub files: Files,
    pub set: &'a ProfileSet,
}

impl Way<'_> {
    pub async fn follow(self, plan: &Plan) -> Result<Credentials, Stopped> {
        let signed_in = &self.chain.signed_in;
        // Of roles with an MFA code, the last one that was given is where the way begins.
        let mut roles = plan.roles.iter().enumerate().rev();
        let given = roles.find_map(|(at, role)| {
            let held = role.mfa_serial.as_ref().and(signed_in.role(role))?;
            Some((at, role, held))
        });
        let Some((at, role, held)) = given else {
            let base = self.base(&plan.base).await?;
            return self.assume(&plan.roles, base).await;
        };
        match self.assume(&plan.roles[at + 1..], held).await {
            Err(Stopped::Failed(error)) if has_ended(&error) => {
                signed_in.forget_role(role);
                Box::pin(self.follow(plan)).await
            }
            done => done,
        }
    }

    async fn assume(&self, roles: &[Role], base: Credentials) -> Result<Credentials, Stopped> {
        let mut credentials = base;
        for role in roles {
            let region = self.region(role);
            if role.mfa_serial.is_some() {
                return Err(Stopped::Needs(Box::new(Needed::Mfa {
                    role: role.clone(),
                    source: credentials,
                    region: region.map(str::to_owned),
                    services: self.services.clone(),
                })));
            }
            let given = self.services.assume(role, credentials, None, region).await;
            credentials = given.map_err(CredentialsError::from)?;
        }
        Ok(credentials)
    }

    async fn base(&self, base: &Base) -> Result<Credentials, Stopped> {
        if let Some(sso) = &base.sso
            && let Some(given) = self.signed_in(sso).await?
        {
            return Ok(given);
        }
        let (chain, services) = (self.chain, &self.services);
        let given = match (base.has_role, self.set.get_profile(&base.profile)) {
            (true, Some(profile)) => {
                let files = self.files.clone().with_source(profile);
                chain.of_aws(&files, Some(SOURCE), services).await
            }
            _ => {
                chain
                    .of_aws(&self.files, Some(&base.profile), services)
                    .await
            }
        };
        given.map_err(|error| match &base.sso {
            Some(sso) if is_mended_by_signing_in(&error) => {
                Stopped::Needs(Box::new(Needed::Device {
                    session: sso.session.clone(),
                    services: self.services.clone(),
                }))
            }
            _ => error.into(),
        })
    }

    /// The credentials for what somebody has signed in to from the page.
    async fn signed_in(&self, sso: &Sso) -> Result<Option<Credentials>, CredentialsError> {
        let signed_in = &self.chain.signed_in;
        let Some(token) = signed_in.token(&sso.session, &self.services).await else {
            return Ok(None);
        };
        match self.services.portal(sso, &token).await {
            Ok(given) => Ok(Some(given)),
            Err(Refused::Expired) => {
                signed_in.forget_token(&sso.session, &token).await;
                Ok(None)
            }
            Err(refused) => Err(refused.into()),
        }
    }

    fn region(&self, role: &Role) -> Option<&str> {
        let own = self.set.get_profile(&role.profile)?.get("region");
        own.or(self.region.as_deref())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl Error for Refused {}

impl From<Refused> for CredentialsError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NoAnswer => Self::provider_timed_out(crate::limits::CREDENTIALS_TIME),
            other => Self::provider_error(other),
        }
    }
}

fn has_ended(error: &CredentialsError) -> bool {
    error.source().and_then(|source| source.downcast_ref()) == Some(&Refused::Expired)
}

/// Is it that nobody is signed in any more? The chain tells only in words that there is no token,
/// or none that is good; what the service answered to one, it tells as that.
fn is_mended_by_signing_in(error: &CredentialsError) -> bool {
    let mut source = error.source();
    while let Some(now) = source {
        if let Some(asked) = now.downcast_ref::<SdkError<GetRoleCredentialsError>>() {
            let refusal = asked.as_service_error();
            return refusal.is_some_and(GetRoleCredentialsError::is_unauthorized_exception);
        }
        source = now.source();
    }
    matches!(error, CredentialsError::ProviderError(_))
}
