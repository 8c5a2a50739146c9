//! The command line.

mod values;

use crate::config::EndpointUrl;
use crate::credentials::Credentials;
use crate::permits::{Classes, Named, Permits};
use crate::policy_file;
use crate::rules::Choices;
use crate::secret::SecretSource;
use crate::token::Token;
use lexopt::prelude::*;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use values::{
    HOW_TO_LISTEN, account, chosen_token, key_pair, listen_address, names_aws, regions, site_folder,
};

pub const HELP: &str = "\
The local proxy of Formsmith. It holds the credentials and signs what the console sends.

Usage: formsmith-proxy [options]
       formsmith-proxy explain SERVICE:OPERATION [--region REGION] [options]
       formsmith-proxy verify-audit FILE...

  --listen ADDRESS:PORT   listen here; loopback addresses only; port 0 picks a free port
                          [default: 127.0.0.1:8787]
  --dangerously-listen-anywhere
                          allow any address in --listen: anyone who can reach it and knows the
                          token can use your credentials
  --site DIR              serve the built console from this folder
  --data DIR              with --site: store the console's own name in this folder, so that its
                          address stays the same at each start
                          [default: formsmith in the system's data folder]
  --target sandbox|aws    answer with the emulated services, which need no account, or with AWS
                          [default: sandbox]
  --endpoint URL          with --target aws: send requests for all services to this address,
                          signed for the real service and region
  --models DIR            also send requests for the services whose models are in this folder, as
                          make models builds it; with --target aws to AWS's own endpoints
  --fips                  with --models: use endpoints with cryptography validated by FIPS 140
  --dual-stack            with --models: use endpoints that have addresses of IPv6, too
  --allow-write           with --target aws: allow operations that change something, send or start
                          something, have a price, or do what their body says
  --allow-destroy         allow what can't be undone, such as to delete
  --allow-permissions     allow what says who may do what
  --allow-secrets         allow what answers with a secret
  --allow-credentials     allow what makes credentials
  --allow SERVICE:OPERATION
                          allow this operation whatever it does; * stands for any characters
  --deny SERVICE:OPERATION
                          refuse this operation whatever else is allowed
  --regions [NAME=]REGION,...
                          sign for these regions only; with NAME= for one profile, again for
                          another
  --policy FILE           sign at most what this file allows (TOML, see README); what else is given
                          then narrows it
  --account ID            sign only if the credentials are of this account
  --sandbox-credentials-file FILE
                          make the sandbox check signatures, as AWS does, with the ID:SECRET in
                          this file or in FORMSMITH_SANDBOX_CREDENTIALS; without either, it
                          ignores signatures
  --profile NAME          with --target aws: use this profile's credentials and region, whatever
                          the environment says; given again, the console chooses among them
  --profiles              the same with all profiles of AWS's files that have credentials
  --allow-forwarded       with --target aws: also sign requests that a development server such as
                          trunk serve forwards
  --audit FILE            append JSON lines about each request to this file; a change is sent only
                          after its intent is on disk; SIGUSR1 reopens the file
  --token-file FILE       read the session token from this file instead of making a new one, for
                          scripts; FORMSMITH_TOKEN does the same
                          [default: 32 random bytes, new at each start]
  --help                  print this text
  --version               print the version

explain says what an operation can do, which flag it needs, whether a proxy with these options
would sign it, and where it would go.

verify-audit checks that no line of an audit log was changed, removed, added or moved. Several
files are the parts of one log, oldest first. The exit status is 0 if the log is intact, 1 if it
is not, and 2 if it can't be read.

Open the address printed at start in a browser. It contains a code that works once, within five
minutes; press Enter for a new one. Files with a secret must be readable only by you.
The proxy finds credentials where AWS's own tools do: in environment variables, in the profile
that AWS_PROFILE names, and from single sign-on, a credential process, a container or an instance.
";

#[derive(Debug)]
pub enum Command {
    Help,
    Version,
    /// Say what an operation can do, and what a proxy with these options would make of it.
    Explain {
        name: String,
        region: Option<String>,
        options: Box<Options>,
    },
    /// Check these files of an audit log, the oldest first.
    VerifyAudit(Vec<PathBuf>),
    Run(Box<Options>),
}

#[derive(Debug)]
pub struct Options {
    pub listen: SocketAddr,
    pub site: Option<PathBuf>,
    /// What outlives the proxy is kept here.
    pub data: Option<PathBuf>,
    pub aws: Option<AwsOptions>,
    pub audit: Option<PathBuf>,
    /// Further models.
    pub models: Option<PathBuf>,
    pub sandbox_credentials: Option<Credentials>,
    pub token: Option<Token>,
}

/// What goes with `--target aws`.
#[derive(Debug)]
pub struct AwsOptions {
    pub endpoint: Option<EndpointUrl>,
    pub choices: Choices,
    pub profiles: Profiles,
    pub permits: Permits,
    pub allow_forwarded: bool,
}

/// Whose credentials sign.
#[derive(Debug, PartialEq, Eq)]
pub enum Profiles {
    /// What AWS's default chain finds.
    Default,
    Named(Vec<String>),
    /// All that have credentials.
    All,
}

const TOKEN: SecretSource = SecretSource {
    option: "--token-file",
    variable: "FORMSMITH_TOKEN",
};
const SANDBOX_CREDENTIALS: SecretSource = SecretSource {
    option: "--sandbox-credentials-file",
    variable: "FORMSMITH_SANDBOX_CREDENTIALS",
};

/// Reads arguments, without the program's name, and environment variables; the error is a
/// sentence for the person.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, String> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 8787));
    let (mut site, mut data, mut audit, mut models) = (None, None, None, None);
    let (mut token_file, mut key_file) = (None::<PathBuf>, None::<PathBuf>);
    let (mut is_aws, mut anywhere) = (false, false);
    let (mut explained, mut region) = (None, None);
    let mut aws = AwsOptions {
        endpoint: None,
        choices: Choices::default(),
        profiles: Profiles::Default,
        permits: Permits::default(),
        allow_forwarded: false,
    };
    let mut named_profiles: Vec<String> = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(sentence)? {
        match argument {
            Long("listen") => listen = listen_address(&text(&mut parser)?)?,
            Long("dangerously-listen-anywhere") => anywhere = true,
            Long("site") => site = Some(site_folder(parser.value().map_err(sentence)?)?),
            Long("data") => data = Some(parser.value().map_err(sentence)?.into()),
            Long("target") => is_aws = names_aws(&text(&mut parser)?)?,
            Long("endpoint") => {
                let url = text(&mut parser)?.parse();
                aws.endpoint = Some(url.map_err(|error| format!("--endpoint: {error}"))?);
            }
            Long("sandbox-credentials-file") => {
                key_file = Some(parser.value().map_err(sentence)?.into());
            }
            Long("sandbox-credentials") => {
                return Err(SANDBOX_CREDENTIALS.no_argument("--sandbox-credentials"));
            }
            Long("fips") => aws.choices.fips = true,
            Long("dual-stack") => aws.choices.dual_stack = true,
            Long("profile") => named_profiles.push(text(&mut parser)?),
            Long("profiles") => aws.profiles = Profiles::All,
            Long("allow") => aws.permits.allow.push(named(&mut parser, "--allow")?),
            Long("deny") => aws.permits.deny.push(named(&mut parser, "--deny")?),
            Long("policy") => {
                let file: PathBuf = parser.value().map_err(sentence)?.into();
                aws.permits.most = Some(Box::new(policy_file::read(&file)?));
            }
            Long("regions") => {
                let text = text(&mut parser)?;
                match text.rsplit_once('=') {
                    None => aws.permits.regions = Some(regions(&text)?),
                    Some((name, text)) => {
                        aws.permits.profiles.insert(name.to_owned(), regions(text)?);
                    }
                }
            }
            Long("account") => aws.permits.accounts = Some(vec![account(text(&mut parser)?)?]),
            Long("allow-forwarded") => aws.allow_forwarded = true,
            Long("models") => models = Some(parser.value().map_err(sentence)?.into()),
            Long("audit") => audit = Some(parser.value().map_err(sentence)?.into()),
            Long("token-file") => token_file = Some(parser.value().map_err(sentence)?.into()),
            Long("token") => return Err(TOKEN.no_argument("--token")),
            Long(flag) if of_flag(flag).is_some() => {
                let classes = of_flag(flag).unwrap_or_default();
                aws.permits.classes = aws.permits.classes.and(classes);
            }
            Long("region") if explained.is_some() => region = Some(text(&mut parser)?),
            Value(word) if word == "explain" && explained.is_none() => {
                explained = Some(text(&mut parser)?);
                is_aws = true;
            }
            Value(word) if word == "verify-audit" => return verify_audit(&mut parser),
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("version") | Short('V') => return Ok(Command::Version),
            other => return Err(sentence(other.unexpected())),
        }
    }
    if !listen.ip().is_loopback() && !anywhere {
        return Err(format!(
            "--listen: {} is not a loopback address; anyone who can reach the proxy could use the \
             credentials, so it listens only on this machine; {HOW_TO_LISTEN}",
            listen.ip()
        ));
    }
    for (is_given, option) in [
        (aws.endpoint.is_some(), "--endpoint"),
        (aws.choices.fips, "--fips"),
        (aws.choices.dual_stack, "--dual-stack"),
        (!named_profiles.is_empty(), "--profile"),
        (aws.profiles == Profiles::All, "--profiles"),
        (
            aws.permits.classes != Classes::default(),
            "--allow-write and its like",
        ),
        (!aws.permits.allow.is_empty(), "--allow"),
        (!aws.permits.deny.is_empty(), "--deny"),
        (aws.permits.most.is_some(), "--policy"),
        (
            aws.permits.regions.is_some() || !aws.permits.profiles.is_empty(),
            "--regions",
        ),
        (aws.permits.accounts.is_some(), "--account"),
        (aws.allow_forwarded, "--allow-forwarded"),
    ] {
        if is_given && !is_aws {
            return Err(format!(
                "{option} needs --target aws: the sandbox sends nothing anywhere"
            ));
        }
    }
    for (is_given, option) in [
        (aws.choices.fips, "--fips"),
        (aws.choices.dual_stack, "--dual-stack"),
    ] {
        if is_given && aws.endpoint.is_some() {
            return Err(format!(
                "{option} chooses among AWS's own endpoints: it makes no sense with --endpoint"
            ));
        }
        if is_given && models.is_none() {
            return Err(format!(
                "{option} needs --models: AWS's rules, which say where these endpoints are, stand \
                 in that folder"
            ));
        }
    }
    if !named_profiles.is_empty() {
        aws.profiles = values::profiles(named_profiles, &aws.profiles)?;
    }
    let options = Box::new(Options {
        listen,
        site,
        data,
        aws: is_aws.then_some(aws),
        audit,
        models,
        sandbox_credentials: SANDBOX_CREDENTIALS.read(key_file.as_deref(), &variable, key_pair)?,
        token: TOKEN.read(token_file.as_deref(), &variable, chosen_token)?,
    });
    Ok(match explained {
        Some(name) => Command::Explain {
            name,
            region,
            options,
        },
        None => Command::Run(options),
    })
}

fn verify_audit(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut files = Vec::new();
    while let Some(argument) = parser.next().map_err(sentence)? {
        match argument {
            Value(file) => files.push(file.into()),
            other => return Err(sentence(other.unexpected())),
        }
    }
    match files.is_empty() {
        true => Err("verify-audit: name the file, or its parts, oldest first".into()),
        false => Ok(Command::VerifyAudit(files)),
    }
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

/// The classes that an option allows, if it is one of these.
fn of_flag(option: &str) -> Option<Classes> {
    Classes::of_flag(&["--", option].concat())
}

fn named(parser: &mut lexopt::Parser, option: &str) -> Result<Named, String> {
    let named = text(parser)?.parse();
    named.map_err(|error| format!("{option}: {error}"))
}
