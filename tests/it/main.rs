//! What a user or a client of any layer would notice, without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod draft;
mod elsewhere;
mod endpoints;
mod follow;
mod inverse;
mod known;
mod library;
mod member_errors;
mod model;
mod outcome;
mod pages;
mod pattern;
mod permission;
mod processor_time;
mod proxy;
mod read_back;
mod retry;
mod sandbox;
mod signature;
mod table;
mod tidy;
mod traits;
mod wire;
