//! Queries over answers, in JMESPath, as the AWS CLI has them with `--query`: what they find, what
//! that is, and what a query could go on with.

mod complete;
mod filter;
mod find;
mod judge;
mod literal;
mod trace;

pub use complete::{Completion, complete};
pub use filter::{Condition, Field, filter};
pub use find::{Mistake, find};
pub use judge::judge;
pub use trace::{Traced, trace};
