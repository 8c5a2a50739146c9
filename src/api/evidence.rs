//! What each source says of an operation, from which its [class](crate::class) comes about.

use crate::class::Class;

/// `curated/classes/README.md` has the sources, and what each of these means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// IAM gives its action this access level.
    AccessLevel(&'static str),
    /// The protocol is REST, and this is the method.
    Method(&'static str),
    /// AWS's MCP server lists it among what reads.
    Listed,
    /// Its model has the trait `readonly`.
    Readonly,
    /// botocore pages through its answers, or waits with it.
    Pages,
    /// The input has an idempotency token.
    Token,
    /// Its name begins like one of what can't be undone.
    Name,
    /// This part of the answer looks like a secret; `credentials` are a key with its session.
    Answer(&'static str),
    /// Our own ruling decides.
    Ruled,
}

impl Evidence {
    /// All that is known of an operation; none where no source is about it.
    pub fn of(service: &str, operation: &str) -> Option<Vec<Self>> {
        let line = CLASSES.lines().find_map(|line| {
            let rest = line.strip_prefix(service)?.strip_prefix(':')?;
            rest.strip_prefix(operation)?.strip_prefix(' ')
        });
        let words = line?.split(' ').skip(1);
        Some(words.filter_map(Self::read).collect())
    }

    fn read(word: &'static str) -> Option<Self> {
        Some(match word.split_once(':') {
            Some(("iam", level)) => Self::AccessLevel(level),
            Some(("http", method)) => Self::Method(method),
            Some(("answer", part)) => Self::Answer(part),
            _ => match word {
                "list" => Self::Listed,
                "trait" => Self::Readonly,
                "pages" => Self::Pages,
                "token" => Self::Token,
                "name" => Self::Name,
                "ruled" => Self::Ruled,
                _ => return None,
            },
        })
    }
}

/// All operations that any source is about, by the names of their services and their own.
pub fn operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    CLASSES.lines().filter_map(|line| {
        let (name, _) = line.split_once(' ')?;
        name.split_once(':')
    })
}

/// The ruling on an operation, if there is one: the class, and why, in a sentence.
pub fn ruling(service: &str, operation: &str) -> Option<(Class, &'static str)> {
    RULINGS.lines().find_map(|line| {
        let rest = line.strip_prefix(service)?.strip_prefix(':')?;
        let rest = rest.strip_prefix(operation)?.strip_prefix(' ')?;
        let (class, why) = rest.split_once(' ')?;
        Some((Class::from_word(class)?, why))
    })
}

/// `service:Operation class evidence` in lines.
const CLASSES: &str = include_str!("curated/classes/classes.txt");

/// `service:Operation class Why.` in lines.
const RULINGS: &str = include_str!("curated/classes/rulings.txt");
