//! The syntax of AWS's patterns.
//!
//! Where the engines differ, what counts is what Java's makes of a pattern, which is what most
//! services run; what Java refuses is read as a browser reads it. The named classes, `\b` and the
//! dot are those of ECMA 262 without Unicode, as Smithy has it. What means different things to
//! different engines, and back-references, which have no linear-time meaning, are not parsed: the
//! pattern is then reported as unsupported.

use super::class::Class;
use super::property;

#[derive(Debug)]
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
    Look(Look),
}

/// What an escape, or a part of a class, stands for.
enum Atom {
    /// A code point, which may be half of a pair of surrogates.
    Code(u32),
    Class(Class),
}

/// Something that has to stand, or must not stand, right behind or ahead of a place.
#[derive(Debug)]
pub struct Look {
    pub node: Box<Node>,
    pub is_behind: bool,
    pub is_negative: bool,
}

/// What was read, and whether it holds for all characters or only below [`property::END`].
pub fn parse(source: &str) -> Option<(Node, bool)> {
    let mut parser = Parser {
        rest: source.chars().collect(),
        at: 0,
        ignores_case: false,
        dot_all: false,
        is_partial: false,
        depth: 0,
    };
    let node = parser.either()?;
    (parser.at == parser.rest.len()).then_some((node, parser.is_partial))
}

struct Parser {
    rest: Vec<char>,
    at: usize,
    ignores_case: bool,
    dot_all: bool,
    is_partial: bool,
    depth: usize,
}

/// Groups inside groups; deeper is no pattern anyone wrote.
const MAX_DEPTH: usize = 50;

/// A word's edge, and any other place.
const EDGE: &str = r"(?<=\w)(?!\w)|(?<!\w)(?=\w)";
const NO_EDGE: &str = r"(?<=\w)(?=\w)|(?<!\w)(?!\w)";

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
            let branch = self.sequence()?;
            match (branches.last_mut(), &branch) {
                (Some(Node::Class(one)), Node::Class(other)) => *one = one.union(other),
                _ => branches.push(branch),
            }
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
        Some(match self.take()? {
            '^' => Node::Start,
            '$' => Node::End,
            '.' if self.dot_all => Node::Class(Class::any()),
            '.' => Node::Class(Class::dot()),
            '[' => Node::Class(self.class()?),
            '(' => return self.group(),
            '\\' => match self.peek()? {
                'A' => self.passed(Node::Start),
                'z' => self.passed(Node::End),
                'b' => self.passed(parse(EDGE)?.0),
                'B' => self.passed(parse(NO_EDGE)?.0),
                _ => Node::Class(match self.escape()? {
                    Atom::Class(class) => class,
                    Atom::Code(code) => self.folded(Class::codes(code, code)),
                }),
            },
            '*' | '+' | '?' => return None,
            c => Node::Class(self.folded(Class::codes(c as u32, c as u32))),
        })
    }

    fn passed(&mut self, node: Node) -> Node {
        self.at += 1;
        node
    }

    /// After `(`.
    fn group(&mut self) -> Option<Node> {
        let flags = (self.ignores_case, self.dot_all);
        let mut look = None;
        if self.eat('?') {
            let is_behind = self.eat('<');
            match self.take()? {
                c @ ('=' | '!') => look = Some((is_behind, c == '!')),
                _ if is_behind => return None,
                ':' => {}
                c => {
                    let mut flag = Some(c);
                    loop {
                        match flag? {
                            'i' => self.ignores_case = true,
                            's' => self.dot_all = true,
                            ':' => break,
                            // For the rest of the group that this stands in.
                            ')' => return Some(Node::Empty),
                            _ => return None,
                        }
                        flag = self.take();
                    }
                }
            }
        }
        self.depth += 1;
        let inner = (self.depth <= MAX_DEPTH).then(|| self.either()).flatten()?;
        self.depth -= 1;
        (self.ignores_case, self.dot_all) = flags;
        self.eat(')').then_some(match look {
            None => inner,
            Some((is_behind, is_negative)) => Node::Look(Look {
                node: Box::new(inner),
                is_behind,
                is_negative,
            }),
        })
    }

    fn repeated(&mut self, node: Node) -> Option<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts()? {
                Some(counts) => counts,
                None => return Some(node),
            },
            _ => return Some(node),
        };
        self.at += 1;
        // A lazy quantifier allows the same values. A possessive one takes all it can, so that
        // nothing follows that it could have taken, too.
        self.eat('?');
        let is_possessive = self.eat('+') && Some(min) != max;
        // Of two counts Java heeds the first.
        while self.peek() == Some('{') && self.counts()?.is_some() {
            self.at += 1;
        }
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return None;
        }
        let look = match (is_possessive, max, &node) {
            (false, ..) => None,
            (true, None, Node::Class(class)) => Some(Node::Class(class.clone())),
            _ => return None,
        };
        let node = Box::new(node);
        let repeat = Node::Repeat { node, min, max };
        Some(match look {
            None => repeat,
            Some(node) => {
                let look = Look {
                    node: Box::new(node),
                    is_behind: false,
                    is_negative: true,
                };
                Node::Sequence(vec![repeat, Node::Look(look)])
            }
        })
    }

    /// At `{`: what is counted, up to the closing brace; the inner `None` where the brace is
    /// nothing but a character.
    fn counts(&mut self) -> Option<Option<(u32, Option<u32>)>> {
        let from = self.at;
        self.at += 1;
        let min = self.number();
        let is_open = self.eat(',');
        let max = self.number();
        let Some(min) = min.filter(|_| self.peek() == Some('}')) else {
            // `{,2}` is text to one engine and a count to another.
            let is_text = self.peek() != Some('}') || self.at == from + 1;
            self.at = from;
            return is_text.then_some(None);
        };
        let max = if is_open { max } else { Some(min) };
        max.is_none_or(|max| min <= max).then_some(Some((min, max)))
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let before = number.unwrap_or(0_u32).saturating_mul(10);
            number = Some(before.saturating_add(digit));
            self.at += 1;
        }
        number
    }

    fn folded(&self, class: Class) -> Class {
        match self.ignores_case {
            true => class.folded(),
            false => class,
        }
    }

    /// After a backslash.
    fn escape(&mut self) -> Option<Atom> {
        let c = self.take()?;
        if let Some(class) = Class::named(c) {
            return Some(Atom::Class(class));
        }
        Some(Atom::Code(match c {
            'p' | 'P' => return self.property(c == 'P').map(Atom::Class),
            'n' => 0xA,
            't' => 0x9,
            'r' => 0xD,
            'f' => 0xC,
            'v' => 0xB,
            'x' if self.eat('{') => {
                let digits = self.rest.get(self.at..)?.iter().position(|&c| c == '}')?;
                let code = self.hexadecimal(digits)?;
                self.at += 1;
                code
            }
            'x' => self.hexadecimal(2)?,
            'u' => self.utf_16()?,
            c if c.is_ascii_alphanumeric() => return None,
            c => c as u32,
        }))
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let mut number = 0_u32;
        for _ in 0..digits {
            let digit = self.take()?.to_digit(16)?;
            number = number.saturating_mul(16).saturating_add(digit);
        }
        Some(number)
    }

    /// After `\u`: four digits, or a pair of surrogates.
    fn utf_16(&mut self) -> Option<u32> {
        let high = self.hexadecimal(4)?;
        let from = self.at;
        if (0xD800..0xDC00).contains(&high) && self.eat('\\') && self.eat('u') {
            let low = self.hexadecimal(4)?;
            if (0xDC00..0xE000).contains(&low) {
                return Some(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            }
        }
        self.at = from;
        Some(high)
    }

    /// After `\p` or `\P`.
    fn property(&mut self, is_negated: bool) -> Option<Class> {
        let mut name = String::new();
        if self.eat('{') {
            while !self.eat('}') {
                name.push(self.take()?);
            }
        } else {
            name.push(self.take()?);
        }
        let (class, is_partial) = property::named(&name)?;
        self.is_partial |= is_partial;
        Some(if is_negated { class.negated() } else { class })
    }

    /// After `[`.
    fn class(&mut self) -> Option<Class> {
        let negated = self.eat('^');
        let mut class = Class::default();
        // `[]` and `[^]` mean different things to different engines.
        if self.peek() == Some(']') {
            return None;
        }
        while !self.eat(']') {
            let part = match self.class_atom()? {
                Atom::Class(class) => class,
                Atom::Code(low) => {
                    let range_follows = self.peek() == Some('-')
                        && self.rest.get(self.at + 1).is_some_and(|&c| c != ']');
                    let mut high = low;
                    if range_follows {
                        self.at += 1;
                        match self.class_atom()? {
                            Atom::Code(code) if low <= code => high = code,
                            _ => return None,
                        }
                    }
                    self.folded(Class::codes(low, high))
                }
            };
            class = class.union(&part);
        }
        Some(if negated { class.negated() } else { class })
    }

    fn class_atom(&mut self) -> Option<Atom> {
        match self.take()? {
            '\\' => self.escape(),
            // Nested classes and intersections are Java's alone.
            '[' => None,
            '&' if self.peek() == Some('&') => None,
            c => Some(Atom::Code(c as u32)),
        }
    }
}
