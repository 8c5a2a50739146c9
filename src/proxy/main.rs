//! The command `formsmith-proxy`.

use formsmith_api::model::Model;
use formsmith_proxy::audit::Audit;
use formsmith_proxy::cli::{self, AwsOptions, Command, Options};
use formsmith_proxy::credentials::Chain;
use formsmith_proxy::enter::on_enter;
use formsmith_proxy::serve::{listen, serve};
use formsmith_proxy::token::Token;
use formsmith_proxy::{App, Config, Limits, SharedCredentialsProvider, Target, Upstream, app};
use std::io::{IsTerminal, Write, stderr, stdin, stdout};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// For arguments that make no sense; everything else that goes wrong ends with 1.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().skip(1), |name| std::env::var_os(name)) {
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
    let listener = listen(options.listen).map_err(|error| not_listening(options.listen, &error))?;
    let address = listener
        .local_addr()
        .map_err(|error| not_listening(options.listen, &error))?;
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
    let kind = kind(&config);
    let app = app(config).map_err(|error| error.to_string())?;
    let stopped = stopped();
    announce(kind, &app)?;
    if stdin().is_terminal() {
        say("Enter prints a new address; each can be opened once, within five minutes.");
    }
    let asked = app.clone();
    on_enter(move || {
        if let Err(message) = announce(kind, &asked) {
            complain(&message);
        }
    });
    serve(listener, app, limits, stopped).await;
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

fn not_listening(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "port {} is taken: stop what listens there, or choose another port with --listen",
            address.port()
        ),
        _ => format!("can't listen at {address}: {error}"),
    }
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
