//! The command line.

mod arguments;
mod values;

use crate::allowed_origin::AllowedOrigin;
use crate::config::{EndpointUrl, Page};
use crate::credentials::Credentials;
use crate::operations::no_certificates;
use crate::permits::{Classes, Permits};
use crate::policy_file;
use crate::rules::Choices;
use crate::secret::SecretSource;
use crate::team::{Balancer, Keys, SessionKey, Source, Team};
use crate::team_folder;
use crate::token::Token;
use arguments::{Action, Arguments, Given, Sending, Serving, Sharing, Signing, TargetName};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};
use clap_mangen::Man;
use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use values::{HOW_TO_LISTEN, Regions, chosen_token, has_a_page, key_pair, session_key};

/// What the command is called: with the page in it, it is all of Formsmith.
pub const NAME: &str = match cfg!(feature = "page") {
    true => "formsmith",
    false => "formsmith-proxy",
};

#[derive(Debug)]
pub enum Command {
    /// Say what an operation can do, and what a proxy with these options would make of it.
    Explain {
        name: String,
        region: Option<String>,
        options: Box<Options>,
    },
    /// Check these files of an audit log, the oldest first.
    VerifyAudit(Vec<PathBuf>),
    /// Ask the proxy at this address whether it is there.
    Ready(SocketAddr),
    /// Print this text: a script for a shell, or the manual page.
    Print(String),
    Run(Box<Options>),
}

#[derive(Debug)]
pub struct Options {
    pub listen: SocketAddr,
    pub site: Option<Page>,
    /// Other origins whose pages may use the proxy.
    pub allowed_origins: Vec<AllowedOrigin>,
    /// What outlives the proxy is kept here.
    pub data: Option<PathBuf>,
    pub aws: Option<AwsOptions>,
    pub audit: Option<PathBuf>,
    /// Further models.
    pub models: Option<PathBuf>,
    pub sandbox_credentials: Option<Credentials>,
    pub token: Option<Token>,
    pub team: Option<Team>,
}

/// What goes with `--target aws`.
#[derive(Debug)]
pub struct AwsOptions {
    pub endpoint: Option<EndpointUrl>,
    pub choices: Choices,
    pub profiles: Profiles,
    pub permits: Permits,
    /// The policy file that may change while the proxy runs.
    pub followed: Option<PathBuf>,
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
const SESSION_KEY: SecretSource = SecretSource {
    option: "--session-key-file",
    variable: "FORMSMITH_SESSION_KEY",
};
const SANDBOX_CREDENTIALS: SecretSource = SecretSource {
    option: "--sandbox-credentials-file",
    variable: "FORMSMITH_SANDBOX_CREDENTIALS",
};

/// Reads arguments, the program's name first, and environment variables. The error has its own text
/// and exit status; to ask for help or for the version is one as well.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, clap::Error> {
    let parsed = Arguments::try_parse_from(arguments);
    let Arguments { action, given } = parsed.map_err(with_way_of_secrets)?;
    let unfit = |message: String| Arguments::command().error(ErrorKind::ValueValidation, message);
    match action {
        None => Ok(Command::Run(options(given, variable).map_err(unfit)?)),
        Some(Action::Explain {
            operation,
            region,
            mut given,
        }) => {
            given.sending.target = TargetName::Aws;
            Ok(Command::Explain {
                name: operation,
                region,
                options: options(*given, variable).map_err(unfit)?,
            })
        }
        Some(Action::VerifyAudit { files }) => Ok(Command::VerifyAudit(files)),
        Some(Action::Ready { address }) => Ok(Command::Ready(address)),
        Some(Action::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), NAME, &mut script);
            Ok(Command::Print(
                String::from_utf8_lossy(&script).into_owned(),
            ))
        }
        Some(Action::Man) => {
            let mut page = Vec::new();
            let written = Man::new(Arguments::command()).render(&mut page);
            written.map_err(|error| unfit(error.to_string()))?;
            Ok(Command::Print(String::from_utf8_lossy(&page).into_owned()))
        }
    }
}

/// The page that is in this program.
fn own_page() -> Option<Page> {
    #[cfg(feature = "page")]
    return Some(Page::Embedded);
    #[cfg(not(feature = "page"))]
    None
}

/// The models that a release brings beside its program.
fn models_beside() -> Option<PathBuf> {
    if !cfg!(feature = "page") {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    let program = program.canonicalize().unwrap_or(program);
    let beside = program.parent()?.join("models");
    beside.join("index.json").is_file().then_some(beside)
}

/// Secrets were accepted as arguments once: whoever still gives one is told where it belongs.
fn with_way_of_secrets(error: clap::Error) -> clap::Error {
    let message = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(name)) if name == "--token" => TOKEN.no_argument(name),
        Some(ContextValue::String(name)) if name == "--sandbox-credentials" => {
            SANDBOX_CREDENTIALS.no_argument(name)
        }
        _ => return error,
    };
    Arguments::command().error(error.kind(), message)
}

/// What goes together, and what was chosen with it. The error is a sentence for the person.
fn options(
    given: Given,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Box<Options>, String> {
    let Given {
        serving,
        mut sending,
        signing,
        sharing,
        secrets,
    } = given;
    sending.models = sending.models.or_else(models_beside);
    check_serving(&serving, &sharing)?;
    check_sending(&sending, &signing)?;
    let (key_file, token_file) = (secrets.sandbox_credentials_file, secrets.token_file);
    Ok(Box::new(Options {
        listen: serving.listen,
        site: serving.site.map(Page::Folder).or_else(own_page),
        allowed_origins: serving.allow_origin,
        data: serving.data,
        audit: serving.audit,
        models: sending.models.clone(),
        aws: match sending.target {
            TargetName::Sandbox => None,
            TargetName::Aws => Some(aws(sending, signing, sharing.trust_alb.is_some())?),
        },
        sandbox_credentials: SANDBOX_CREDENTIALS.read(key_file.as_deref(), &variable, key_pair)?,
        token: TOKEN.read(token_file.as_deref(), &variable, chosen_token)?,
        team: team(sharing, &variable)?,
    }))
}

/// Those who sign in, and how.
fn team(
    sharing: Sharing,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Team>, String> {
    let (Some(arn), Some(url)) = (sharing.trust_alb, sharing.public_url) else {
        return Ok(None);
    };
    let keys = match sharing.sign_in_keys {
        Some(source) => source,
        None => Source::of_region(&arn.region)?,
    };
    let keys = Keys::new(keys).map_err(|error| no_certificates(&error))?;
    let file = sharing.session_key_file;
    let session_key = match SESSION_KEY.read(file.as_deref(), variable, session_key)? {
        Some(key) => key,
        None => SessionKey::random().map_err(|error| format!("no random key: {error}"))?,
    };
    Ok(Some(Team {
        url,
        balancer: Balancer::new(arn, keys),
        session_key,
        copy: sharing.copy,
    }))
}

fn check_serving(serving: &Serving, sharing: &Sharing) -> Result<(), String> {
    let Serving { listen, site, .. } = serving;
    // Who has not signed in is told nothing there.
    let is_guarded = sharing.trust_alb.is_some() || serving.dangerously_listen_anywhere;
    if !listen.ip().is_loopback() && !is_guarded {
        return Err(format!(
            "--listen: {} is not a loopback address; anyone who can reach the proxy could use the \
             credentials, so it listens only on this machine; {HOW_TO_LISTEN}",
            listen.ip()
        ));
    }
    site.as_deref().map_or(Ok(()), has_a_page)
}

fn check_sending(sending: &Sending, signing: &Signing) -> Result<(), String> {
    let is_aws = sending.target == TargetName::Aws;
    for (is_given, option) in [
        (sending.endpoint.is_some(), "--endpoint"),
        (sending.fips, "--fips"),
        (sending.dual_stack, "--dual-stack"),
        (sending.allow_forwarded, "--allow-forwarded"),
        (!signing.profile.is_empty(), "--profile"),
        (signing.profiles, "--profiles"),
        (
            classes(signing) != Classes::default(),
            "--allow-write and its like",
        ),
        (!signing.allow.is_empty(), "--allow"),
        (!signing.deny.is_empty(), "--deny"),
        (signing.policy.is_some(), "--policy"),
        (signing.team.is_some(), "--team"),
        (!signing.regions.is_empty(), "--regions"),
        (signing.account.is_some(), "--account"),
    ] {
        if is_given && !is_aws {
            return Err(format!(
                "{option} needs --target aws: the sandbox sends nothing anywhere"
            ));
        }
    }
    for (is_given, option) in [
        (sending.fips, "--fips"),
        (sending.dual_stack, "--dual-stack"),
    ] {
        if is_given && sending.endpoint.is_some() {
            return Err(format!(
                "{option} chooses among AWS's own endpoints: it makes no sense with --endpoint"
            ));
        }
        if is_given && sending.models.is_none() {
            return Err(format!(
                "{option} needs --models: AWS's rules, which say where these endpoints are, stand \
                 in that folder"
            ));
        }
    }
    Ok(())
}

fn aws(sending: Sending, signing: Signing, is_shared: bool) -> Result<AwsOptions, String> {
    let mut permits = Permits {
        classes: classes(&signing),
        allow: signing.allow,
        deny: signing.deny,
        accounts: signing.account.map(|account| vec![account]),
        ..Permits::default()
    };
    let followed = signing.team.as_deref().map(team_folder::policy);
    if let Some(file) = signing.policy.as_ref().or(followed.as_ref()) {
        permits.most = Some(Box::new(policy_file::read(file)?));
    }
    if !is_shared && permits.names_people() {
        return Err(
            "the policy says who may do what (people), but nobody signs in: --trust-alb is missing"
                .into(),
        );
    }
    for Regions { profile, names } in signing.regions {
        match profile {
            None => permits.regions = Some(names),
            Some(profile) => {
                permits.profiles.insert(profile, names);
            }
        }
    }
    Ok(AwsOptions {
        endpoint: sending.endpoint,
        choices: Choices {
            fips: sending.fips,
            dual_stack: sending.dual_stack,
        },
        profiles: profiles(signing.profile, signing.profiles)?,
        permits,
        followed,
        allow_forwarded: sending.allow_forwarded,
    })
}

/// The classes that its flags allow.
fn classes(signing: &Signing) -> Classes {
    let flags = [
        (signing.allow_write, "--allow-write"),
        (signing.allow_destroy, "--allow-destroy"),
        (signing.allow_permissions, "--allow-permissions"),
        (signing.allow_secrets, "--allow-secrets"),
        (signing.allow_credentials, "--allow-credentials"),
    ];
    let given = flags.into_iter().filter(|(is_given, _)| *is_given);
    let classes = given.filter_map(|(_, flag)| Classes::of_flag(flag));
    classes.fold(Classes::default(), Classes::and)
}

fn profiles(named: Vec<String>, all: bool) -> Result<Profiles, String> {
    let mut names = named.iter().enumerate();
    if let Some((_, twice)) = names.find(|(at, name)| named[..*at].contains(name)) {
        return Err(format!("--profile: {twice:?} is named twice"));
    }
    match (all, named.is_empty()) {
        (true, false) => Err("--profiles takes all profiles: leave out --profile".into()),
        (true, true) => Ok(Profiles::All),
        (false, true) => Ok(Profiles::Default),
        (false, false) => Ok(Profiles::Named(named)),
    }
}
