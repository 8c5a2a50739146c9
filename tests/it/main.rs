//! What a user or a client of any layer would notice, without a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod proxy;
mod sandbox;
mod signature;
mod wire;
