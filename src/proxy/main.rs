//! The command `formsmith-proxy`.

use formsmith_api::model::Model;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::audit::verify::{Unverified, verify};
use formsmith_proxy::cli::{self, AwsOptions, Command, Options, Profiles};
use formsmith_proxy::credentials::process::{self, Helper};
use formsmith_proxy::credentials::{Chain, SignedIn, profile_names};
use formsmith_proxy::enter::on_enter;
use formsmith_proxy::explain::explain;
use formsmith_proxy::listening::listen;
use formsmith_proxy::models::Models;
use formsmith_proxy::origin::{self, Origin};
use formsmith_proxy::panics::tell_only_where;
use formsmith_proxy::permits::Permits;
use formsmith_proxy::ready::is_ready;
use formsmith_proxy::serve::serve;
use formsmith_proxy::signals::{reopened_on_a_signal, stops, too_large_is_an_error};
use formsmith_proxy::team_folder::follow;
use formsmith_proxy::token::Token;
use formsmith_proxy::{
    App, Config, Limits, Profile, SharedCredentialsProvider, Target, Upstream, app, files,
};
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::runtime::Builder;

/// A request makes and drops a hundred small things: the system's allocator would take a sixth of
/// its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// For arguments that make no sense; everything else that goes wrong ends with 1.
const USAGE: u8 = 2;

pub fn main() -> ExitCode {
    tell_only_where();
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(code) = process::called(arguments.get(1..).unwrap_or_default()) {
        return code;
    }
    match cli::parse(arguments, |name| std::env::var_os(name)) {
        Ok(Command::Print(text)) => say(text.trim_end()),
        Ok(Command::VerifyAudit(files)) => return verified(&files),
        Ok(Command::Ready(address)) => {
            if let Err(error) = is_ready(address) {
                complain(&format!("{address} is not ready: {error}"));
                return ExitCode::FAILURE;
            }
        }
        Ok(Command::Explain {
            name,
            region,
            options,
        }) => match explained(&name, region, *options) {
            Ok(text) => say(text.trim_end()),
            Err(message) => {
                complain(&message);
                return ExitCode::FAILURE;
            }
        },
        Ok(Command::Run(options)) => {
            if let Err(message) = run(*options) {
                complain(&message);
                return ExitCode::FAILURE;
            }
        }
        Err(error) => {
            // Help is one as well; a closed output is no reason to fail.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    }
    ExitCode::SUCCESS
}

/// Credentials are not looked for, and nothing is sent.
fn explained(name: &str, region: Option<String>, options: Options) -> Result<String, String> {
    let model = Model::embedded().map_err(|error| error.to_string())?;
    let models = Models::new(&model, options.models.as_deref())?;
    let aws = options.aws.ok_or("explain needs --target aws")?;
    let upstream = Upstream {
        endpoint: aws.endpoint,
        choices: aws.choices,
        permits: aws.permits,
        allow_forwarded: aws.allow_forwarded,
        profiles: Vec::new(),
    };
    let (service, operation) = name
        .split_once(':')
        .ok_or_else(|| format!("{name:?} names no operation; write it like s3:PutObject"))?;
    let profile = match &aws.profiles {
        Profiles::Named(names) => names.first().map(String::as_str),
        Profiles::Default | Profiles::All => None,
    };
    let region = region.or_else(|| std::env::var("AWS_REGION").ok());
    let region = region.as_deref();
    let permits = &upstream.permits;
    let explanation = explain(
        service, operation, profile, region, &models, &upstream, permits,
    );
    let explanation = explanation.map_err(|failure| failure.message)?;
    Ok(explanation.text())
}

fn run(options: Options) -> Result<(), String> {
    // One page asks: with more threads, requests only wake up more of them.
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| format!("can't start threads: {error}"))?;
    let ended = runtime.block_on(until_stopped(options));
    // What hangs in a thread of its own, such as the look-up of a name, holds up no end.
    runtime.shutdown_background();
    ended
}

async fn until_stopped(options: Options) -> Result<(), String> {
    let limits = Limits {
        waiting: files::waiting(),
        ..Limits::default()
    };
    let is_named = options.site.is_some() && options.team.is_none();
    let (listening, address) = listen(options.listen, is_named)?;
    let origin = match options.site {
        Some(_) if is_named => own_origin(&options, address)?,
        _ => None,
    };
    let token = match options.token {
        Some(token) => token,
        None => Token::random().map_err(|error| format!("no random token: {error}"))?,
    };
    let followed = options.aws.as_ref().and_then(|aws| aws.followed.clone());
    let target = match options.aws {
        None => Target::Sandbox,
        Some(aws) => Target::Aws(upstream(aws, options.team.is_some()).await?),
    };
    too_large_is_an_error();
    let audit = Audit::new(options.audit.as_deref()).map_err(|error| {
        let file = options.audit.as_deref().unwrap_or(Path::new(""));
        format!("--audit: {} can't be used: {error}", file.display())
    })?;
    reopened_on_a_signal(audit.clone());
    let config = Config {
        address,
        site: options.site,
        origin,
        allowed_origins: options.allowed_origins,
        target,
        token,
        team: options.team.map(Arc::new),
        limits,
        sandbox_credentials: options.sandbox_credentials,
        model: Arc::new(Model::embedded().map_err(|error| error.to_string())?),
        models: options.models,
        audit: audit.clone(),
    };
    if !address.ip().is_loopback() && config.team.is_none() {
        complain(&format!(
            "DANGER: {address} can be reached from other machines; anyone who knows the token can \
             use your credentials"
        ));
    }
    if let Target::Aws(upstream) = &config.target {
        for name in upstream.permits.denied_in_vain() {
            complain(&format!(
                "--deny {name} matches no operation of AWS that this proxy knows. It has an effect only \
                 if it names one of your own models' operations"
            ));
        }
    }
    let (kind, is_shared) = (kind(&config), config.team.is_some());
    let app = app(config).map_err(|error| error.to_string())?;
    if let Some(file) = followed {
        tokio::spawn(follow(file, policy_for(app.clone(), is_shared)));
    }
    let stops = stops();
    announce(kind, &app)?;
    if stdin().is_terminal() && !is_shared {
        say("Press Enter for a new address. Each works once, within five minutes.");
    }
    let asked = app.clone();
    on_enter(move || {
        if let Err(message) = announce(kind, &asked) {
            complain(&message);
        }
    });
    let cut_off = serve(listening, app, limits, stops).await;
    audit.finish();
    match cut_off {
        0 => Ok(()),
        1 => Err("1 request was cut off; its line in the audit log says which".into()),
        _ => Err(format!(
            "{cut_off} requests were cut off; their lines in the audit log say which"
        )),
    }
}

/// What becomes of a team's policy that has changed.
fn policy_for(app: App, is_shared: bool) -> impl Fn(Result<Permits, String>) {
    move |read| match read {
        Ok(policy) if is_shared || !policy.names_people() => {
            app.set_policy(policy);
            complain("the team's policy has changed, and holds from now on");
        }
        Ok(_) => complain(
            "the team's policy says who may do what, but nobody signs in here: the one before it \
             goes on",
        ),
        Err(why) => complain(&format!("{why}; the policy before it goes on")),
    }
}

/// Where several people use the proxy, none of them signs in to its own profiles: what one did
/// would hold for all.
async fn upstream(options: AwsOptions, is_shared: bool) -> Result<Upstream, String> {
    let names = match options.profiles {
        Profiles::Default => vec![None],
        Profiles::Named(names) => names.into_iter().map(Some).collect(),
        Profiles::All => profile_names().await?.into_iter().map(Some).collect(),
    };
    let is_there = |name: &String| names.contains(&Some(name.clone()));
    if let Some(name) = options.permits.profiles.keys().find(|name| !is_there(name)) {
        return Err(format!("--regions: the proxy has no profile {name:?}"));
    }
    let signed_in = SignedIn::default();
    // The files of a network drive may be slow: they are asked at the same time.
    let profiles: Vec<_> = names
        .into_iter()
        .map(|name| tokio::spawn(profile(name, signed_in.clone())))
        .collect();
    let mut found = Vec::new();
    for profile in profiles {
        let mut profile = profile.await.map_err(|error| error.to_string())?;
        profile.sign_in = profile.sign_in.filter(|_| !is_shared);
        found.push(profile);
    }
    Ok(Upstream {
        endpoint: options.endpoint,
        choices: options.choices,
        permits: options.permits,
        allow_forwarded: options.allow_forwarded,
        profiles: found,
    })
}

async fn profile(name: Option<String>, signed_in: SignedIn) -> Profile {
    let chain = Chain {
        profile: name.clone(),
        helper: Helper::own(),
        signed_in,
    };
    Profile {
        name,
        region: chain.region().await,
        credentials: SharedCredentialsProvider::new(chain.clone()),
        sign_in: Some(chain),
    }
}

/// One line with an address that can be opened once. Whoever serves the console on another port
/// puts the same fragment behind that address.
fn announce(kind: &str, app: &App) -> Result<(), String> {
    let address = app.console_address();
    let address = address.map_err(|error| format!("no random code: {error}"))?;
    say(&format!("{kind}: {address}"));
    Ok(())
}

fn kind(config: &Config) -> &'static str {
    match (&config.site, &config.target) {
        (Some(_), _) => "Console",
        (None, Target::Sandbox) => "API, answered by the sandbox",
        (None, Target::Aws(_)) => "API, signed and sent to AWS",
    }
}

/// The name at which the console lives.
fn own_origin(options: &Options, address: SocketAddr) -> Result<Option<Origin>, String> {
    if !Origin::is_found_at(address) {
        complain(&format!(
            "the console has no address of its own at {address}: any program that listens there \
             later can read what it stores in the browser; --listen 127.0.0.1:{} gives it one",
            address.port()
        ));
        return Ok(None);
    }
    let usual = || origin::usual_folder(|name| std::env::var_os(name));
    let folder = options.data.clone().or_else(usual);
    let found = origin::find(folder.as_deref())?;
    let is_kept = found.warning.is_none();
    if let Some(warning) = found.warning {
        complain(&warning);
    }
    if options.listen.port() == 0 {
        complain(&format!(
            "port {} is for this run only: afterwards, the console can't reach the history and \
             drafts that the browser stores for it; a fixed port in --listen avoids that",
            address.port()
        ));
    }
    let mut origin = Origin::new(&found.id, address.port());
    origin.is_ephemeral = !is_kept || options.listen.port() == 0;
    Ok(Some(origin))
}

/// Ends with 0 if the chain is whole, with 1 if it is not, and with 2 if it can't be read.
fn verified(files: &[PathBuf]) -> ExitCode {
    match verify(files) {
        Ok(report) => {
            say(report.to_string().trim_end());
            ExitCode::SUCCESS
        }
        Err(Unverified::Broken(broken)) => {
            complain(&broken.to_string());
            ExitCode::FAILURE
        }
        Err(Unverified::Unread(file, error)) => {
            complain(&format!("{} can't be read: {error}", file.display()));
            ExitCode::from(USAGE)
        }
    }
}

/// A closed output is no reason to end.
fn say(text: &str) {
    let _ = writeln!(stdout(), "{text}").and_then(|()| stdout().flush());
}

fn complain(text: &str) {
    let _ = writeln!(stderr(), "{}: {text}", cli::NAME);
}
