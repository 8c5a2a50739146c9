//! Where credentials come from, how long they are held, and that they stay here.

use super::library;
use super::running::{Answer, Running, signing, start};
use super::signing::{PREFIX, request};
use super::upstream::Upstream;
use crate::signature;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, Result as Given, future};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// Gives what it was told to give, the last of it again and again, and counts.
#[derive(Debug, Clone)]
pub struct Source {
    gives: Arc<Mutex<Vec<Result<Credentials, &'static str>>>>,
    asked: Arc<Mutex<usize>>,
}

impl Source {
    pub fn of(gives: Vec<Result<Credentials, &'static str>>) -> Self {
        Self {
            gives: Arc::new(Mutex::new(gives)),
            asked: Arc::default(),
        }
    }

    fn next(&self) -> Given {
        *self.asked.lock().unwrap() += 1;
        let mut gives = self.gives.lock().unwrap();
        let next = match gives.len() {
            1 => gives[0].clone(),
            _ => gives.remove(0),
        };
        next.map_err(|what| match what {
            "none" => CredentialsError::not_loaded_no_source(),
            other => CredentialsError::provider_error(other),
        })
    }

    fn asked(&self) -> usize {
        *self.asked.lock().unwrap()
    }
}

impl ProvideCredentials for Source {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(self.next())
    }
}

/// Keys that never end.
pub fn keys(access_key_id: &str) -> Credentials {
    Credentials::new(access_key_id, "a-secret-of-this-test", None, None, "test")
}

fn ending(after: Duration) -> Credentials {
    let mut credentials = signature::credentials(None);
    *credentials.expiry_mut() = Some(SystemTime::now() + after);
    credentials
}

fn with(source: &Source, upstream: &Upstream) -> Running {
    start(|config| config.target = signing(&upstream.url(), source.clone(), true))
}

fn send(proxy: &Running) -> Answer {
    proxy.reviewed(PREFIX, &request(), &[])
}

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn without_credentials_nothing_is_sent_until_there_are_some() {
    let upstream = Upstream::answering("{}");
    let source = Source::of(vec![
        Err("none"),
        Err("none"),
        Ok(signature::credentials(None)),
    ]);
    let proxy = with(&source, &upstream);
    assert_eq!(
        source.asked(),
        0,
        "nobody is asked before there is something to sign"
    );
    for _ in 0..2 {
        let answer = send(&proxy);
        assert_eq!(
            (answer.status, answer.code().as_deref()),
            (502, Some("no-credentials"))
        );
    }
    assert_eq!(upstream.connections(), 0);
    assert_eq!(send(&proxy).status, 200);
}

#[test]
fn a_source_that_fails_is_told_without_its_own_words() {
    let upstream = Upstream::answering("{}");
    let proxy = with(&Source::of(vec![Err("secret=hunter2")]), &upstream);
    let answer = send(&proxy);
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (502, Some("credentials-failed"))
    );
    assert!(!String::from_utf8_lossy(&answer.body).contains("hunter2"));
}

#[test]
fn credentials_are_held_while_they_are_good() {
    let upstream = Upstream::answering("{}");
    for credentials in [signature::credentials(None), ending(HOUR)] {
        let source = Source::of(vec![Ok(credentials)]);
        let proxy = with(&source, &upstream);
        for _ in 0..3 {
            assert_eq!(send(&proxy).status, 200);
        }
        assert_eq!(source.asked(), 1);
    }
}

#[test]
fn credentials_near_their_end_are_replaced_and_used_on_if_they_cannot_be() {
    let upstream = Upstream::answering("{}");
    let source = Source::of(vec![Ok(ending(MINUTE)), Err("offline"), Ok(ending(HOUR))]);
    let proxy = start(|config| {
        config.target = signing(&upstream.url(), source.clone(), true);
        config.model = Arc::new(library::model());
    });
    // A read: it is sent without a review, which would ask for credentials as well.
    for asked in [1, 2, 3, 3] {
        assert_eq!(library::ask(&proxy).status, 200);
        assert_eq!(source.asked(), asked);
    }
}

#[test]
fn expired_credentials_sign_nothing() {
    let upstream = Upstream::answering("{}");
    let mut expired = signature::credentials(None);
    *expired.expiry_mut() = Some(SystemTime::now() - MINUTE);
    let proxy = with(&Source::of(vec![Ok(expired)]), &upstream);
    let answer = send(&proxy);
    assert_eq!(
        (answer.status, answer.code().as_deref()),
        (502, Some("credentials-expired"))
    );
    assert_eq!(upstream.connections(), 0);
}

#[test]
fn requests_that_come_together_ask_a_slow_source_once_whatever_it_gives() {
    /// Takes its time, and fails.
    #[derive(Debug, Clone, Default)]
    struct Slow(Arc<Mutex<usize>>);
    impl ProvideCredentials for Slow {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            *self.0.lock().unwrap() += 1;
            future::ProvideCredentials::new(async {
                tokio::time::sleep(Duration::from_millis(400)).await;
                Err(CredentialsError::not_loaded_no_source())
            })
        }
    }
    let upstream = Upstream::answering("{}");
    let source = Slow::default();
    let proxy = start(|config| config.target = signing(&upstream.url(), source.clone(), true));
    std::thread::scope(|scope| {
        let sent = [(); 8].map(|()| scope.spawn(|| send(&proxy).code()));
        for one in sent {
            assert_eq!(one.join().unwrap().as_deref(), Some("no-credentials"));
        }
    });
    // The first, and those who came while it was being asked.
    assert!(*source.0.lock().unwrap() <= 2, "{source:?}");
}
