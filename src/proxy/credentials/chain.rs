//! AWS's default chain, or one profile.

use super::aside::aside;
use super::files::{self, Files, Trouble};
use super::plan::Plan;
use super::process::{Helper, TOOK_TOO_LONG, WROTE_TOO_MUCH};
use super::services::Services;
use super::signed_in::SignedIn;
use super::way::{Needed, Stopped, Way};
use super::{Credentials, DEFAULT_REGION};
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
    /// What people have signed in to.
    pub signed_in: SignedIn,
}

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { Ok(self.ask_aside().await?) })
    }
}

impl Chain {
    /// The region that environment or profile name, if that can be told at once.
    pub async fn region(&self) -> Option<String> {
        let chain = self.clone();
        let region = aside(move || async move {
            match files::read(None) {
                Ok(files) => chain.region_in(&files.given()).await,
                Err(_) => chain.region_of_environment().await,
            }
        });
        let region = timeout(limits::REGION_TIME, region).await.ok()??;
        Some(region?.to_string())
    }

    /// Only roles that are assumed on the way need a region; asking the instance for it would keep
    /// every other machine waiting.
    async fn region_in(&self, files: &EnvConfigFiles) -> Option<Region> {
        match self.region_of_environment().await {
            Some(region) => Some(region),
            None => self.region_of_profile(files).await,
        }
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

    /// What a person has to sign in to before there are credentials, if that would help.
    pub async fn needed(&self) -> Result<Option<Needed>, CredentialsError> {
        match self.ask_aside().await {
            Err(Stopped::Needs(needed)) => Ok(Some(*needed)),
            Err(Stopped::Failed(error)) => Err(error),
            Ok(_) => Ok(None),
        }
    }

    async fn ask_aside(&self) -> Result<Credentials, Stopped> {
        let chain = self.clone();
        let given = aside(move || async move { chain.ask().await }).await;
        let broke_off = || CredentialsError::unhandled("the look-up broke off");
        given.ok_or_else(broke_off)?
    }

    async fn ask(&self) -> Result<Credentials, Stopped> {
        if self.profile.is_none() {
            let environment = EnvironmentVariableCredentialsProvider::new();
            let given = environment.provide_credentials().await;
            if !matches!(given, Err(CredentialsError::CredentialsNotLoaded(_))) {
                return Ok(given?);
            }
        }
        let files = files::read(self.helper.as_ref());
        let files = files.map_err(CredentialsError::invalid_configuration)?;
        let services = Services::new().map_err(CredentialsError::invalid_configuration)?;
        // What can't be read is told by who reads it as well.
        let set = files::sections(&files, self.profile.as_deref()).await.ok();
        match set.as_ref().and_then(|set| Some((set, Plan::of(set)?))) {
            Some((set, plan)) if !plan.roles.is_empty() || plan.base.sso.is_some() => {
                let region = self.region_in(&files.given()).await;
                let way = Way {
                    chain: self,
                    region: region.map(|region| region.to_string()),
                    services,
                    files,
                    set,
                };
                way.follow(&plan).await
            }
            _ => Ok(self
                .of_aws(&files, self.profile.as_deref(), &services)
                .await?),
        }
    }

    /// What AWS's own chain makes of a profile.
    pub(super) async fn of_aws(
        &self,
        files: &Files,
        profile: Option<&str>,
        services: &Services,
    ) -> provider::Result {
        let files = files.given();
        let region = self.region_in(&files).await;
        let configuration = ProviderConfig::default()
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_http_client(services.client())
            .with_region(Some(region.unwrap_or(Region::from_static(DEFAULT_REGION))));
        let named = ProfileFileCredentialsProvider::builder()
            .configure(&configuration)
            .profile_files(files);
        let given = match profile {
            Some(name) => named.profile_name(name).build().provide_credentials().await,
            None => {
                let web_identity = WebIdentityTokenCredentialsProvider::builder();
                let container = EcsCredentialsProvider::builder();
                let instance = ImdsCredentialsProvider::builder();
                CredentialsProviderChain::first_try("Profile", named.build())
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
        };
        given.map_err(told_by_helper)
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
