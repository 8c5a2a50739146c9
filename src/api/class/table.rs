//! The classes of all operations of AWS, for who decides by them.

use super::Class;
use std::cmp::Ordering;

impl Class {
    /// The class of an operation, by the names that botocore has for both: the service's folder,
    /// and the operation's own. One that is unknown writes.
    pub fn of(service: &str, operation: &str) -> Self {
        let found = SERVICES.binary_search_by(|(name, _)| (*name).cmp(service));
        let operations = found.ok().map(|at| SERVICES[at].1);
        operations
            .and_then(|operations| find(operations, operation))
            .unwrap_or(Self::Write)
    }
}

/// The services in order, each with the lines of its operations that do more or less than write,
/// in order: a name, and the letter of the class.
const SERVICES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/classes.rs"));

/// Finds an operation among the lines of a service, half of them at a time.
fn find(lines: &str, operation: &str) -> Option<Class> {
    let mut lines = lines.as_bytes();
    while !lines.is_empty() {
        let middle = lines.len() / 2;
        let begin = lines[..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let end = begin + lines[begin..].iter().position(|byte| *byte == b'\n')?;
        let (letter, name) = lines[begin..end].split_last()?;
        match operation.as_bytes().cmp(name) {
            Ordering::Equal => return Class::from_letter(*letter),
            Ordering::Less => lines = &lines[..begin],
            Ordering::Greater => lines = &lines[end + 1..],
        }
    }
    None
}
