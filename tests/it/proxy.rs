//! The proxy over real sockets: who it lets in, what it signs and sends, what it passes on.

mod connections;
mod consent;
mod credentials;
mod emulated;
mod faults;
mod faulty;
mod fuzz;
mod hostile;
mod identity;
mod library;
mod limits;
mod moto;
mod names;
mod origin;
mod policy;
mod readers;
mod refusals;
mod resets;
mod running;
mod sandbox;
mod signing;
mod site;
mod upstream;
mod visitors;
