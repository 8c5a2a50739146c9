//! What a query that is being written could go on with: the members of what is there at the cursor,
//! as this answer has them.

use crate::filter::quoted;
use serde_json::Value;

/// Items of a list that are looked at, as they need not have the same members.
const SAMPLE: usize = 20;

/// What can take the place of the word at the cursor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where that word begins, in bytes.
    pub from: usize,
    /// As they are written in a query.
    pub names: Vec<String>,
}

/// Values that stand at one place of an answer.
type Values<'a> = Vec<&'a Value>;

/// Where one is in a query: what names are looked for in, and what it began with.
#[derive(Clone)]
struct Scope<'a> {
    base: Values<'a>,
    now: Values<'a>,
    /// What follows a name or a bracket goes on from it; otherwise something begins anew.
    goes_on: bool,
}

impl<'a> Scope<'a> {
    fn at(base: Values<'a>) -> Self {
        Self {
            now: base.clone(),
            base,
            goes_on: false,
        }
    }

    fn begin(&mut self) {
        self.now = self.base.clone();
        self.goes_on = false;
    }

    fn field(&mut self, name: &str) {
        self.now.retain(|it| it.is_object());
        self.now = self.now.iter().filter_map(|it| it.get(name)).collect();
        self.goes_on = true;
    }

    fn items(&mut self) {
        self.goes_on = true;
        // What is a list of items already, behind a pipe, is looked at as these.
        if !self.now.iter().any(|it| it.is_array()) {
            return;
        }
        let now = std::mem::take(&mut self.now).into_iter();
        let items = now.flat_map(|it| it.as_array().into_iter().flatten());
        self.now = items.take(SAMPLE).collect();
    }
}

/// What a query could have at a cursor, which is a number of bytes.
#[must_use]
pub fn complete(query: &str, cursor: usize, answer: &Value) -> Completion {
    let cursor = (0..=cursor.min(query.len()))
        .rev()
        .find(|&at| query.is_char_boundary(at))
        .unwrap_or_default();
    let before = &query[..cursor];
    let mut scopes = vec![Scope::at(vec![answer])];
    let mut rest = before.char_indices().peekable();
    let mut word: Option<usize> = None;
    let mut is_open_text = false;
    while let Some((at, c)) = rest.next() {
        let Some(scope) = scopes.last_mut() else {
            break;
        };
        match c {
            _ if is_name(c) => {
                let mut end = at + c.len_utf8();
                while let Some((next, c)) = rest.next_if(|(_, c)| is_name(*c)) {
                    end = next + c.len_utf8();
                }
                let is_function = matches!(rest.peek(), Some((_, '(')));
                if end == before.len() {
                    word = Some(at);
                } else if is_function {
                    scope.goes_on = true;
                } else {
                    if !scope.goes_on {
                        scope.begin();
                    }
                    scope.field(&before[at..end]);
                }
            }
            '.' => scope.goes_on = true,
            '"' | '\'' | '`' => {
                let mut text = String::new();
                let mut is_escaped = false;
                is_open_text = true;
                for (_, next) in rest.by_ref() {
                    if next == c && !is_escaped {
                        is_open_text = false;
                        break;
                    }
                    is_escaped = next == '\\' && !is_escaped;
                    text.push(next);
                }
                if c == '"' && !is_open_text {
                    if !scope.goes_on {
                        scope.begin();
                    }
                    scope.field(&text);
                }
            }
            '[' => match rest.peek() {
                Some((_, '?')) => {
                    rest.next();
                    if !scope.goes_on {
                        scope.begin();
                    }
                    scope.items();
                    let base = scope.now.clone();
                    scopes.push(Scope::at(base));
                }
                Some((_, c)) if matches!(c, ']' | '*' | ':' | '-') || c.is_ascii_digit() => {
                    if !scope.goes_on {
                        scope.begin();
                    }
                    scope.items();
                    let base = Vec::new();
                    scopes.push(Scope::at(base));
                }
                _ => {
                    let base = scope.now.clone();
                    scopes.push(Scope::at(base));
                }
            },
            '{' => {
                let base = scope.now.clone();
                scopes.push(Scope::at(base));
            }
            '(' => {
                let base = scope.base.clone();
                scopes.push(Scope::at(base));
            }
            ']' | '}' | ')' => {
                if scopes.len() > 1 {
                    scopes.pop();
                }
                if let Some(scope) = scopes.last_mut() {
                    scope.goes_on = true;
                }
            }
            '|' if rest.next_if(|(_, next)| *next == '|').is_none() => {
                // What is found so far is what the rest begins with.
                scope.base = scope.now.clone();
                scope.goes_on = false;
            }
            '@' | '&' => scope.begin(),
            c if c.is_whitespace() => {}
            _ => scope.begin(),
        }
    }
    let from = word.unwrap_or(before.len());
    let begun = before[from..].to_lowercase();
    let Some(scope) = scopes.last().filter(|_| !is_open_text) else {
        return Completion::default();
    };
    let is_after_dot = before[..from].ends_with('.');
    let values = match scope.goes_on && is_after_dot {
        true => &scope.now,
        // What follows a bracket or a name without a dot is no name.
        false if scope.goes_on => return Completion::default(),
        false => &scope.base,
    };
    let mut names: Vec<&String> = Vec::new();
    for value in values.iter().take(SAMPLE) {
        for name in value.as_object().into_iter().flat_map(|it| it.keys()) {
            if !names.contains(&name) && name.to_lowercase().starts_with(&begun) {
                names.push(name);
            }
        }
    }
    let names = names.into_iter().map(|name| quoted(name)).collect();
    Completion { from, names }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
