//! The public keys with which a load balancer signs, by their ids.

use super::balancer::unverified;
use crate::body::BoxError;
use crate::config::EndpointUrl;
use crate::connect::Connector;
use crate::failure::Failure;
use crate::http::header::HOST;
use crate::http::{Request, StatusCode};
use crate::limits;
use crate::open::without_waiting;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use formsmith_api::endpoint::regional_host;
use formsmith_wire::Code;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use std::collections::HashMap;
use std::io::{self, Read};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use tokio::time::timeout;

/// What comes before the point in the public key of the curve P-256, as DER.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// An uncompressed point.
pub type Key = [u8; 65];

/// Where keys are: at an address, or in a folder, each under its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Url(EndpointUrl),
    Folder(PathBuf),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.contains("://") {
            true => Ok(Self::Url(text.parse()?)),
            false => Ok(Self::Folder(text.into())),
        }
    }
}

impl Source {
    /// Where AWS publishes those of a region.
    pub fn of_region(region: &str) -> Result<Self, String> {
        let host = regional_host("public-keys.auth.elb", region);
        let host = host.ok_or_else(|| format!("nothing is known of the region {region}"))?;
        Ok(Self::Url(format!("https://{host}").parse()?))
    }
}

#[derive(Debug)]
pub struct Keys {
    source: Source,
    connector: Option<Connector>,
    known: Mutex<HashMap<String, Key>>,
    /// One at a time looks for a key that isn't known.
    looking: tokio::sync::Mutex<()>,
}

impl Keys {
    /// Fails if TLS is needed and the system has no root certificates.
    pub fn new(source: Source) -> io::Result<Self> {
        let connector = match &source {
            Source::Url(url) => Some(Connector::new(
                limits::SIGN_IN_KEY_TIME,
                url.scheme == "https",
            )?),
            Source::Folder(_) => None,
        };
        Ok(Self {
            source,
            connector,
            known: Mutex::default(),
            looking: tokio::sync::Mutex::default(),
        })
    }

    pub async fn find(&self, id: &str) -> Result<Key, Failure> {
        // It becomes a part of an address, or of a path.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if !(1..=limits::SIGN_IN_KEY_ID_BYTES).contains(&id.len()) || !id.bytes().all(is_plain) {
            return Err(unverified());
        }
        if let Some(key) = self.known(id) {
            return Ok(key);
        }
        let _turn = self.looking.lock().await;
        if let Some(key) = self.known(id) {
            return Ok(key);
        }
        let text = match &self.source {
            Source::Folder(folder) => in_folder(folder.join(id)).map_err(|_| unverified())?,
            Source::Url(url) => {
                let asked = timeout(limits::SIGN_IN_KEY_TIME, self.ask(url, id)).await;
                match asked.map_err(|_| not_there())?.map_err(|_| not_there())? {
                    Some(text) => text,
                    None => return Err(unverified()),
                }
            }
        };
        let key = read(&text).ok_or_else(unverified)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // A balancer has few: where there are more, the old ones are of no use.
        if known.len() >= limits::SIGN_IN_KEYS {
            known.clear();
        }
        known.insert(id.to_owned(), key);
        Ok(key)
    }

    fn known(&self, id: &str) -> Option<Key> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(id).copied()
    }

    /// The text at an address; none if there is nothing of this id.
    async fn ask(&self, url: &EndpointUrl, id: &str) -> Result<Option<String>, BoxError> {
        let connector = self.connector.as_ref().ok_or("no connector")?;
        let address = format!("{}://{}", url.scheme, url.authority);
        let stream = connector.connect(address.parse()?).await?;
        let (mut sender, connection) = handshake(stream).await?;
        let driven = tokio::spawn(connection);
        let request = Request::get(format!("{}/{id}", url.base))
            .header(HOST, &url.authority)
            .body(Empty::<Bytes>::new())?;
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), limits::SIGN_IN_KEY_BYTES);
        let body = body.collect().await?.to_bytes();
        driven.abort();
        match status {
            StatusCode::OK => Ok(Some(String::from_utf8(body.into())?)),
            status if status.is_client_error() => Ok(None),
            _ => Err("the keys can't be had".into()),
        }
    }
}

fn in_folder(path: PathBuf) -> io::Result<String> {
    let file = without_waiting(&path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut text = String::new();
    let mut file = file.take(limits::SIGN_IN_KEY_BYTES as u64);
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// The point of a key of the curve P-256, written as PEM.
fn read(pem: &str) -> Option<Key> {
    let (_, rest) = pem.split_once("-----BEGIN PUBLIC KEY-----")?;
    let (text, _) = rest.split_once("-----END PUBLIC KEY-----")?;
    let text: String = text.split_ascii_whitespace().collect();
    let der = STANDARD.decode(text).ok()?;
    let point = der.strip_prefix(&P256)?;
    point.try_into().ok()
}

fn not_there() -> Failure {
    Failure::upstream(
        Code::PersonUnknown,
        "The load balancer's public key, with which sign-ins are verified, can't be fetched.",
        "Try again in a moment. If that does not help, check that the proxy reaches the address of \
         the keys.",
    )
}
