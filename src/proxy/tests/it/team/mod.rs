//! Several people at one proxy, behind a load balancer that signs them in.

mod copies;
mod forged;
mod keys;
mod policy;
mod sessions;

use crate::library::{self, PREFIX, burn};
use crate::running::{Answer, Running, hash, hex, one, signing, start};
use crate::signature;
use crate::upstream::Upstream;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use formsmith_api::http::HttpRequest;
use formsmith_proxy::Config;
use formsmith_proxy::team::{Balancer, Keys, SessionKey, Source, Team};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{SystemTime, UNIX_EPOCH};

pub const ARN: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/team/0123456789abcdef";
pub const OTHER: &str =
    "arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/evil/0123456789abcdef";
pub const HOST: &str = "formsmith.example.com";
pub const KID: &str = "9f8c3f5e-6a3b-4d0e-8f59-000000000001";
const SHARED: &str = "a key that all the copies share 0123456789";

/// A load balancer that signs people in.
pub struct Issuer {
    pair: EcdsaKeyPair,
    /// Where its public key lies, under its id.
    pub folder: PathBuf,
}

impl Issuer {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "team-keys-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Relaxed)
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).unwrap();
        let pair = pair();
        fs::write(folder.join(KID), pem(&pair)).unwrap();
        Self { pair, folder }
    }

    /// What the balancer says of a person, as it writes it: with the padding that the standard
    /// leaves out.
    pub fn says(&self, claims: &Value) -> String {
        self.signed(&header(ARN), claims)
    }

    pub fn signed(&self, header: &Value, claims: &Value) -> String {
        let signed = [header, claims].map(encoded).join(".");
        let signature = sign(&self.pair, &signed);
        format!("{signed}.{signature}")
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

pub fn pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap()
}

pub fn sign(pair: &EcdsaKeyPair, signed: &str) -> String {
    let signature = pair.sign(&SystemRandom::new(), signed.as_bytes());
    URL_SAFE.encode(signature.unwrap())
}

pub fn encoded(value: &Value) -> String {
    URL_SAFE.encode(value.to_string())
}

/// A public key as AWS publishes it.
pub fn pem(pair: &EcdsaKeyPair) -> String {
    let mut der = vec![
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    der.extend(pair.public_key().as_ref());
    let text = STANDARD.encode(der);
    let (first, rest) = text.split_at(64);
    format!("-----BEGIN PUBLIC KEY-----\n{first}\n{rest}\n-----END PUBLIC KEY-----\n")
}

pub fn in_seconds(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    now.as_secs() as i64 + seconds
}

pub fn header(signer: &str) -> Value {
    json!({
        "typ": "JWT",
        "kid": KID,
        "alg": "ES256",
        "iss": "https://idp.example.com",
        "client": "formsmith",
        "signer": signer,
        "exp": in_seconds(120),
    })
}

pub fn ada() -> Value {
    json!({
        "sub": "00u1ada",
        "email": "ada@example.com",
        "groups": ["billing", "everybody"],
        "exp": in_seconds(120),
        "iss": "https://idp.example.com",
    })
}

pub fn bob() -> Value {
    json!({ "sub": "00u2bob", "email": "bob@example.com", "exp": in_seconds(120) })
}

pub fn team(issuer: &Issuer, copy: Option<&str>) -> Arc<Team> {
    let keys = Keys::new(Source::Folder(issuer.folder.clone())).unwrap();
    Arc::new(Team {
        url: format!("https://{HOST}").parse().unwrap(),
        balancer: Balancer::new(ARN.parse().unwrap(), keys),
        session_key: SessionKey::new(SHARED).unwrap(),
        copy: copy.map(str::to_owned),
    })
}

/// A copy that signs for the library.
pub fn copy(issuer: &Issuer, upstream: &Upstream, name: &str) -> Running {
    shared(issuer, upstream, name, |_| {})
}

pub fn shared(
    issuer: &Issuer,
    upstream: &Upstream,
    name: &str,
    configure: impl FnOnce(&mut Config),
) -> Running {
    start(|config| {
        config.team = Some(team(issuer, Some(name)));
        config.target = signing(&upstream.url(), signature::credentials(None), true);
        config.model = Arc::new(library::model());
        configure(config);
    })
}

/// Somebody who has signed in, and the page's session at whichever copy it was opened.
pub struct Visitor {
    pub data: String,
    pub token: String,
}

impl Visitor {
    pub fn new(issuer: &Issuer, claims: &Value, proxy: &Running) -> Self {
        let data = issuer.says(claims);
        let answer = session(proxy, &data);
        assert_eq!(answer.status, 200, "{answer:?}");
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        Self { data, token }
    }

    pub fn headers(&self) -> [(&str, &str); 3] {
        [
            ("Host", HOST),
            ("X-Amzn-Oidc-Data", &self.data),
            ("X-Formsmith-Token", &self.token),
        ]
    }

    pub fn get(&self, proxy: &Running, path: &str) -> Answer {
        proxy.send("GET", path, &self.headers(), b"")
    }

    pub fn post(&self, proxy: &Running, path: &str, body: &[u8]) -> Answer {
        proxy.send("POST", path, &self.headers(), body)
    }

    pub fn propose(&self, proxy: &Running) -> Answer {
        let proposal = one(PREFIX, &burn()).to_string();
        self.post(proxy, "/api/consents", proposal.as_bytes())
    }

    pub fn confirm(&self, proxy: &Running, id: &str) -> Answer {
        self.post(proxy, &format!("/api/consents/{id}"), b"{}")
    }

    /// The name of a consent to burn a book.
    pub fn agree(&self, proxy: &Running) -> String {
        let proposed = self.propose(proxy);
        assert_eq!(proposed.status, 200, "{proposed:?}");
        let id = proposed.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(self.confirm(proxy, &id).status, 200);
        id
    }

    pub fn send(&self, proxy: &Running, request: &HttpRequest, more: &[(&str, &str)]) -> Answer {
        let mut headers = self.headers().to_vec();
        let own = request.headers.iter();
        headers.extend(own.map(|(name, value)| (name.as_str(), value.as_str())));
        headers.extend(more);
        let path = format!("{PREFIX}{}", request.path);
        proxy.send(&request.method, &path, &headers, &request.body)
    }

    pub fn burn(&self, proxy: &Running, consent: &str) -> Answer {
        self.send(proxy, &burn(), &[("X-Formsmith-Consent", consent)])
    }
}

pub fn session(proxy: &Running, data: &str) -> Answer {
    let headers = [
        ("Host", HOST),
        ("X-Amzn-Oidc-Data", data),
        ("Content-Type", "application/json"),
    ];
    proxy.send("POST", "/api/session", &headers, br#"{"signedIn":true}"#)
}

pub fn told(answer: &Answer) -> (u16, Option<String>) {
    (answer.status, answer.code())
}

pub fn refused(status: u16, code: &str) -> (u16, Option<String>) {
    (status, Some(code.into()))
}

/// As a request's hash stands in the log.
pub fn burnt() -> String {
    hex(&hash(PREFIX, &burn()))
}
