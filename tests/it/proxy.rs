//! The proxy over real sockets: who it lets in, what it signs and sends, what it passes on.

mod credentials;
mod faults;
mod policy;
mod running;
mod sandbox;
mod signing;
mod site;
mod upstream;
mod visitors;
