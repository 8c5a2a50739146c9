//! AWS operations as data.
//!
//! A Smithy model goes in; what comes out is everything a client needs to know about an
//! operation: which values are allowed ([`validate`]), what a person has typed so far
//! ([`draft`]), the request AWS's own client would send ([`protocol`]), what an answer really
//! says ([`outcome`]), whether to send again ([`retry`]) and what can be done after it ([`inverse`], [`read_back`],
//! [`follow`], [`waiter`]).
//! Nothing here reads a clock, draws a random number or touches a network: times and
//! identifiers are arguments.

pub mod answer;
pub mod calendar;
pub mod category;
pub mod class;
pub mod curated;
pub mod decimal;
pub mod documentation;
pub mod draft;
pub mod dry_run;
pub mod endpoint;
#[cfg(feature = "classes")]
pub mod evidence;
pub mod file;
pub mod follow;
pub mod http;
#[cfg(feature = "botocore")]
mod infer;
pub mod inverse;
pub mod json;
pub mod model;
pub mod outcome;
pub mod pages;
pub mod pattern;
pub mod permission;
pub mod picks;
pub mod placeholder;
pub mod preset;
pub mod protocol;
pub mod read_back;
pub mod retry;
pub mod secret;
pub mod table;
#[cfg(feature = "botocore")]
pub mod title;
pub mod validate;
pub mod waiter;
