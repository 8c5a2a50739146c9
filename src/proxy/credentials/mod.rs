//! Credentials from AWS's default chain, asked for when a request needs them.

mod aside;
mod chain;
mod files;
mod names;
mod plan;
pub mod process;
mod services;
mod signed_in;
mod way;

use crate::config;
use crate::failure::{Failure, SignIn};
use crate::limits;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials};
use files::Trouble;
use formsmith_wire::Code;
use std::error::Error;
use std::time::SystemTime;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::SharedCredentialsProvider;
pub use chain::Chain;
pub use names::profile_names;
pub use plan::{Role, Session};
pub use services::{Refused, Services};
pub use signed_in::{Client, SignedIn, Token};
use way::SignInNeeded;
pub use way::{Kind, Needed};

/// Where roles are assumed if nothing names a region.
pub const DEFAULT_REGION: &str = "us-east-1";

/// What the source gave last, until it is too old.
#[derive(Debug)]
pub struct Held {
    provider: SharedCredentialsProvider,
    /// The one profile they come from, if it was named.
    profile: Option<String>,
    /// What a person can sign in to, if it is that.
    pub sign_in: Option<Chain>,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    credentials: Option<(Credentials, Instant)>,
    /// When the source was asked last, and what came of it.
    asked: Option<(Instant, Result<(), Failure>)>,
}

impl Held {
    pub fn new(profile: &config::Profile) -> Self {
        Self {
            provider: profile.credentials.clone(),
            profile: profile.name.clone(),
            sign_in: profile.sign_in.clone(),
            last: Mutex::default(),
        }
    }

    /// Credentials that are good by this computer's clock. Requests that come together ask the
    /// source once, whatever it gives.
    pub async fn get(&self) -> Result<Credentials, Failure> {
        let came = Instant::now();
        let mut last = self.last.lock().await;
        let now = SystemTime::now();
        let held = last.credentials.clone();
        let held = held.filter(|(credentials, _)| is_good(credentials, now));
        if let Some((credentials, read)) = &held
            && now
                .checked_add(limits::CREDENTIALS_MARGIN)
                .is_some_and(|soon| is_good(credentials, soon))
            && read.elapsed() < limits::CREDENTIALS_REREAD_TIME
        {
            return Ok(credentials.clone());
        }
        let was_asked = last.asked.as_ref().filter(|(at, _)| *at >= came);
        match (was_asked, &held) {
            (Some(_), Some((credentials, _))) => return Ok(credentials.clone()),
            (Some((_, Err(failure))), None) => return Err(failure.clone()),
            _ => {}
        }
        let asked = Instant::now();
        let given = match Box::pin(self.ask()).await {
            Ok(credentials) if is_good(&credentials, SystemTime::now()) => Ok(credentials),
            Ok(_) => Err(expired()),
            Err(error) => Err(self.unavailable(&error)),
        };
        last.asked = Some((asked, given.as_ref().map(drop).map_err(Clone::clone)));
        match (given, held) {
            (Ok(credentials), _) => {
                last.credentials = Some((credentials.clone(), Instant::now()));
                Ok(credentials)
            }
            (Err(_), Some((credentials, _))) => Ok(credentials),
            (Err(failure), None) => Err(failure),
        }
    }

    /// AWS no longer takes these credentials. Fails if there are no others by now.
    pub async fn renew(&self, refused: &Credentials) -> Result<(), Failure> {
        let mut last = self.last.lock().await;
        let is_refused = |held: &Credentials| {
            held.access_key_id() == refused.access_key_id()
                && held.session_token() == refused.session_token()
        };
        let held = last.credentials.take();
        if let Some((held, read)) = held.filter(|(held, _)| !is_refused(held)) {
            last.credentials = Some((held, read));
            return Ok(());
        }
        if let Some(chain) = &self.sign_in {
            chain.signed_in.forget(refused);
        }
        match Box::pin(self.ask()).await {
            Ok(credentials) if !is_refused(&credentials) => {
                last.credentials = Some((credentials, Instant::now()));
                Ok(())
            }
            Ok(_) => Err(expired()),
            Err(error) => Err(Failure {
                sign_in: self.mended_by(&error),
                ..expired()
            }),
        }
    }

    async fn ask(&self) -> provider::Result {
        match timeout(
            limits::CREDENTIALS_TIME,
            self.provider.provide_credentials(),
        )
        .await
        {
            Ok(given) => given,
            Err(_) => Err(CredentialsError::provider_timed_out(
                limits::CREDENTIALS_TIME,
            )),
        }
    }

    fn mended_by(&self, error: &CredentialsError) -> Option<SignIn> {
        let SignInNeeded(kind) = error.source()?.downcast_ref()?;
        Some(SignIn {
            profile: self.profile.clone(),
            kind: *kind,
        })
    }

    /// The chain's own words may hold what a credential process printed: they are not passed on.
    pub fn unavailable(&self, error: &CredentialsError) -> Failure {
        if let Some(sign_in) = self.mended_by(error) {
            return sign_in_needed(sign_in);
        }
        let source = match &self.profile {
            Some(name) => format!("The profile {name:?}"),
            None => "The source of the AWS credentials".into(),
        };
        match error {
            CredentialsError::CredentialsNotLoaded(_) => Failure::upstream(
                Code::NoCredentials,
                match &self.profile {
                    Some(name) => {
                        format!("The profile {name:?} does not exist, or has no AWS credentials.")
                    }
                    None => "The proxy found no AWS credentials.".into(),
                },
                "Sign in on the computer that runs the proxy, such as with aws sso login or aws \
                 configure. If --profile or AWS_PROFILE names a profile, it must exist.",
            ),
            CredentialsError::ProviderTimedOut(_) => Failure::upstream(
                Code::CredentialsTimeout,
                format!("{source} did not answer in time."),
                "Check the network and the profile, then send again.",
            ),
            error if let Some(trouble) = trouble(error) => Failure::upstream(
                Code::CredentialsFailed,
                trouble.to_string(),
                "Correct this on the computer that runs the proxy, then send again.",
            ),
            _ => Failure::upstream(
                Code::CredentialsFailed,
                format!("{source} provided no AWS credentials."),
                "Sign in again, such as with aws sso login, or correct the profile, then send \
                 again.",
            ),
        }
    }
}

/// What the proxy itself found wrong, in words of its own.
fn trouble(error: &CredentialsError) -> Option<&Trouble> {
    error.source()?.downcast_ref()
}

fn is_good(credentials: &Credentials, at: SystemTime) -> bool {
    credentials.expiry().is_none_or(|end| at < end)
}

/// Nobody is signed in, or not any more.
fn sign_in_needed(sign_in: SignIn) -> Failure {
    let whose = match &sign_in.profile {
        Some(name) => format!("The profile {name:?}"),
        None => "The default profile".into(),
    };
    let (message, action) = match sign_in.kind {
        Kind::Device => (
            format!("{whose} uses single sign-on, and you are not signed in, or no longer."),
            "Sign in again, here or with aws sso login, then send again.",
        ),
        Kind::Mfa => (
            format!("{whose} uses a role that asks for an MFA code."),
            "Enter the current code, then send again.",
        ),
    };
    Failure {
        sign_in: Some(sign_in),
        ..Failure::upstream(Code::SignInNeeded, message, action)
    }
}

const SIGN_IN: &str = "Sign in again, such as with aws sso login, then send again.";

pub fn expired() -> Failure {
    Failure::upstream(
        Code::CredentialsExpired,
        "The AWS credentials have expired.",
        SIGN_IN,
    )
}
