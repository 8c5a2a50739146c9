//! The proxy over real sockets: who it lets in, what it signs and sends, what it passes on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod audit;
mod clock;
mod connections;
mod consent;
mod credentials;
mod emulated;
mod faults;
mod faulty;
mod files;
mod fuzz;
mod heavy;
mod hostile;
mod identity;
mod library;
mod limits;
mod models;
mod moto;
mod names;
mod origin;
mod packing;
mod panics;
mod policy;
mod prefixes;
mod readers;
mod refusals;
mod resets;
mod running;
mod sandbox;
mod session;
mod signature;
mod signing;
mod site;
mod upstream;
mod visitors;
