//! What people have signed in to from the page. It is in memory only, and gone with the proxy.

use super::Credentials;
use super::plan::{Role, Session};
use super::services::Services;
use crate::limits;
use aws_sdk_ssooidc::operation::create_token::CreateTokenOutput;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::sync;

/// What shows that somebody has signed in.
#[derive(Clone)]
pub struct Token {
    access: String,
    ends: SystemTime,
    /// With what it is renewed, if it can be.
    refresh: Option<String>,
    client: Client,
}

/// The proxy, as the service that gives tokens knows it.
#[derive(Clone)]
pub struct Client {
    pub id: String,
    pub secret: String,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client(redacted)")
    }
}

impl Token {
    pub fn of(given: CreateTokenOutput, client: Client) -> Option<Self> {
        let seconds = u64::try_from(given.expires_in).ok()?;
        Some(Self {
            access: given.access_token?,
            ends: SystemTime::now().checked_add(Duration::from_secs(seconds))?,
            refresh: given.refresh_token,
            client,
        })
    }

    async fn renewed(&self, session: &Session, services: &Services) -> Option<Self> {
        let refresh = self.refresh.as_ref()?;
        let asked = services
            .oidc(session)
            .create_token()
            .client_id(&self.client.id)
            .client_secret(&self.client.secret)
            .grant_type("refresh_token")
            .refresh_token(refresh);
        let renewed = Self::of(asked.send().await.ok()?, self.client.clone())?;
        let refresh = renewed.refresh.or_else(|| self.refresh.clone());
        Some(Self { refresh, ..renewed })
    }
}

type Place = Arc<sync::Mutex<Option<Token>>>;

/// Shared by all profiles.
#[derive(Debug, Clone, Default)]
pub struct SignedIn(Arc<Memory>);

#[derive(Debug, Default)]
struct Memory {
    tokens: Mutex<HashMap<Session, Place>>,
    /// Of the roles that asked for an MFA code.
    roles: Mutex<HashMap<Role, Credentials>>,
}

impl SignedIn {
    pub async fn keep_token(&self, session: &Session, token: Token) {
        *self.place(session).lock().await = Some(token);
    }

    /// The token for a session, renewed if it is about to end. Who asks at the same time waits for
    /// that.
    pub async fn token(&self, session: &Session, services: &Services) -> Option<String> {
        let place = self.place(session);
        let mut held = place.lock().await;
        let token = held.as_ref()?;
        let now = SystemTime::now();
        let soon = now.checked_add(limits::CREDENTIALS_MARGIN)?;
        if token.ends <= soon {
            let renewed = token.renewed(session, services).await;
            // One that could not be renewed is good to its end.
            *held = renewed.or_else(|| held.take().filter(|token| token.ends > now));
        }
        Some(held.as_ref()?.access.clone())
    }

    /// The service doesn't take this token any more.
    pub async fn forget_token(&self, session: &Session, refused: &str) {
        let place = self.place(session);
        let mut held = place.lock().await;
        held.take_if(|token| token.access == refused);
    }

    pub fn keep_role(&self, role: &Role, credentials: Credentials) {
        self.roles().insert(role.clone(), credentials);
    }

    pub fn role(&self, role: &Role) -> Option<Credentials> {
        let now = SystemTime::now();
        let mut roles = self.roles();
        let held = roles.get(role)?;
        if held.expiry().is_some_and(|end| end <= now) {
            roles.remove(role);
            return None;
        }
        Some(held.clone())
    }

    pub fn forget_role(&self, role: &Role) {
        self.roles().remove(role);
    }

    /// AWS doesn't take these credentials any more.
    pub fn forget(&self, refused: &Credentials) {
        let is_other = |held: &Credentials| held.access_key_id() != refused.access_key_id();
        self.roles().retain(|_, held| is_other(held));
    }

    fn place(&self, session: &Session) -> Place {
        let tokens = self.0.tokens.lock();
        let mut tokens = tokens.unwrap_or_else(PoisonError::into_inner);
        tokens.entry(session.clone()).or_default().clone()
    }

    fn roles(&self) -> MutexGuard<'_, HashMap<Role, Credentials>> {
        self.0.roles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
