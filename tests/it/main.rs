//! What a user or a client of any layer would notice, without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod draft;
mod endpoints;
mod model;
mod outcome;
mod pattern;
mod proxy;
mod sandbox;
mod signature;
mod tidy;
mod wire;
