//! What an operation of AWS can do, as far as anybody knows. `curated/classes` has how the classes
//! come about.

#[cfg(feature = "classes")]
mod table;

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

    /// The class of the first letter of its word, as lists of operations have it.
    pub const fn from_letter(letter: u8) -> Option<Self> {
        match letter {
            b'r' => Some(Self::Read),
            b's' => Some(Self::Secret),
            b'e' => Some(Self::Effect),
            b'b' => Some(Self::Body),
            b'w' => Some(Self::Write),
            b'c' => Some(Self::Credentials),
            b'd' => Some(Self::Destroys),
            b'p' => Some(Self::Permissions),
            _ => None,
        }
    }
}
