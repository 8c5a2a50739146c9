//! The local proxy between the console and AWS.
//!
//! The console builds plain protocol requests and never sees credentials. This crate answers
//! them from the sandbox, or checks, signs and forwards them; it can serve the built console
//! as well. Whatever page is open in the person's browser can try to reach a local port, so
//! every request is distrusted first ([`guard`]) and nothing is signed that a loaded model
//! doesn't list ([`policy`]), and nothing that changes something without the person's consent
//! ([`consent`]). It never sends a request twice: sending again is the console's decision.

mod addresses;
pub mod allowed_origin;
mod attend;
pub mod audit;
pub mod body;
mod bound;
pub mod cli;
pub mod clock;
pub mod config;
mod connect;
mod connections;
pub mod consent;
pub mod credentials;
pub mod date;
pub mod destination;
mod emulated;
pub mod enter;
pub mod explain;
pub mod failure;
mod farewell;
pub mod files;
mod folder;
mod forward;
pub mod guard;
mod handover;
pub mod hash;
mod headers;
mod hearing;
mod identity;
mod incoming;
pub mod limits;
pub mod listening;
mod memory;
pub mod models;
mod moving;
mod open;
mod operations;
pub mod origin;
pub mod outline;
pub mod panics;
pub mod people;
pub mod permits;
pub mod policy;
pub mod policy_file;
mod pool;
mod profiles;
pub mod ready;
pub mod refusal;
mod routes;
pub mod rules;
mod secret;
mod sending;
pub mod serve;
pub mod session;
pub mod sign;
mod sign_in;
pub mod signals;
mod signed;
mod signer;
mod site;
mod socket;
pub mod team;
pub mod team_folder;
pub mod token;
mod unanswered;
mod upload;
pub mod uri;
pub mod verify;
pub mod xml;

pub use config::{Config, Limits, Profile, Target, Upstream};
pub use credentials::{Credentials, SharedCredentialsProvider};
pub use hyper::http;
pub use routes::{App, StartError, app};
