//! Mistakes in a draft written as JSON.

/// Why a text is no input of the operation, and where. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonMistake {
    pub line: usize,
    pub column: usize,
    pub kind: MistakeKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MistakeKind {
    /// Not JSON; what the parser expected, in its own words.
    Syntax(String),
    UnknownMember {
        name: String,
        known: Vec<String>,
    },
    /// The same member or key twice.
    Twice { name: String },
    WrongType {
        expected: &'static str,
    },
}

/// A parser's message without the place, which is told separately.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.into(),
        None => text,
    }
}
