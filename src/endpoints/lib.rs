//! Where a request goes and what it is signed for, by AWS's endpoint rule sets.
//!
//! A service has a [`RuleSet`] (`endpoints/<n>.json` of the models, several services may share
//! one), AWS has one set of [`Partitions`] (`partitions.json`). A [`Call`] is an operation with its
//! input at a [`Place`], which is what a person has set; [`RuleSet::parameters`] makes of it what
//! the rules ask for, and [`RuleSet::resolve`] makes of that an [`Endpoint`], or says why there is
//! none.
//!
//! Parameters hold what people write, such as the name of a bucket, and rules put them into host
//! names. What the host ends with is therefore known before any rule is followed (`url`): AWS's
//! own suffix, or the endpoint that the person has given. A value that would make another host of
//! it is refused.
//!
//! Nothing here reads a file, a clock or a network. Source: Smithy's specification of the rules
//! engine, and botocore's `endpoint_provider.py` where that leaves something open.

mod functions;
mod parameters;
mod partitions;
mod path;
mod read;
mod render;
mod resolve;
mod rules;
mod scope;
mod url;

pub use parameters::{Call, Given, Parameters, Place};
pub use partitions::{Partition, Partitions};
pub use resolve::{AuthScheme, Endpoint, Refused};
pub use rules::RuleSet;
pub use url::is_host;

use std::fmt;

/// A document that is none of the kind, or asks for what isn't known here; says what and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed(pub String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Malformed {}

fn malformed<T>(what: impl Into<String>) -> Result<T, Malformed> {
    Err(Malformed(what.into()))
}
