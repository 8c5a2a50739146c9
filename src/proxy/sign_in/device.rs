//! Single sign-on by device code: the person confirms a code in their browser, and the proxy asks
//! until they have, no more often than it was told to.

use super::{SignIn, State, no_answer, refused};
use crate::config::EndpointUrl;
use crate::credentials::{Client, Services, Session, SignedIn, Token};
use crate::failure::Failure;
use crate::limits;
use crate::profiles::Profile;
use aws_sdk_ssooidc::error::SdkError;
use aws_sdk_ssooidc::operation::create_token::CreateTokenError;
use serde_json::{Value, json};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::time::{sleep, timeout};

const CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const REFRESH: &str = "refresh_token";

/// What is asked again and again.
struct Question {
    session: Session,
    services: Services,
    client: Client,
    device_code: String,
}

/// What came of a question.
enum Heard {
    Signed(Box<Token>),
    NotYet,
    SlowDown,
    End(State),
}

pub async fn start(
    profile: &Profile,
    session: Session,
    services: Services,
    signed_in: SignedIn,
) -> Result<(Arc<SignIn>, Value), Failure> {
    let begun = begin(session, services);
    let begun = timeout(limits::CREDENTIALS_TIME, begun).await;
    let (question, told, lasts, interval) = begun.map_err(|_| no_answer())??;
    let sign_in = Arc::new(SignIn::new(profile, lasts, None));
    let waits = wait(question, signed_in, interval, Arc::downgrade(&sign_in));
    *super::locked(&sign_in.task) = Some(tokio::spawn(waits).abort_handle());
    Ok((sign_in, told))
}

async fn begin(
    session: Session,
    services: Services,
) -> Result<(Question, Value, Duration, Duration), Failure> {
    let oidc = services.oidc(&session);
    let mut asked = oidc
        .register_client()
        .client_name(env!("CARGO_PKG_NAME"))
        .client_type("public");
    if session.name.is_some() {
        asked = asked
            .set_scopes(Some(session.scopes.clone()))
            .set_grant_types(Some(vec![CODE.into(), REFRESH.into()]));
    }
    let registered = asked.send().await.map_err(|error| failed(&error))?;
    let client = Client {
        id: registered.client_id.ok_or_else(no_answer)?,
        secret: registered.client_secret.ok_or_else(no_answer)?,
    };
    let asked = oidc
        .start_device_authorization()
        .client_id(&client.id)
        .client_secret(&client.secret)
        .start_url(&session.start_url);
    let begun = asked.send().await.map_err(|error| failed(&error))?;
    let (lasts, interval) = (seconds(begun.expires_in), seconds(begun.interval));
    let lasts = lasts.clamp(Duration::from_secs(1), limits::SIGN_IN_TIME);
    let interval = match interval.is_zero() {
        true => limits::SIGN_IN_INTERVAL,
        false => interval.clamp(
            limits::SIGN_IN_INTERVAL_LEAST,
            limits::SIGN_IN_INTERVAL_MOST,
        ),
    };
    let address = begun.verification_uri.filter(|it| leads_safely(it));
    let with_code = begun
        .verification_uri_complete
        .filter(|it| leads_safely(it));
    let code = begun.user_code.filter(|code| is_shown(code));
    let told = json!({
        "kind": "device",
        "address": address.ok_or_else(no_answer)?,
        "addressWithCode": with_code,
        "code": code.ok_or_else(no_answer)?,
        "expiresInSeconds": lasts.as_secs(),
        "intervalSeconds": interval.as_secs(),
    });
    let question = Question {
        session,
        services,
        client,
        device_code: begun.device_code.ok_or_else(no_answer)?,
    };
    Ok((question, told, lasts, interval))
}

/// Until the person has signed in, or nobody waits for it any more.
async fn wait(
    question: Question,
    signed_in: SignedIn,
    mut interval: Duration,
    sign_in: Weak<SignIn>,
) {
    loop {
        sleep(interval).await;
        let Some(sign_in) = sign_in.upgrade().filter(|it| it.is_waiting()) else {
            return;
        };
        match question.ask().await {
            Heard::NotYet => {}
            Heard::SlowDown => {
                interval = (interval + limits::SIGN_IN_SLOWER).min(limits::SIGN_IN_INTERVAL_MOST);
            }
            Heard::Signed(token) => {
                signed_in.keep_token(&question.session, *token).await;
                return sign_in.set(State::Done);
            }
            Heard::End(state) => return sign_in.set(state),
        }
    }
}

impl Question {
    async fn ask(&self) -> Heard {
        let asked = self
            .services
            .oidc(&self.session)
            .create_token()
            .client_id(&self.client.id)
            .client_secret(&self.client.secret)
            .grant_type(CODE)
            .device_code(&self.device_code)
            .send();
        match timeout(limits::CREDENTIALS_TIME, asked).await {
            // What the network lost is asked for again.
            Err(_) => Heard::NotYet,
            Ok(Ok(given)) => match Token::of(given, self.client.clone()) {
                Some(token) => Heard::Signed(Box::new(token)),
                None => Heard::End(State::Failed(no_answer())),
            },
            Ok(Err(SdkError::ServiceError(error))) => heard(error.err()),
            Ok(Err(_)) => Heard::NotYet,
        }
    }
}

fn heard(error: &CreateTokenError) -> Heard {
    match error {
        CreateTokenError::AuthorizationPendingException(_)
        | CreateTokenError::InternalServerException(_) => Heard::NotYet,
        CreateTokenError::SlowDownException(_) => Heard::SlowDown,
        CreateTokenError::AccessDeniedException(_) => Heard::End(State::Denied),
        CreateTokenError::ExpiredTokenException(_) => Heard::End(State::Expired),
        _ => Heard::End(State::Failed(refused())),
    }
}

fn failed<E>(error: &SdkError<E>) -> Failure {
    match error {
        SdkError::ServiceError(_) => refused(),
        _ => no_answer(),
    }
}

fn seconds(seconds: i32) -> Duration {
    Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

/// The page makes a link of it.
fn leads_safely(address: &str) -> bool {
    let is_short = address.len() <= limits::SIGN_IN_TEXT_BYTES;
    is_short && is_shown(address) && {
        let before = address.split(['?', '#']).next().unwrap_or_default();
        before.parse::<EndpointUrl>().is_ok()
    }
}

fn is_shown(text: &str) -> bool {
    let is_short = (1..=limits::SIGN_IN_TEXT_BYTES).contains(&text.len());
    is_short && text.bytes().all(|byte| byte.is_ascii_graphic())
}
