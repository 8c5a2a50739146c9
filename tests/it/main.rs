//! What is about the project as a whole; each crate's own tests are in its `tests` folder.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod said;
mod tidy;
