//! Services, operations and pages, found by what a person types: an API name, words, a command of
//! the AWS CLI, with a letter wrong here and there; the best first. Of an identifier whose form says what
//! it is, the operations that take it.
//!
//! [`Index`] splits all names into words once. A query is compared with each of these words, of
//! which there are some thousands, and an item is then judged by the words that it is made of.

mod best;
mod curated;
mod find;
mod identifier;
mod index;
mod likeness;
mod query;
mod taking;
mod words;

pub use find::{Found, Results};
pub use identifier::taken;
pub use index::{Index, Kind, Operation};
pub use query::highlighted;
