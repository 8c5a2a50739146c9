//! AWS's default chain, or one profile.

use super::DEFAULT_REGION;
use super::aside::aside;
use super::files::{self, Trouble};
use super::process::{Helper, TOOK_TOO_LONG, WROTE_TOO_MUCH};
use crate::limits;
use aws_config::ecs::EcsCredentialsProvider;
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::meta::region::ProvideRegion;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::profile::region::ProfileFileRegionProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_types::error::display::DisplayErrorContext;
use std::time::Duration;
use tokio::time::timeout;

/// Environment, profile, single sign-on, process, web identity, container, instance; or one
/// profile and what it refers to, and nothing else.
///
/// The chain is built anew each time it is asked: it reads files once only, and a person who
/// has just signed in expects that to count.
#[derive(Debug, Clone, Default)]
pub struct Chain {
    pub profile: Option<String>,
    /// What runs the `credential_process` of a profile within limits; without it, none apply.
    pub helper: Option<Helper>,
}

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let chain = self.clone();
        future::ProvideCredentials::new(async {
            let given = aside(move || async move { chain.ask().await }).await;
            given.unwrap_or_else(|| Err(CredentialsError::unhandled("the look-up broke off")))
        })
    }
}

impl Chain {
    /// The region that environment or profile name, if that can be told at once.
    pub async fn region(&self) -> Option<String> {
        let chain = self.clone();
        let region = aside(move || async move {
            if let Some(region) = chain.region_of_environment().await {
                return Some(region);
            }
            chain.region_of_profile(&files::read(None).ok()?).await
        });
        let region = timeout(limits::REGION_TIME, region).await.ok()??;
        Some(region?.to_string())
    }

    async fn region_of_environment(&self) -> Option<Region> {
        match self.profile {
            Some(_) => None,
            None => EnvironmentVariableRegionProvider::new().region().await,
        }
    }

    async fn region_of_profile(&self, files: &EnvConfigFiles) -> Option<Region> {
        let mut profile = ProfileFileRegionProvider::builder().profile_files(files.clone());
        if let Some(name) = &self.profile {
            profile = profile.profile_name(name);
        }
        profile.build().region().await
    }

    async fn ask(&self) -> provider::Result {
        if self.profile.is_none() {
            let environment = EnvironmentVariableCredentialsProvider::new();
            let given = environment.provide_credentials().await;
            if !matches!(given, Err(CredentialsError::CredentialsNotLoaded(_))) {
                return given;
            }
        }
        let files = files::read(self.helper.as_ref());
        let files = files.map_err(CredentialsError::invalid_configuration)?;
        self.ask_with(files).await.map_err(told_by_helper)
    }

    async fn ask_with(&self, files: EnvConfigFiles) -> provider::Result {
        // Only roles that are assumed on the way need a region; asking the instance for it would
        // keep every other machine waiting.
        let region = match self.region_of_environment().await {
            Some(region) => Some(region),
            None => self.region_of_profile(&files).await,
        };
        let client = Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let configuration = ProviderConfig::default()
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_http_client(client)
            .with_region(Some(region.unwrap_or(Region::from_static(DEFAULT_REGION))));
        let profile = ProfileFileCredentialsProvider::builder()
            .configure(&configuration)
            .profile_files(files);
        if let Some(name) = &self.profile {
            return profile
                .profile_name(name)
                .build()
                .provide_credentials()
                .await;
        }
        let web_identity = WebIdentityTokenCredentialsProvider::builder();
        let container = EcsCredentialsProvider::builder();
        let instance = ImdsCredentialsProvider::builder();
        CredentialsProviderChain::first_try("Profile", profile.build())
            .or_else(
                "WebIdentityToken",
                web_identity.configure(&configuration).build(),
            )
            .or_else("EcsContainer", container.configure(&configuration).build())
            .or_else(
                "Ec2InstanceMetadata",
                instance.configure(&configuration).build(),
            )
            .provide_credentials()
            .await
    }
}

/// What makes a profile one that has credentials.
const SOURCES: [&str; 5] = [
    "aws_access_key_id",
    "credential_process",
    "role_arn",
    "sso_account_id",
    "credential_source",
];

/// The profiles of AWS's files that have credentials of some kind, by name. The error is a sentence.
pub async fn profile_names() -> Result<Vec<String>, String> {
    let found = aside(|| async {
        let files = files::read(None).map_err(|trouble| trouble.to_string())?;
        let sections = files::sections(&files, None).await;
        let sections = sections.map_err(|_| "--profiles: AWS's files can't be read".to_owned())?;
        let has_some = |name: &&str| {
            let profile = sections.get_profile(name);
            profile.is_some_and(|profile| SOURCES.iter().any(|it| profile.get(it).is_some()))
        };
        let mut names: Vec<_> = sections
            .profiles()
            .filter(has_some)
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        Ok::<Vec<_>, String>(names)
    });
    let found = timeout(limits::REGION_TIME, found).await;
    let names = found
        .ok()
        .flatten()
        .ok_or("--profiles: AWS's files could not be read in time")??;
    match names.is_empty() {
        true => Err("--profiles: no profile in AWS's files has credentials".into()),
        false => Ok(names),
    }
}

/// The helper's own words, which a credential process can't write, stand among those of the
/// chain's error.
fn told_by_helper(error: CredentialsError) -> CredentialsError {
    let words = DisplayErrorContext(&error).to_string();
    if words.contains(TOOK_TOO_LONG) {
        return CredentialsError::provider_timed_out(Duration::ZERO);
    }
    if words.contains(WROTE_TOO_MUCH) {
        return CredentialsError::invalid_configuration(Trouble::WroteTooMuch);
    }
    error
}
