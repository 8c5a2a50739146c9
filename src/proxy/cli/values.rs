//! The values of options. An error is a sentence for the person.

use super::Profiles;
use crate::credentials::Credentials;
use crate::permits::is_account;
use crate::policy::names_a_region;
use crate::token::Token;
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub fn profiles(named: Vec<String>, others: &Profiles) -> Result<Profiles, String> {
    let mut names = named.iter().enumerate();
    if let Some((_, twice)) = names.find(|(at, name)| named[..*at].contains(name)) {
        return Err(format!("--profile: {twice:?} is named twice"));
    }
    match others {
        Profiles::All => Err("--profiles takes all profiles: leave out --profile".into()),
        _ => Ok(Profiles::Named(named)),
    }
}

pub fn regions(text: &str) -> Result<Vec<String>, String> {
    let regions: Vec<_> = text
        .split(',')
        .map(|region| region.trim().to_owned())
        .collect();
    match regions.iter().find(|region| !names_a_region(region)) {
        Some(other) => Err(format!(
            "--regions: {other:?} is no region; write them like us-east-1,eu-west-1"
        )),
        None => Ok(regions),
    }
}

pub fn account(text: String) -> Result<String, String> {
    match is_account(&text) {
        true => Ok(text),
        false => Err(format!(
            "--account: {text:?} is not the twelve digits of an account"
        )),
    }
}

pub fn names_aws(target: &str) -> Result<bool, String> {
    match target {
        "sandbox" => Ok(false),
        "aws" => Ok(true),
        other => Err(format!("--target: {other:?} is neither sandbox nor aws")),
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

pub fn site_folder(value: OsString) -> Result<PathBuf, String> {
    let folder = PathBuf::from(value);
    if folder.join("index.html").is_file() {
        return Ok(folder);
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
    let (host, port) = text.rsplit_once(':').ok_or_else(|| {
        format!("--listen: {text:?} is not an address with a port; {HOW_TO_LISTEN}")
    })?;
    let port: u16 = port
        .parse()
        .map_err(|_| format!("--listen: {port:?} is not a port; {HOW_TO_LISTEN}"))?;
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let address = match bare {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        literal => literal
            .parse()
            .map_err(|_| format!("--listen: {host:?} is not an address; {HOW_TO_LISTEN}"))?,
    };
    Ok(SocketAddr::new(address, port))
}
