//! The AWS SDK for Rust as a client of the sandbox: nobody here wrote it, and it reads every
//! answer into types of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[macro_use]
mod typed;
mod billing_conductor;
mod constraints;
mod pages;
mod partner_central_selling;
mod retries;
mod running;
mod service_catalog;
mod signatures;
mod stories;
mod written;
