//! What an operation of AWS can do, as far as anybody knows. `curated/classes` has how the classes
//! come about.

use std::cmp::Ordering;

/// From the mildest to the strictest. An operation has one class, and passes the proxy with the
/// flag of that class alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Answers, and nothing else.
    Read,
    /// Answers with what gives access, or with a signed URL.
    Secret,
    /// Starts or sends something, or has a price of its own.
    Effect,
    /// Does what the statement or command in its body says.
    Body,
    /// Changes something; or nobody knows.
    Write,
    /// Answers with credentials made for the caller, or gives somebody some.
    Credentials,
    /// Does what can't be undone.
    Destroys,
    /// Says who may do what.
    Permissions,
}

impl Class {
    pub const ALL: [Self; 8] = [
        Self::Read,
        Self::Secret,
        Self::Effect,
        Self::Body,
        Self::Write,
        Self::Credentials,
        Self::Destroys,
        Self::Permissions,
    ];

    /// The class of an operation, by the names that botocore has for both: the service's folder,
    /// and the operation's own. One that is unknown writes.
    pub fn of(service: &str, operation: &str) -> Self {
        let found = SERVICES.binary_search_by(|(name, _)| (*name).cmp(service));
        let operations = found.ok().map(|at| SERVICES[at].1);
        operations
            .and_then(|operations| find(operations, operation))
            .unwrap_or(Self::Write)
    }

    /// Its word in files and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Secret => "secret",
            Self::Effect => "effect",
            Self::Body => "body",
            Self::Write => "write",
            Self::Credentials => "credentials",
            Self::Destroys => "destroys",
            Self::Permissions => "permissions",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// The flag without which the proxy refuses it; none where it is signed by default.
    pub const fn flag(self) -> Option<&'static str> {
        match self {
            Self::Read => None,
            Self::Secret => Some("--allow-secrets"),
            Self::Effect | Self::Body | Self::Write => Some("--allow-write"),
            Self::Credentials => Some("--allow-credentials"),
            Self::Destroys => Some("--allow-destroy"),
            Self::Permissions => Some("--allow-permissions"),
        }
    }

    const fn from_letter(letter: u8) -> Option<Self> {
        match letter {
            b'r' => Some(Self::Read),
            b's' => Some(Self::Secret),
            b'e' => Some(Self::Effect),
            b'b' => Some(Self::Body),
            b'c' => Some(Self::Credentials),
            b'd' => Some(Self::Destroys),
            b'p' => Some(Self::Permissions),
            _ => None,
        }
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
