//! Credentials from AWS's default chain, asked for when a request needs them.

use crate::failure::Failure;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
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
/// The slowest link of the chain is a machine that has no metadata service.
const PATIENCE: Duration = Duration::from_secs(20);

/// Environment, profile, single sign-on, process, web identity, container, instance.
///
/// The chain is built anew each time it is asked: it reads files once only, and a person who
/// has just signed in expects that to count.
#[derive(Debug, Clone, Copy, Default)]
pub struct DefaultChain;

impl ProvideCredentials for DefaultChain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(from_default_chain())
    }
}

async fn from_default_chain() -> provider::Result {
    let client = Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let configuration = ProviderConfig::default()
        .with_behavior_version(Some(BehaviorVersion::latest()))
        .with_http_client(client);
    // Only roles that are assumed on the way need a region; asking the instance for it would
    // keep every other machine waiting.
    let region = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new())
        .or_else(ProfileFileRegionProvider::new())
        .or_else(Region::from_static("us-east-1"));
    DefaultCredentialsChain::builder()
        .configure(configuration)
        .region(region)
        .build()
        .await
        .provide_credentials()
        .await
}

/// Credentials as they were last given, until they are too old.
#[derive(Debug)]
pub struct Held {
    provider: SharedCredentialsProvider,
    last: Mutex<Option<(Credentials, Instant)>>,
}

impl Held {
    pub fn new(provider: SharedCredentialsProvider) -> Self {
        Self {
            provider,
            last: Mutex::new(None),
        }
    }

    /// Credentials that are good at `now`. Requests that come together ask the chain once.
    pub async fn get(&self, now: SystemTime) -> Result<Credentials, Failure> {
        let mut last = self.last.lock().await;
        if let Some((credentials, read)) = last.as_ref()
            && is_good(credentials, now + MARGIN)
            && read.elapsed() < REREAD
        {
            return Ok(credentials.clone());
        }
        let given = match timeout(PATIENCE, self.provider.provide_credentials()).await {
            Ok(given) => given,
            Err(_) => Err(CredentialsError::provider_timed_out(PATIENCE)),
        };
        match (given, last.as_ref()) {
            (Ok(credentials), _) if is_good(&credentials, now) => {
                *last = Some((credentials.clone(), Instant::now()));
                Ok(credentials)
            }
            (_, Some((credentials, _))) if is_good(credentials, now) => Ok(credentials.clone()),
            (Ok(_), _) => Err(expired()),
            (Err(error), _) => Err(unavailable(&error)),
        }
    }
}

fn is_good(credentials: &Credentials, at: SystemTime) -> bool {
    credentials.expiry().is_none_or(|end| at < end)
}

fn expired() -> Failure {
    Failure::upstream(
        "credentials-expired",
        "The AWS credentials have expired. Sign in again, such as with aws sso login, then send \
         again.",
    )
}

/// The chain's own words may hold what a credential process printed: they are not passed on.
fn unavailable(error: &CredentialsError) -> Failure {
    match error {
        CredentialsError::CredentialsNotLoaded(_) => Failure::upstream(
            "no-credentials",
            "The proxy found no AWS credentials. Sign in where it runs, such as with aws sso \
             login or aws configure; if AWS_PROFILE is set, it must name a profile that exists.",
        ),
        CredentialsError::ProviderTimedOut(_) => Failure::upstream(
            "credentials-timeout",
            "The source of the AWS credentials did not answer in time. Check the network and the \
             profile, then send again.",
        ),
        _ => Failure::upstream(
            "credentials-failed",
            "The source of the AWS credentials gave none. Sign in again, such as with aws sso \
             login, or correct the profile, then send again.",
        ),
    }
}
