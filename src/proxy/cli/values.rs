//! The values of options. An error is a sentence for the person.

use crate::credentials::Credentials;
use crate::limits;
use crate::permits::is_account;
use crate::policy::names_a_region;
use crate::team::SessionKey;
use crate::token::Token;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

/// Those that requests may go to, with all profiles or with one.
#[derive(Debug, Clone)]
pub struct Regions {
    pub profile: Option<String>,
    pub names: Vec<String>,
}

pub fn regions(text: &str) -> Result<Regions, String> {
    let (profile, text) = match text.rsplit_once('=') {
        Some((profile, text)) => (Some(profile.to_owned()), text),
        None => (None, text),
    };
    let names: Vec<_> = text
        .split(',')
        .map(|region| region.trim().to_owned())
        .collect();
    match names.iter().find(|region| !names_a_region(region)) {
        Some(other) => Err(format!(
            "{other:?} is no region; write them like us-east-1,eu-west-1"
        )),
        None => Ok(Regions { profile, names }),
    }
}

pub fn account(text: &str) -> Result<String, String> {
    match is_account(text) {
        true => Ok(text.to_owned()),
        false => Err("an account is twelve digits".into()),
    }
}

pub fn chosen_token(text: &str) -> Result<Token, &'static str> {
    Token::chosen(text).ok_or(
        "a token needs at least 32 characters, only letters, digits and - . _ ~; \
         `openssl rand -hex 32` prints one",
    )
}

pub fn key_pair(text: &str) -> Result<Credentials, &'static str> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => {
            Ok(Credentials::new(id, secret, None, None, "sandbox"))
        }
        _ => Err("it must contain an access key ID, a colon and a secret"),
    }
}

pub fn session_key(text: &str) -> Result<SessionKey, &'static str> {
    SessionKey::new(text)
        .ok_or("a key needs at least 32 characters; `openssl rand -hex 32` prints one")
}

/// It becomes a part of consents, and balancers compare it.
pub fn copy(text: &str) -> Result<String, String> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match (1..=limits::COPY_NAME_LENGTH).contains(&text.len()) && text.bytes().all(is_plain) {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "a copy has a name of up to {} small letters, digits and hyphens",
            limits::COPY_NAME_LENGTH
        )),
    }
}

pub fn has_a_page(folder: &Path) -> Result<(), String> {
    if folder.join("index.html").is_file() {
        return Ok(());
    }
    Err(format!(
        "--site: there is no index.html in {}; `make site` builds the console into dist",
        folder.display()
    ))
}

pub const HOW_TO_LISTEN: &str = "write it like 127.0.0.1:8787 or [::1]:8787";

/// Only literal addresses and `localhost`: another name means what DNS says it means, and a
/// shorthand such as 0 or 127.1 is read differently by different programs.
pub fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let (host, port) = text
        .rsplit_once(':')
        .ok_or_else(|| format!("it is not an address with a port; {HOW_TO_LISTEN}"))?;
    let port: u16 = port
        .parse()
        .map_err(|_| format!("{port:?} is not a port; {HOW_TO_LISTEN}"))?;
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let address = match bare {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        literal => literal
            .parse()
            .map_err(|_| format!("{host:?} is not an address; {HOW_TO_LISTEN}"))?,
    };
    Ok(SocketAddr::new(address, port))
}
