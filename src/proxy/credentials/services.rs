//! The services that credentials come from: IAM Identity Center and STS, each at its regional host,
//! or where AWS's own settings say.

use super::files::Trouble;
use super::plan::{Role, Session, Sso};
use super::{Credentials, DEFAULT_REGION};
use crate::config::EndpointUrl;
use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_sts::config::SharedHttpClient;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_types::DateTime;
use formsmith_api::curated::EXPIRED;
use std::time::SystemTime;

/// A name of AWS's for the session of a role whose profile gives it none. It is always the same, so
/// that who renews the credentials stays who they were.
const SESSION_NAME: &str = "formsmith";

const STS: &str = "AWS_ENDPOINT_URL_STS";
const SSO: &str = "AWS_ENDPOINT_URL_SSO";
const OIDC: &str = "AWS_ENDPOINT_URL_SSO_OIDC";
const ANY: &str = "AWS_ENDPOINT_URL";

/// How services are asked.
#[derive(Debug, Clone)]
pub struct Services {
    client: SharedHttpClient,
    sts: Option<String>,
    sso: Option<String>,
    oidc: Option<String>,
}

/// Why no credentials were given for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Those that were to be exchanged have ended.
    Expired,
    /// The MFA code is not the current one.
    WrongCode,
    /// No.
    Denied,
    /// Nobody answered, or not so that it could be understood.
    NoAnswer,
}

impl Services {
    /// With the system's root certificates.
    pub fn new() -> Result<Self, Trouble> {
        Ok(Self {
            client: client(),
            sts: endpoint(STS)?,
            sso: endpoint(SSO)?,
            oidc: endpoint(OIDC)?,
        })
    }

    pub fn client(&self) -> SharedHttpClient {
        self.client.clone()
    }

    fn config(&self, region: &str, endpoint: Option<&String>) -> SdkConfig {
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .http_client(self.client.clone())
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .retry_config(RetryConfig::disabled());
        config.set_endpoint_url(endpoint.cloned());
        config.build()
    }

    pub fn oidc(&self, session: &Session) -> aws_sdk_ssooidc::Client {
        aws_sdk_ssooidc::Client::new(&self.config(&session.region, self.oidc.as_ref()))
    }

    /// The credentials of a role, for the token of who has signed in.
    pub async fn portal(&self, sso: &Sso, token: &str) -> Result<Credentials, Refused> {
        let config = self.config(&sso.session.region, self.sso.as_ref());
        let asked = aws_sdk_sso::Client::new(&config)
            .get_role_credentials()
            .account_id(&sso.account)
            .role_name(&sso.role)
            .access_token(token);
        let given = asked.send().await.map_err(|error| match error {
            SdkError::ServiceError(error) if error.err().is_unauthorized_exception() => {
                Refused::Expired
            }
            SdkError::ServiceError(_) => Refused::Denied,
            _ => Refused::NoAnswer,
        })?;
        let given = given.role_credentials.ok_or(Refused::NoAnswer)?;
        let ends = SystemTime::try_from(DateTime::from_millis(given.expiration));
        Ok(Credentials::new(
            given.access_key_id.ok_or(Refused::NoAnswer)?,
            given.secret_access_key.ok_or(Refused::NoAnswer)?,
            given.session_token,
            Some(ends.map_err(|_| Refused::NoAnswer)?),
            "SSO",
        ))
    }

    /// The credentials of a role, for others and, where it asks for one, an MFA code.
    pub async fn assume(
        &self,
        role: &Role,
        source: Credentials,
        code: Option<&str>,
        region: Option<&str>,
    ) -> Result<Credentials, Refused> {
        let config = self.config(region.unwrap_or(DEFAULT_REGION), self.sts.as_ref());
        let config = config
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(source))
            .build();
        let asked = aws_sdk_sts::Client::new(&config)
            .assume_role()
            .role_arn(&role.arn)
            .role_session_name(role.session_name.as_deref().unwrap_or(SESSION_NAME))
            .set_external_id(role.external_id.clone())
            .set_duration_seconds(role.duration_seconds)
            .set_serial_number(role.mfa_serial.clone().filter(|_| code.is_some()))
            .set_token_code(code.map(str::to_owned));
        let given = asked.send().await.map_err(|error| refused(&error))?;
        let given = given.credentials.ok_or(Refused::NoAnswer)?;
        let ends = SystemTime::try_from(given.expiration).map_err(|_| Refused::NoAnswer)?;
        Ok(Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(ends),
            "AssumeRole",
        ))
    }
}

fn refused(error: &SdkError<AssumeRoleError>) -> Refused {
    let SdkError::ServiceError(error) = error else {
        return Refused::NoAnswer;
    };
    let (code, message) = (error.err().code(), error.err().message());
    let names = |part: &str| message.is_some_and(|message| message.contains(part));
    match code {
        Some(code) if EXPIRED.contains(&code) => Refused::Expired,
        Some("AccessDenied") if names("MultiFactorAuthentication") => Refused::WrongCode,
        Some("ValidationError") if names("tokenCode") => Refused::WrongCode,
        Some(_) => Refused::Denied,
        None => Refused::NoAnswer,
    }
}

fn client() -> SharedHttpClient {
    Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

/// What stands in for a service's own hosts. Plain HTTP leads to this machine only.
fn endpoint(variable: &'static str) -> Result<Option<String>, Trouble> {
    let set = |name| Some((name, std::env::var(name).ok().filter(|it| !it.is_empty())?));
    match set(variable).or_else(|| set(ANY)) {
        None => Ok(None),
        Some((name, text)) => match text.parse::<EndpointUrl>() {
            Ok(url) => Ok(Some(url.to_string())),
            Err(_) => Err(Trouble::NoEndpoint(name)),
        },
    }
}
