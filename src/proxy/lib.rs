//! The local proxy between the console and AWS.
//!
//! The console builds plain protocol requests and never sees credentials. This crate answers
//! them from the sandbox, or checks, signs and forwards them; it can serve the built console
//! as well. Whatever page is open in the person's browser can try to reach a local port, so
//! every request is distrusted first ([`guard`]) and nothing is signed that a loaded model
//! doesn't list ([`policy`]). It never sends a request twice: sending again is the console's
//! decision.

pub mod cli;
pub mod config;
pub mod credentials;
pub mod failure;
pub mod forward;
pub mod guard;
mod incoming;
mod log;
pub mod policy;
mod routes;
pub mod serve;
pub mod sign;
mod signed;
mod site;

pub use axum::http;
pub use config::{Config, Limits, Target, Upstream};
pub use credentials::{Credentials, SharedCredentialsProvider};
pub use routes::{StartError, app};
