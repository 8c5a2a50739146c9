//! Signing in from the page. The proxy asks the service and waits for it; the page shows what the
//! person needs for that, and asks how it stands.

mod device;
mod mfa;

use crate::body::{self, Response};
use crate::consent::Id;
use crate::credentials::{Credentials, Needed};
use crate::failure::Failure;
use crate::http::StatusCode;
use crate::limits;
use crate::profiles::Profile;
use formsmith_api::json;
use formsmith_wire::Code;
use mfa::Role;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::AbortHandle;
use tokio::time::timeout;

/// How it stands.
#[derive(Debug, Clone)]
pub enum State {
    Waiting,
    Done,
    Denied,
    Expired,
    Failed(Failure),
}

impl State {
    fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Expired => "expired",
            Self::Failed(_) => "failed",
        }
    }

    fn told(&self) -> Value {
        let mut told = json!({ "state": self.word() });
        if let Self::Failed(failure) = self {
            told["error"] = failure.to_json();
        }
        told
    }
}

/// One that a person has begun.
#[derive(Debug)]
pub struct SignIn {
    pub profile: Option<String>,
    state: Mutex<State>,
    /// When it is too late.
    ends: Instant,
    /// The role, where a code is awaited from the page.
    role: Option<tokio::sync::Mutex<Role>>,
    /// What waits for the service.
    task: Mutex<Option<AbortHandle>>,
}

impl SignIn {
    fn new(profile: &Profile, lasts: Duration, role: Option<Role>) -> Self {
        Self {
            profile: profile.name.clone(),
            state: Mutex::new(State::Waiting),
            ends: Instant::now() + lasts,
            role: role.map(tokio::sync::Mutex::new),
            task: Mutex::default(),
        }
    }

    /// How it stands now.
    pub fn state(&self) -> State {
        let mut state = locked(&self.state);
        if matches!(*state, State::Waiting) && Instant::now() >= self.ends {
            *state = State::Expired;
        }
        state.clone()
    }

    fn set(&self, state: State) {
        *locked(&self.state) = state;
    }

    fn is_waiting(&self) -> bool {
        matches!(self.state(), State::Waiting)
    }

    /// Whatever the service says from now on is not heard.
    fn stop(&self) {
        if let Some(task) = locked(&self.task).take() {
            task.abort();
        }
    }
}

/// Those that were begun, within bounds.
#[derive(Debug, Default)]
pub struct SignIns(Mutex<Vec<(Id, Arc<SignIn>)>>);

impl SignIns {
    /// Begins what the profile needs; the answer tells the page what the person has to do.
    pub async fn start(&self, profile: &Profile) -> Result<Response, Failure> {
        self.room()?;
        let chain = profile
            .credentials
            .sign_in
            .as_ref()
            .ok_or_else(not_needed)?;
        let needed = timeout(limits::CREDENTIALS_TIME, chain.needed()).await;
        let needed = needed.map_err(|_| no_answer())?;
        let needed = needed.map_err(|error| profile.credentials.unavailable(&error))?;
        let (sign_in, mut told) = match needed.ok_or_else(not_needed)? {
            Needed::Device { session, services } => {
                device::start(profile, session, services, chain.signed_in.clone()).await?
            }
            Needed::Mfa {
                role,
                source,
                region,
                services,
            } => mfa::start(profile, role, source, region, services, &chain.signed_in),
        };
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|_| Failure::no_randomness())?;
        let id = Id::new(random);
        told["id"] = id.to_string().into();
        self.room()?;
        self.all().push((id, sign_in));
        Ok(body::json(&told))
    }

    pub fn find(&self, id: &str) -> Result<Arc<SignIn>, Failure> {
        let id = Id::read(id).ok_or_else(unknown)?;
        let all = self.all();
        let found = all.iter().find(|(own, _)| *own == id);
        found.map(|(_, found)| found.clone()).ok_or_else(unknown)
    }

    /// Of what is over, the oldest is forgotten.
    fn room(&self) -> Result<(), Failure> {
        let mut all = self.all();
        if all.len() < limits::SIGN_INS {
            return Ok(());
        }
        let over = all.iter().position(|(_, it)| !it.is_waiting());
        let over = over.ok_or_else(|| {
            Failure::busy(
                "Too many sign-ins have been started and not been finished.",
                "Finish or cancel one of them, then try again.",
            )
        })?;
        all.remove(over);
        Ok(())
    }

    /// The person has thought better of it.
    pub fn withdraw(&self, id: &str) -> Result<Response, Failure> {
        let id = Id::read(id).ok_or_else(unknown)?;
        let mut all = self.all();
        let at = all.iter().position(|(own, _)| *own == id);
        let (_, withdrawn) = all.remove(at.ok_or_else(unknown)?);
        withdrawn.stop();
        Ok(body::json(&json!({ "withdrawn": true })))
    }

    fn all(&self) -> MutexGuard<'_, Vec<(Id, Arc<SignIn>)>> {
        locked(&self.0)
    }
}

/// How it stands, as the page is told it.
pub fn told(sign_in: &SignIn) -> Response {
    body::json(&sign_in.state().told())
}

/// Takes the MFA code that the page sends.
pub async fn code(sign_in: &SignIn, body: &[u8]) -> Result<Response, Failure> {
    let told = json::parse(body).ok();
    let code = told.as_ref().and_then(|told| told["code"].as_str());
    let code = code.ok_or_else(|| malformed("code is not a text"))?;
    let role = sign_in.role.as_ref();
    let role = role.ok_or_else(|| malformed("this sign-in takes no code"))?;
    // Of two codes that come together, the second finds what the first came to.
    let role = role.lock().await;
    if sign_in.is_waiting()
        && let Err(wrong) = mfa::give(sign_in, &role, code).await
    {
        let mut told = State::Waiting.told();
        told["error"] = wrong.to_json();
        return Ok(body::json(&told));
    }
    Ok(self::told(sign_in))
}

/// The profile that a sign-in is asked for.
pub fn profile(body: &[u8]) -> Result<Option<String>, Failure> {
    let told = json::parse(body).ok().filter(Value::is_object);
    let told = told.ok_or_else(|| malformed("it is not a JSON object"))?;
    match &told["profile"] {
        Value::Null => Ok(None),
        Value::String(name) => Ok(Some(name.clone())),
        _ => Err(malformed("profile is not a text")),
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn malformed(what: &str) -> Failure {
    Failure::bad_request(
        Code::RequestMalformed,
        format!("The sign-in request can't be read: {what}."),
        "Send what the console would send.",
    )
}

fn unknown() -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        Code::SignInUnknown,
        "The proxy does not know this sign-in. It may have been restarted, or the sign-in was \
         canceled.",
        "Start to sign in again.",
    )
}

fn not_needed() -> Failure {
    Failure::new(
        StatusCode::CONFLICT,
        Code::SignInNotNeeded,
        "This profile already has credentials, or they need no sign-in here.",
        "Send your request again.",
    )
}

fn no_answer() -> Failure {
    Failure::upstream(
        Code::SignInFailed,
        "The service that you sign in with did not answer as expected.",
        "Check the network and the profile, then try again.",
    )
}

fn refused() -> Failure {
    Failure::upstream(
        Code::SignInFailed,
        "The service that you sign in with refused.",
        "Check the profile and what you are allowed to do, then try again.",
    )
}
