//! The command line.

use crate::config::{EndpointUrl, Token};
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub const HELP: &str = "\
The local proxy of Formsmith: keeps the credentials, signs what the console sends.

Usage: formsmith-proxy [options]

  --listen ADDRESS:PORT   where to listen; loopback only; port 0 takes a free one
                          [default: 127.0.0.1:8787]
  --site DIR              serve the built console from this folder
  --target sandbox|aws    who answers: the emulated services, which need no account, or AWS
                          [default: sandbox]
  --endpoint URL          with --target aws: send to this address for all services, signed for
                          the real service and region
  --allow-write           with --target aws: let operations through that change something
  --token TOKEN           the session token [default: 32 random bytes, new at each start];
                          arguments can be seen by other users of this machine
  --help                  print this text
  --version               print the version

The address printed at start carries the session token; open it in a browser.
Credentials come from where AWS's own tools find them: environment variables, the profile that
AWS_PROFILE names, single sign-on, a credential process, a container or an instance.
";

#[derive(Debug)]
pub enum Command {
    Help,
    Version,
    Run(Options),
}

#[derive(Debug)]
pub struct Options {
    pub listen: SocketAddr,
    pub site: Option<PathBuf>,
    pub aws: Option<AwsOptions>,
    pub token: Option<Token>,
}

/// What goes with `--target aws`.
#[derive(Debug)]
pub struct AwsOptions {
    pub endpoint: Option<EndpointUrl>,
    pub allow_write: bool,
}

/// Reads arguments, without the program's name; the error is a sentence for the person.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8787));
    let (mut site, mut endpoint, mut token) = (None, None, None);
    let (mut aws, mut allow_write) = (false, false);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(sentence)? {
        match argument {
            Long("listen") => listen = listen_address(&text(&mut parser)?)?,
            Long("site") => site = Some(site_folder(parser.value().map_err(sentence)?)?),
            Long("target") => aws = is_aws(&text(&mut parser)?)?,
            Long("endpoint") => {
                let url = text(&mut parser)?.parse();
                endpoint = Some(url.map_err(|error| format!("--endpoint: {error}"))?);
            }
            Long("allow-write") => allow_write = true,
            Long("token") => token = Some(chosen_token(&text(&mut parser)?)?),
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("version") | Short('V') => return Ok(Command::Version),
            other => return Err(sentence(other.unexpected())),
        }
    }
    if endpoint.is_some() && !aws {
        return Err("--endpoint needs --target aws: the sandbox sends nothing anywhere".into());
    }
    Ok(Command::Run(Options {
        listen,
        site,
        aws: aws.then_some(AwsOptions {
            endpoint,
            allow_write,
        }),
        token,
    }))
}

fn sentence(error: lexopt::Error) -> String {
    error.to_string()
}

fn text(parser: &mut lexopt::Parser) -> Result<String, String> {
    parser
        .value()
        .and_then(|value| value.string())
        .map_err(sentence)
}

fn is_aws(target: &str) -> Result<bool, String> {
    match target {
        "sandbox" => Ok(false),
        "aws" => Ok(true),
        other => Err(format!("--target: {other:?} is neither sandbox nor aws")),
    }
}

fn chosen_token(text: &str) -> Result<Token, String> {
    Token::chosen(text).ok_or_else(|| {
        "--token: a token has letters, digits and - . _ ~ only, and at least one of them".into()
    })
}

fn site_folder(value: OsString) -> Result<PathBuf, String> {
    let folder = PathBuf::from(value);
    if folder.join("index.html").is_file() {
        return Ok(folder);
    }
    Err(format!(
        "--site: there is no index.html in {}; `make site` builds the console into dist",
        folder.display()
    ))
}

/// Only literal loopback addresses and `localhost`: a wildcard in any of its spellings would
/// offer the credentials to the whole network, and another name means what DNS says it means.
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let how = "write it like 127.0.0.1:8787 or [::1]:8787";
    let (host, port) = text
        .rsplit_once(':')
        .ok_or_else(|| format!("--listen: {text:?} is not an address with a port; {how}"))?;
    let port: u16 = port
        .parse()
        .map_err(|_| format!("--listen: {port:?} is not a port; {how}"))?;
    let bare = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    let address = match bare {
        "localhost" => IpAddr::V4(Ipv4Addr::LOCALHOST),
        literal => literal
            .parse()
            .map_err(|_| format!("--listen: {host:?} is not a loopback address; {how}"))?,
    };
    if !address.is_loopback() {
        return Err(format!(
            "--listen: {host} is not a loopback address; whoever can reach the proxy could use \
             the credentials, so it listens on this machine only; {how}"
        ));
    }
    Ok(SocketAddr::new(address, port))
}
