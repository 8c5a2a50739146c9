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

impl JsonMistake {
    /// The place a parser tells, with the column counted in characters as editors count it.
    pub(super) fn at(text: &str, error: &serde_json::Error, kind: Option<MistakeKind>) -> Self {
        let line = error.line().max(1);
        let bytes = text.lines().nth(line - 1).unwrap_or_default().as_bytes();
        let before = &bytes[..error.column().min(bytes.len())];
        Self {
            line,
            column: String::from_utf8_lossy(before).chars().count().max(1),
            kind: kind.unwrap_or_else(|| MistakeKind::Syntax(reason(error))),
        }
    }
}

/// A parser's message without the place, which is told separately.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.into(),
        None => text,
    }
}
