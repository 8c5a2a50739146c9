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
use formsmith_proxy::serve::serve;
use formsmith_proxy::token::Token;
use formsmith_proxy::{
    App, Config, Limits, Profile, SharedCredentialsProvider, Target, Upstream, app, files,
};
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
#[cfg(unix)]
use std::task::Poll;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{Receiver, channel};

/// A request makes and drops a hundred small things: the system's allocator would take a sixth of
/// its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// For arguments that make no sense; everything else that goes wrong ends with 1.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    tell_only_where();
    let arguments: Vec<_> = std::env::args_os().collect();
    if let Some(code) = process::called(arguments.get(1..).unwrap_or_default()) {
        return code;
    }
    match cli::parse(arguments, |name| std::env::var_os(name)) {
        Ok(Command::Print(text)) => say(text.trim_end()),
        Ok(Command::VerifyAudit(files)) => return verified(&files),
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
    let explanation = explain(service, operation, profile, region, &models, &upstream);
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
    let (listening, address) = listen(options.listen, options.site.is_some())?;
    let origin = match options.site {
        Some(_) => own_origin(&options, address)?,
        None => None,
    };
    let token = match options.token {
        Some(token) => token,
        None => Token::random().map_err(|error| format!("no random token: {error}"))?,
    };
    let target = match options.aws {
        None => Target::Sandbox,
        Some(aws) => Target::Aws(upstream(aws).await?),
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
        limits,
        sandbox_credentials: options.sandbox_credentials,
        model: Arc::new(Model::embedded().map_err(|error| error.to_string())?),
        models: options.models,
        audit: audit.clone(),
    };
    if !address.ip().is_loopback() {
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
    let kind = kind(&config);
    let app = app(config).map_err(|error| error.to_string())?;
    let stops = stops();
    announce(kind, &app)?;
    if stdin().is_terminal() {
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

async fn upstream(options: AwsOptions) -> Result<Upstream, String> {
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
        found.push(profile.await.map_err(|error| error.to_string())?);
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

/// One for each time that the process is asked to end. It hears that from the moment this is
/// called: whoever has read the announcement can already stop the proxy.
fn stops() -> Receiver<()> {
    let (told, stops) = channel(2);
    let mut signals = Signals::new();
    tokio::spawn(async move {
        loop {
            signals.next().await;
            if told.send(()).await.is_err() {
                return;
            }
        }
    });
    stops
}

#[cfg(unix)]
struct Signals(Vec<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl Signals {
    fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        // Its terminal was closed.
        let hangup = (!hangups_are_ignored()).then(SignalKind::hangup);
        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        Self(
            kinds
                .into_iter()
                .chain(hangup)
                .filter_map(|kind| signal(kind).ok())
                .collect(),
        )
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let mut heard = self.0.iter_mut().map(|signal| signal.poll_recv(context));
            match heard.any(|heard| heard.is_ready()) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        })
        .await;
    }
}

/// Was the proxy started so that it outlives its terminal, as nohup does?
#[cfg(unix)]
fn hangups_are_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|signals| u64::from_str_radix(signals.trim(), 16).ok());
    ignored.is_some_and(|signals| signals & 1 != 0)
}

/// A file that may grow no further is told as such, and ends nothing.
fn too_large_is_an_error() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // To be heard is enough: the signal no longer ends the process.
        let _ = signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw()));
    }
}

/// Whoever rotates the log says so with SIGUSR1.
fn reopened_on_a_signal(audit: Audit) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut rotated) = signal(SignalKind::user_defined1()) {
            tokio::spawn(async move {
                while rotated.recv().await.is_some() {
                    audit.reopen();
                }
            });
        }
    }
    #[cfg(not(unix))]
    drop(audit);
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

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Self {
        Self
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
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
