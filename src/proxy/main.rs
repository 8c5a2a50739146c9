//! The command `formsmith-proxy`.

use formsmith_api::model::Model;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::cli::{self, AwsOptions, Command, Options};
use formsmith_proxy::credentials::Chain;
use formsmith_proxy::listening::{Listening, listen};
use formsmith_proxy::origin::{self, Origin};
use formsmith_proxy::serve::serve;
use formsmith_proxy::token::Token;
use formsmith_proxy::{Config, Limits, SharedCredentialsProvider, Target, Upstream, app};
use std::io::{Write, stderr, stdout};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// For arguments that make no sense; everything else that goes wrong ends with 1.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1)) {
        Ok(Command::Help) => say(cli::HELP.trim_end()),
        Ok(Command::Version) => say(concat!("formsmith-proxy ", env!("CARGO_PKG_VERSION"))),
        Ok(Command::Run(options)) => {
            if let Err(message) = run(*options) {
                complain(&message);
                return ExitCode::FAILURE;
            }
        }
        Err(message) => {
            complain(&format!("{message}\nTry formsmith-proxy --help."));
            return ExitCode::from(USAGE);
        }
    }
    ExitCode::SUCCESS
}

#[tokio::main]
async fn run(options: Options) -> Result<(), String> {
    let listening = listen(options.listen, options.site.is_some());
    let Listening {
        listener,
        address,
        beside,
    } = listening?;
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
        Some(aws) => Target::Aws(upstream(aws).await),
    };
    let audit = Audit::new(options.audit.as_deref()).map_err(|error| {
        let file = options.audit.as_deref().unwrap_or(Path::new(""));
        format!("--audit: can't write to {}: {error}", file.display())
    })?;
    let limits = Limits::default();
    let config = Config {
        address,
        site: options.site,
        origin,
        target,
        token,
        limits,
        sandbox_credentials: options.sandbox_credentials,
        model: Arc::new(Model::embedded().map_err(|error| error.to_string())?),
        audit: audit.clone(),
    };
    if !address.ip().is_loopback() {
        complain(&format!(
            "DANGER: {address} can be reached from other machines; whoever learns the token can \
             use your credentials"
        ));
    }
    let announcement = announcement(&config);
    let app = app(config).map_err(|error| error.to_string())?;
    let (stopped, stopped_too) = (stopped(), stopped());
    say(&announcement);
    let beside = async {
        if let Some(listener) = beside {
            serve(listener, app.clone(), limits, stopped_too).await;
        }
    };
    tokio::join!(serve(listener, app.clone(), limits, stopped), beside);
    audit.finish();
    Ok(())
}

async fn upstream(options: AwsOptions) -> Upstream {
    let chain = Chain {
        profile: options.profile.clone(),
    };
    Upstream {
        endpoint: options.endpoint,
        allow_write: options.allow_write,
        allow_forwarded: options.allow_forwarded,
        region: chain.region().await,
        profile: options.profile,
        credentials: SharedCredentialsProvider::new(chain),
    }
}

/// One line with the address that hands over the token. Whoever serves the console on another
/// port puts the same fragment behind that address.
fn announcement(config: &Config) -> String {
    let address = config.token.console_address(config.address);
    match (&config.site, &config.target) {
        (Some(_), _) => format!("Console: {address}"),
        (None, Target::Sandbox) => format!("API, answered by the sandbox: {address}"),
        (None, Target::Aws(_)) => format!("API, signed and sent to AWS: {address}"),
    }
}

/// The name at which the console lives.
fn own_origin(options: &Options, address: SocketAddr) -> Result<Option<Origin>, String> {
    if !Origin::is_found_at(address) {
        complain(&format!(
            "the console has no address of its own at {address}: whoever listens there later can \
             read what it keeps in the browser; --listen 127.0.0.1:{} gives it one",
            address.port()
        ));
        return Ok(None);
    }
    let usual = || origin::usual_folder(|name| std::env::var_os(name));
    let folder = options.data.clone().or_else(usual);
    let found = origin::find(folder.as_deref())?;
    if let Some(warning) = found.warning {
        complain(&warning);
    }
    if options.listen.port() == 0 {
        complain(&format!(
            "port {} is this start's: the history and the drafts that the browser keeps for the \
             console can't be reached after it; --listen with a port keeps them",
            address.port()
        ));
    }
    Ok(Some(Origin::new(&found.id, address.port())))
}

/// Ends when the process is asked to end. It hears that from the moment this is called: whoever
/// has read the announcement can already stop the proxy.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        match signals {
            [Ok(mut interrupt), Ok(mut terminate)] => tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            },
            _ => drop(tokio::signal::ctrl_c().await),
        }
    }
}

#[cfg(not(unix))]
async fn stopped() {
    let _ = tokio::signal::ctrl_c().await;
}

/// A closed output is no reason to end.
fn say(text: &str) {
    let _ = writeln!(stdout(), "{text}").and_then(|()| stdout().flush());
}

fn complain(text: &str) {
    let _ = writeln!(stderr(), "formsmith-proxy: {text}");
}
