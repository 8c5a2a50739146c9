//! Mistakes in a draft written as JSON.

/// Why a text is no input of the operation, and where. Lines and columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonMistake {
    pub line: usize,
    /// Counted in characters, as editors count.
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
    Twice {
        name: String,
    },
    WrongType {
        expected: &'static str,
    },
}

impl JsonMistake {
    /// A mistake in the member or value that begins at this byte.
    pub(super) fn at(text: &str, byte: usize, kind: MistakeKind) -> Self {
        let before = &text.as_bytes()[..byte.min(text.len())];
        let mut lines = before.split(|&byte| byte == b'\n');
        Self {
            column: characters(lines.next_back().unwrap_or_default()) + 1,
            line: lines.count() + 1,
            kind,
        }
    }

    /// The place a parser tells, which is the last character it read.
    pub(super) fn syntax(text: &str, error: &serde_json::Error) -> Self {
        let line_of = |line: usize| text.lines().nth(line - 1).unwrap_or_default().as_bytes();
        let (mut line, mut column) = (error.line().max(1), error.column());
        // The character read last is the end of the line before: the mistake is there.
        if column == 0 && line > 1 && !error.is_eof() {
            line -= 1;
            column = line_of(line).len() + 1;
        }
        let bytes = line_of(line);
        let beyond = usize::from(column > bytes.len());
        let read = &bytes[..column.min(bytes.len())];
        Self {
            line,
            column: (characters(read) + beyond).max(1),
            kind: MistakeKind::Syntax(reason(error)),
        }
    }
}

/// The characters that begin in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|&&byte| !continues(byte)).count()
}

/// A parser's message without the place, which is told separately.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.into(),
        None => text,
    }
}
