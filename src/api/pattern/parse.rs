//! The part of regular expression syntax that all of AWS's engines read alike.
//!
//! What has no linear-time meaning (look-around, back-references) or needs tables this crate
//! doesn't carry (`\p{…}`) is not parsed; the pattern is then reported as unsupported.

use super::class::Class;

#[derive(Debug, Clone)]
pub enum Node {
    Empty,
    Class(Class),
    Start,
    End,
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat {
        node: Box<Node>,
        min: u32,
        max: Option<u32>,
    },
}

pub fn parse(source: &str) -> Option<Node> {
    let (dot_all, rest) = match source.strip_prefix("(?s)") {
        Some(rest) => (true, rest),
        None => (false, source),
    };
    let mut parser = Parser {
        rest: rest.chars().collect(),
        at: 0,
        dot_all,
        depth: 0,
    };
    let node = parser.either()?;
    (parser.at == parser.rest.len()).then_some(node)
}

struct Parser {
    rest: Vec<char>,
    at: usize,
    dot_all: bool,
    depth: usize,
}

/// Groups inside groups; deeper is no pattern anyone wrote.
const MAX_DEPTH: usize = 50;

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn either(&mut self) -> Option<Node> {
        let mut branches = vec![self.sequence()?];
        while self.eat('|') {
            branches.push(self.sequence()?);
        }
        Some(match branches.len() {
            1 => branches.remove(0),
            _ => Node::Either(branches),
        })
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let atom = self.atom()?;
            nodes.push(self.repeated(atom)?);
        }
        Some(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.remove(0),
            _ => Node::Sequence(nodes),
        })
    }

    fn atom(&mut self) -> Option<Node> {
        match self.take()? {
            '^' => Some(Node::Start),
            '$' => Some(Node::End),
            '.' if self.dot_all => Some(Node::Class(Class::any())),
            '.' => Some(Node::Class(Class::dot())),
            '[' => self.class(),
            '(' => {
                if self.eat('?') && !self.eat(':') {
                    return None;
                }
                self.depth += 1;
                let inner = (self.depth <= MAX_DEPTH).then(|| self.either()).flatten()?;
                self.depth -= 1;
                self.eat(')').then_some(inner)
            }
            '\\' => Some(Node::Class(self.escape()?)),
            '*' | '+' | '?' | '{' | '}' | ']' => None,
            c => Some(Node::Class(Class::single(c))),
        }
    }

    fn repeated(&mut self, node: Node) -> Option<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let min = self.number()?;
                let max = if !self.eat(',') {
                    Some(min)
                } else if self.peek() == Some('}') {
                    None
                } else {
                    Some(self.number()?)
                };
                if self.peek() != Some('}') || max.is_some_and(|max| max < min) {
                    return None;
                }
                (min, max)
            }
            _ => return Some(node),
        };
        if matches!(node, Node::Start | Node::End) {
            return None;
        }
        self.at += 1;
        // A lazy quantifier allows the same values; a possessive one doesn't.
        self.eat('?');
        if matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            return None;
        }
        Some(Node::Repeat {
            node: Box::new(node),
            min,
            max,
        })
    }

    fn number(&mut self) -> Option<u32> {
        let from = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self.rest[from..self.at].iter().collect();
        digits.parse().ok()
    }

    /// After a backslash: a named class or a single character.
    fn escape(&mut self) -> Option<Class> {
        let c = self.take()?;
        if let Some(class) = Class::named(c) {
            return Some(class);
        }
        Some(Class::single(match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'x' => self.hexadecimal(2)?,
            'u' => self.hexadecimal(4)?,
            c if c.is_ascii_alphanumeric() => return None,
            c => c,
        }))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<char> {
        let text: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        char::from_u32(u32::from_str_radix(&text, 16).ok()?)
    }

    /// After `[`.
    fn class(&mut self) -> Option<Node> {
        let negated = self.eat('^');
        let mut class = Class::default();
        // `[]` and `[^]` mean different things to different engines.
        if self.peek() == Some(']') {
            return None;
        }
        while !self.eat(']') {
            let low = self.class_atom()?;
            let range_follows = self.peek() == Some('-')
                && self.rest.get(self.at + 1).is_some_and(|&c| c != ']')
                && low.ranges().len() == 1
                && low.ranges()[0].0 == low.ranges()[0].1;
            if !range_follows {
                class = class.union(&low);
                continue;
            }
            self.at += 1;
            let high = self.class_atom()?;
            let (low, &[(start, end)]) = (low.ranges()[0].0, high.ranges()) else {
                return None;
            };
            if start != end || end < low {
                return None;
            }
            class = class.union(&Class::new(&[(low, end)]));
        }
        Some(Node::Class(if negated { class.negated() } else { class }))
    }

    fn class_atom(&mut self) -> Option<Class> {
        match self.take()? {
            '\\' => self.escape(),
            // Nested classes and intersections are Java's alone.
            '[' => None,
            '&' if self.peek() == Some('&') => None,
            c => Some(Class::single(c)),
        }
    }
}
