//! Session tokens of people: who and until when, signed with a key that all copies share. None is
//! kept, so that any copy knows those of the others.

use crate::limits;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde_json::{Value, json};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// So that nothing else which is signed with the same key is ever taken for a session.
const PURPOSE: &str = "formsmith session 1\n";

pub struct SessionKey(hmac::Key);

impl SessionKey {
    /// None if it is so short that it could be guessed.
    pub fn new(secret: &str) -> Option<Self> {
        let is_fit = secret.len() >= limits::SESSION_KEY_LENGTH_LEAST;
        is_fit.then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())))
    }

    /// For a proxy that is alone, as long as it runs.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
    }

    pub fn token(&self, subject: &str, now: SystemTime) -> String {
        let until = now + limits::SESSION_TIME;
        let told = json!({ "sub": subject, "exp": seconds(until) }).to_string();
        let mac = hmac::sign(&self.0, signed(&told).as_bytes());
        let [told, mac] =
            [told.as_bytes(), mac.as_ref()].map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
        format!("{told}.{mac}")
    }

    pub fn is_good(&self, token: &str, subject: &str, now: SystemTime) -> bool {
        let read = || {
            let (told, mac) = token.split_once('.')?;
            let told = String::from_utf8(URL_SAFE_NO_PAD.decode(told).ok()?).ok()?;
            let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
            hmac::verify(&self.0, signed(&told).as_bytes(), &mac).ok()?;
            let told: Value = serde_json::from_str(&told).ok()?;
            let is_theirs = told["sub"] == subject;
            Some(is_theirs && seconds(now) < told["exp"].as_u64()?)
        };
        read().unwrap_or(false)
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(redacted)")
    }
}

fn signed(told: &str) -> String {
    [PURPOSE, told].concat()
}

/// Since 1970.
pub fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.unwrap_or(Duration::ZERO).as_secs()
}
