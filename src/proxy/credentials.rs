//! Credentials from AWS's default chain, asked for when a request needs them.

use crate::failure::Failure;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::profile::region::ProfileFileRegionProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::SharedCredentialsProvider;

/// Credentials this close to their end are replaced.
const MARGIN: Duration = Duration::from_secs(5 * 60);
/// Credentials without an end are read again after this, so that an edited profile counts.
const REREAD: Duration = Duration::from_secs(15 * 60);
/// Where roles are assumed if nothing names a region.
pub const DEFAULT_REGION: &str = "us-east-1";
/// The slowest link of the chain is a machine that has no metadata service.
const PATIENCE: Duration = Duration::from_secs(20);

/// Environment, profile, single sign-on, process, web identity, container, instance; or one
/// profile and what it refers to, and nothing else.
///
/// The chain is built anew each time it is asked: it reads files once only, and a person who
/// has just signed in expects that to count.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    pub profile: Option<String>,
}

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.ask())
    }
}

impl Chain {
    /// The region that environment or profile name.
    pub async fn region(&self) -> Option<String> {
        Some(self.named_region().region().await?.to_string())
    }

    fn named_region(&self) -> RegionProviderChain {
        let profile = ProfileFileRegionProvider::builder();
        match &self.profile {
            Some(name) => RegionProviderChain::first_try(profile.profile_name(name).build()),
            None => RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
                .or_else(profile.build()),
        }
    }

    async fn ask(&self) -> provider::Result {
        let client = Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        // Only roles that are assumed on the way need a region; asking the instance for it would
        // keep every other machine waiting.
        let region = self
            .named_region()
            .or_else(Region::from_static(DEFAULT_REGION));
        let configuration = ProviderConfig::default()
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_http_client(client)
            .with_region(region.region().await);
        match &self.profile {
            Some(name) => {
                let profile = ProfileFileCredentialsProvider::builder();
                let profile = profile.configure(&configuration).profile_name(name).build();
                profile.provide_credentials().await
            }
            None => {
                let chain = DefaultCredentialsChain::builder().configure(configuration);
                let chain = chain.region(region).build().await;
                chain.provide_credentials().await
            }
        }
    }
}

/// What the source gave last, until it is too old.
#[derive(Debug)]
pub struct Held {
    provider: SharedCredentialsProvider,
    /// The one profile they come from, if it was named.
    profile: Option<String>,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    credentials: Option<(Credentials, Instant)>,
    /// When the source was asked last, and what came of it.
    asked: Option<(Instant, Result<(), Failure>)>,
}

impl Held {
    pub fn new(provider: SharedCredentialsProvider, profile: Option<String>) -> Self {
        Self {
            provider,
            profile,
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
            && is_good(credentials, now + MARGIN)
            && read.elapsed() < REREAD
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
        let given = match self.ask().await {
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

    /// AWS no longer takes these credentials: are there others by now?
    pub async fn has_others_than(&self, refused: &Credentials) -> bool {
        let mut last = self.last.lock().await;
        let is_refused = |held: &Credentials| {
            held.access_key_id() == refused.access_key_id()
                && held.session_token() == refused.session_token()
        };
        let held = last.credentials.as_ref();
        if held.is_some_and(|(held, _)| !is_refused(held)) {
            return true;
        }
        last.credentials = match self.ask().await {
            Ok(credentials) if !is_refused(&credentials) => Some((credentials, Instant::now())),
            _ => None,
        };
        last.credentials.is_some()
    }

    async fn ask(&self) -> provider::Result {
        match timeout(PATIENCE, self.provider.provide_credentials()).await {
            Ok(given) => given,
            Err(_) => Err(CredentialsError::provider_timed_out(PATIENCE)),
        }
    }

    /// The chain's own words may hold what a credential process printed: they are not passed on.
    fn unavailable(&self, error: &CredentialsError) -> Failure {
        let source = match &self.profile {
            Some(name) => format!("The profile {name:?}"),
            None => "The source of the AWS credentials".into(),
        };
        match error {
            CredentialsError::CredentialsNotLoaded(_) => Failure::upstream(
                "no-credentials",
                match &self.profile {
                    Some(name) => {
                        format!("The profile {name:?} does not exist, or has no AWS credentials.")
                    }
                    None => "The proxy found no AWS credentials.".into(),
                },
                "Sign in where the proxy runs, such as with aws sso login or aws configure; a \
                 profile named by --profile or AWS_PROFILE must exist.",
            ),
            CredentialsError::ProviderTimedOut(_) => Failure::upstream(
                "credentials-timeout",
                format!("{source} did not answer in time."),
                "Check the network and the profile, then send again.",
            ),
            _ => Failure::upstream(
                "credentials-failed",
                format!("{source} gave no AWS credentials."),
                "Sign in again, such as with aws sso login, or correct the profile, then send \
                 again.",
            ),
        }
    }
}

fn is_good(credentials: &Credentials, at: SystemTime) -> bool {
    credentials.expiry().is_none_or(|end| at < end)
}

const SIGN_IN: &str = "Sign in again, such as with aws sso login, then send again.";

pub fn expired() -> Failure {
    Failure::upstream(
        "credentials-expired",
        "The AWS credentials have expired.",
        SIGN_IN,
    )
}
