//! What can be written on the command line. The comments here are the help and the manual page.

use super::values::{self, Regions};
use crate::allowed_origin::AllowedOrigin;
use crate::config::EndpointUrl;
use crate::permits::Named;
use crate::team::{Arn, PublicUrl, Source};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The local proxy of Formsmith. It holds the credentials and signs what the console sends.
///
/// Open the address printed at start in a browser. It contains a code that works once, within
/// five minutes; press Enter for a new one. Files with a secret must be readable only by you.
///
/// The proxy finds credentials where AWS's own tools do: in environment variables, in the profile
/// that AWS_PROFILE names, and from single sign-on, a credential process, a container or an
/// instance.
#[derive(Debug, Parser)]
#[command(name = super::NAME, version, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true, args_override_self = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub action: Option<Action>,
    #[command(flatten)]
    pub given: Given,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Say what an operation can do, and whether it would be signed
    ///
    /// Says what the operation can do, which flag it needs, whether a proxy with these options
    /// would sign it, and where it would go. Nothing is sent.
    #[command(args_override_self = true)]
    Explain {
        /// The operation, such as s3:PutObject
        #[arg(value_name = "SERVICE:OPERATION")]
        operation: String,
        /// The region to send it to [default: AWS_REGION]
        #[arg(long)]
        region: Option<String>,
        #[command(flatten)]
        given: Box<Given>,
    },
    /// Check that no line of an audit log was changed, removed, added or moved
    ///
    /// The exit status is 0 if the log is intact, 1 if it is not, and 2 if it can't be read.
    VerifyAudit {
        /// The log, or its parts, oldest first
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print a script that completes this command in a shell
    Completions { shell: Shell },
    /// Print the manual page, in the format of man
    Man,
    /// Ask the proxy at an address of this machine whether it is there
    ///
    /// For whoever watches a container that has no other program. The exit status is 0 if it is.
    Ready {
        #[arg(value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
        address: SocketAddr,
    },
}

#[derive(Debug, Args)]
pub struct Given {
    #[command(flatten)]
    pub serving: Serving,
    #[command(flatten)]
    pub sending: Sending,
    #[command(flatten)]
    pub signing: Signing,
    #[command(flatten)]
    pub sharing: Sharing,
    #[command(flatten)]
    pub secrets: Secrets,
}

/// Where the proxy listens, and what it keeps.
#[derive(Debug, Args)]
#[command(next_help_heading = "Serving")]
pub struct Serving {
    /// Listen here; loopback addresses only, and port 0 picks a free port
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    #[arg(value_parser = values::listen_address)]
    pub listen: SocketAddr,
    /// Allow any address in --listen
    ///
    /// Anyone who can reach it and knows the token can then use your credentials. Not needed with
    /// --trust-alb.
    #[arg(long)]
    pub dangerously_listen_anywhere: bool,
    /// Serve the built console from this folder
    #[arg(long, value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Let pages of this origin use the proxy, such as https://console.example.com
    ///
    /// For a console that a static host serves, built with `make site PROXY=1`. Whoever can change that
    /// page can use the proxy while you have it open. The code and your consent are needed as ever.
    #[arg(long, value_name = "ORIGIN")]
    pub allow_origin: Vec<AllowedOrigin>,
    /// With --site: store the console's own name in this folder
    ///
    /// Its address then stays the same at each start.
    /// [default: formsmith in the system's data folder]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Append JSON lines about each request to this file
    ///
    /// A change is sent only after its intent is on disk. SIGUSR1 reopens the file.
    #[arg(long, value_name = "FILE")]
    pub audit: Option<PathBuf>,
}

/// Where requests go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Sending")]
pub struct Sending {
    /// Answer with the emulated services, which need no account, or with AWS
    #[arg(long, value_enum, default_value_t = TargetName::Sandbox)]
    pub target: TargetName,
    /// With --target aws: send requests for all services to this address
    ///
    /// They are signed for the real service and region.
    #[arg(long, value_name = "URL")]
    pub endpoint: Option<EndpointUrl>,
    /// Also send requests for the services whose models are in this folder
    ///
    /// `make models` builds it. With --target aws they go to AWS's own endpoints. The page that is
    /// served has its models from there: the whole folder can be read by whoever opens the page.
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// With --models: use endpoints with cryptography validated by FIPS 140
    #[arg(long)]
    pub fips: bool,
    /// With --models: use endpoints that have addresses of IPv6, too
    #[arg(long)]
    pub dual_stack: bool,
    /// With --target aws: also sign requests that a development server forwards
    ///
    /// trunk serve is one.
    #[arg(long)]
    pub allow_forwarded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TargetName {
    Sandbox,
    Aws,
}

/// What is signed, and with whose credentials; all with `--target aws`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Signing, with --target aws")]
pub struct Signing {
    /// Allow operations that change, send or start something, or have a price
    ///
    /// Or that do what their body says.
    #[arg(long)]
    pub allow_write: bool,
    /// Allow what can't be undone, such as to delete
    #[arg(long)]
    pub allow_destroy: bool,
    /// Allow what says who may do what
    #[arg(long)]
    pub allow_permissions: bool,
    /// Allow what answers with a secret
    #[arg(long)]
    pub allow_secrets: bool,
    /// Allow what makes credentials
    #[arg(long)]
    pub allow_credentials: bool,
    /// Allow this operation whatever it does; * stands for any characters
    #[arg(long, value_name = "SERVICE:OPERATION")]
    pub allow: Vec<Named>,
    /// Refuse this operation whatever else is allowed
    #[arg(long, value_name = "SERVICE:OPERATION")]
    pub deny: Vec<Named>,
    /// Sign for these regions only
    ///
    /// With NAME= for one profile; again for another.
    #[arg(long, value_name = "[NAME=]REGION,...", value_parser = values::regions)]
    pub regions: Vec<Regions>,
    /// Sign at most what this file allows (TOML, see README)
    ///
    /// What else is given then narrows it.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Take the policy from this folder, which a team keeps, and again whenever it changes
    ///
    /// The file policy.toml in a checkout of git, say. A change with a mistake in it changes
    /// nothing.
    #[arg(long, value_name = "DIR", conflicts_with = "policy")]
    pub team: Option<PathBuf>,
    /// Sign only if the credentials are of this account
    #[arg(long, value_name = "ID", value_parser = values::account)]
    pub account: Option<String>,
    /// Use this profile's credentials and region, whatever the environment says
    ///
    /// Given again, the console chooses among them.
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub profile: Vec<String>,
    /// The same with all profiles of AWS's files that have credentials
    #[arg(long)]
    pub profiles: bool,
}

/// One proxy for several people, who sign in at a load balancer in front of it; see docs/team.md.
#[derive(Debug, Args)]
#[command(next_help_heading = "Several people, behind a load balancer")]
pub struct Sharing {
    /// Believe who this Application Load Balancer says that a person is
    ///
    /// Every request has to come through its sign-in, and what it says of the person is verified.
    #[arg(long, value_name = "ARN", requires = "public_url")]
    pub trust_alb: Option<Arn>,
    /// The address at which people open the console
    #[arg(long, value_name = "URL", requires = "trust_alb")]
    pub public_url: Option<PublicUrl>,
    /// Where the load balancer's public keys are, each under its id
    ///
    /// [default: AWS's address for the region of the load balancer]
    #[arg(long, value_name = "URL|DIR", requires = "trust_alb")]
    pub sign_in_keys: Option<Source>,
    /// Sign sessions with the key in this file, which all copies of the proxy share
    ///
    /// At least 32 characters. FORMSMITH_SESSION_KEY does the same.
    /// [default: a random one; sessions then end with this proxy]
    #[arg(long, value_name = "FILE", requires = "trust_alb")]
    pub session_key_file: Option<PathBuf>,
    /// What this copy of several is called
    ///
    /// The names of its consents begin with it.
    #[arg(long, value_name = "NAME", requires = "trust_alb", value_parser = values::copy)]
    pub copy: Option<String>,
}

/// Secrets stand in files: every user of the machine can see arguments.
#[derive(Debug, Args)]
#[command(next_help_heading = "Secrets")]
pub struct Secrets {
    /// Read the session token from this file instead of making a new one
    ///
    /// For scripts. FORMSMITH_TOKEN does the same.
    /// [default: 32 random bytes, new at each start]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Make the sandbox check signatures, with the ID:SECRET in this file
    ///
    /// As AWS does. FORMSMITH_SANDBOX_CREDENTIALS does the same; without either, the sandbox
    /// ignores signatures.
    #[arg(long, value_name = "FILE")]
    pub sandbox_credentials_file: Option<PathBuf>,
}
