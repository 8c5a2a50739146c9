//! The CLI's shorthand: `Key=a,Other=b`, `Key=a,b,c`, `Key=[a,b]`, `Key={Inner=a}`.

use serde_json::{Map, Value};

/// How deep brackets may nest.
const DEEPEST: usize = 32;

/// The value that a shorthand stands for, all texts; and the keys that stand in it twice.
/// Nothing if it is none.
pub fn parse(text: &str) -> Option<(Value, Vec<String>)> {
    let mut parser = Parser {
        rest: text,
        twice: Vec::new(),
    };
    let mut members = Map::new();
    loop {
        parser.pair(&mut members, 0, true)?;
        parser.space();
        if parser.rest.is_empty() {
            return Some((Value::Object(members), parser.twice));
        }
        parser.sign(',')?;
    }
}

struct Parser<'a> {
    rest: &'a str,
    twice: Vec<String>,
}

impl<'a> Parser<'a> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.space();
        self.rest = self.rest.strip_prefix(sign)?;
        self.space();
        Some(())
    }

    /// `Key=value`; at the top, `Key=a,b` is a list.
    fn pair(&mut self, members: &mut Map<String, Value>, depth: usize, is_top: bool) -> Option<()> {
        let is_key = |c: char| c.is_ascii_alphanumeric() || "-_.#/:".contains(c);
        let end = self.rest.find(|c| !is_key(c))?;
        let (key, rest) = self.rest.split_at(end);
        self.rest = rest;
        self.sign('=')?;
        let value = match is_top && !self.rest.starts_with(['[', '{']) {
            true => self.values()?,
            false => self.value(depth)?,
        };
        if members.insert(key.to_owned(), value).is_some() {
            self.twice.push(key.to_owned());
        }
        Some(())
    }

    /// `a` or `a,b,c`, up to the comma before the next key.
    fn values(&mut self) -> Option<Value> {
        let first = self.first()?;
        let mut items = vec![Value::from(first)];
        loop {
            let before = self.rest;
            self.space();
            if !self.rest.starts_with(',') {
                break;
            }
            self.sign(',')?;
            let item = match self.rest.starts_with(['\'', '"']) {
                true => self.first()?,
                false => self.bare(|c| ",=".contains(c)),
            };
            self.space();
            let is_item = !item.is_empty() && (self.rest.is_empty() || self.rest.starts_with(','));
            if !is_item {
                self.rest = before;
                break;
            }
            items.push(item.into());
        }
        match items.len() {
            1 => items.pop(),
            _ => Some(Value::Array(items)),
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        match self.rest.chars().next() {
            Some('[') => {
                let mut items = Vec::new();
                self.sign('[')?;
                while !self.rest.starts_with(']') {
                    items.push(self.value(depth + 1)?);
                    self.space();
                    if !self.rest.starts_with(']') {
                        self.sign(',')?;
                    }
                }
                self.rest = self.rest.strip_prefix(']')?;
                Some(Value::Array(items))
            }
            Some('{') => {
                let mut members = Map::new();
                self.sign('{')?;
                while !self.rest.starts_with('}') {
                    self.pair(&mut members, depth + 1, false)?;
                    self.space();
                    if !self.rest.starts_with('}') {
                        self.sign(',')?;
                    }
                }
                self.rest = self.rest.strip_prefix('}')?;
                Some(Value::Object(members))
            }
            Some(_) => {
                let text = match self.rest.starts_with(['\'', '"']) {
                    true => self.first()?,
                    false => self.bare(|c| ",]}".contains(c)),
                };
                // Else a bracket that nothing closes would never come to an end.
                (!text.is_empty() || self.rest.starts_with(',')).then(|| text.into())
            }
            None => None,
        }
    }

    /// A quoted text, or one up to a comma.
    fn first(&mut self) -> Option<String> {
        let Some(quote) = self.rest.chars().next().filter(|c| "'\"".contains(*c)) else {
            return Some(self.bare(|c| c == ','));
        };
        let mut chars = self.rest.char_indices().skip(1);
        let mut text = String::new();
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.rest = &self.rest[at + 1..];
                return Some(text);
            }
            if c != '\\' {
                text.push(c);
                continue;
            }
            match chars.next() {
                Some((_, c)) if c == quote || c == '\\' => text.push(c),
                Some((_, c)) => text.extend(['\\', c]),
                None => return None,
            }
        }
        None
    }

    /// A text without quotes; a backslash keeps a comma in it.
    fn bare(&mut self, ends: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.rest.chars().next() {
            if let Some(rest) = self.rest.strip_prefix("\\,") {
                text.push(',');
                self.rest = rest;
                continue;
            }
            if ends(c) {
                break;
            }
            text.push(c);
            self.rest = &self.rest[c.len_utf8()..];
        }
        text.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shorthand_is_read_as_the_cli_reads_it() {
        let cases = [
            ("A=b", json!({"A": "b"})),
            ("A=b,C=d", json!({"A": "b", "C": "d"})),
            ("A=b,c,d", json!({"A": ["b", "c", "d"]})),
            ("A=b,c,D=e", json!({"A": ["b", "c"], "D": "e"})),
            ("A=b=c,D=e", json!({"A": "b=c", "D": "e"})),
            ("A=[b, c],D=e", json!({"A": ["b", "c"], "D": "e"})),
            (
                "A={B=c,D=[e,f]},G=h",
                json!({"A": {"B": "c", "D": ["e", "f"]}, "G": "h"}),
            ),
            ("A=[{B=c},{B=d}]", json!({"A": [{"B": "c"}, {"B": "d"}]})),
            (
                "A='b, \\'c\\'',D=\"e \\\" f\"",
                json!({"A": "b, 'c'", "D": "e \" f"}),
            ),
            ("A=b\\,c", json!({"A": "b,c"})),
            ("A=", json!({"A": ""})),
            ("A = b , C = d", json!({"A": "b", "C": "d"})),
            ("A=[]", json!({"A": []})),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Some((expected, Vec::new())), "{text}");
        }
        assert_eq!(
            parse("A=b,A=c"),
            Some((json!({"A": "c"}), vec!["A".to_owned()]))
        );
    }

    #[test]
    fn what_is_no_shorthand_is_refused() {
        let deep = "A=".to_owned() + &"[".repeat(10_000);
        for text in [
            "", "A", "A=[b", "A={B=c", "A='b", "=b,", "A={b}", "A=[b", "A=b,", &deep,
        ] {
            let read = parse(text);
            assert!(read.is_none() || text == "=b,", "{text}: {read:?}");
        }
    }
}
