//! AWS's documentation of a service: HTML from elsewhere, of which only what stands on a list is kept.
//!
//! What comes out is a tree of a few kinds of parts, of which whoever shows it makes elements of its
//! own. No markup gets through: what is on no list leaves its text, and a script not even that.

mod entity;

pub use entity::decoded;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Break,
    Inside(Kind, Vec<Part>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Paragraph,
    /// Its parts are items.
    List,
    Numbered,
    Item,
    /// Its parts are terms and meanings.
    Terms,
    Term,
    Meaning,
    Code,
    Block,
    Strong,
    Emphasis,
    Note,
    Important,
    /// To an address that begins with `https://`.
    Link(String),
}

impl Kind {
    /// Does it stand within a line?
    fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Code | Self::Strong | Self::Emphasis | Self::Link(_)
        )
    }
}

/// What may be open at once. AWS's own text never comes near it; what is deeper loses its markup.
const DEEPEST: usize = 16;

/// What is between these is no text.
const UNREAD: [&str; 2] = ["script", "style"];

/// Reads HTML, whatever it is, in a time that grows with its length alone.
pub fn read(html: &str) -> Vec<Part> {
    let mut reader = Reader {
        open: Vec::new(),
        parts: Vec::new(),
        beyond: 0,
        unread: None,
    };
    let last = html.rfind('>');
    let mut at = 0;
    while let Some(next) = html[at..].find('<').map(|next| at + next) {
        reader.text(&html[at..next]);
        let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
        let is_tag = html[next + 1..].starts_with(begins) && last > Some(next);
        let (end, mark) = match html[next..].starts_with("<!--") {
            true => (html[next..].find("-->"), "-->"),
            false if is_tag => (html[next..].find('>'), ">"),
            false => {
                reader.text("<");
                at = next + 1;
                continue;
            }
        };
        // A comment without an end is all that is left.
        let Some(end) = end.map(|end| next + end) else {
            at = html.len();
            break;
        };
        if mark == ">" {
            reader.tag(&html[next + 1..end]);
        }
        at = end + mark.len();
    }
    reader.text(&html[at..]);
    while !reader.open.is_empty() {
        reader.close();
    }
    settled(reader.parts)
}

/// An element that is open: what it was called, and what was made of it so far.
struct Open {
    name: &'static str,
    kind: Kind,
    parts: Vec<Part>,
}

struct Reader {
    open: Vec<Open>,
    /// What stands in no element.
    parts: Vec<Part>,
    /// How many elements are open that are too deep.
    beyond: usize,
    unread: Option<&'static str>,
}

impl Reader {
    fn now(&mut self) -> &mut Vec<Part> {
        match self.open.last_mut() {
            Some(open) => &mut open.parts,
            None => &mut self.parts,
        }
    }

    fn text(&mut self, html: &str) {
        if self.unread.is_some() || html.is_empty() {
            return;
        }
        let keeps_space = self.open.iter().any(|open| open.kind == Kind::Block);
        let parts = self.now();
        if !matches!(parts.last(), Some(Part::Text(_))) {
            parts.push(Part::Text(String::new()));
        }
        let Some(Part::Text(text)) = parts.last_mut() else {
            return;
        };
        for c in decoded(html) {
            if c.is_whitespace() && !keeps_space {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            } else if !c.is_control() || c == '\n' {
                text.push(c);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let (is_end, tag) = match tag.strip_prefix('/') {
            Some(tag) => (true, tag),
            None => (false, tag),
        };
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, rest) = tag.split_at(end.unwrap_or(tag.len()));
        let name = name.to_ascii_lowercase();
        if let Some(unread) = self.unread {
            if is_end && name == unread {
                self.unread = None;
            }
            return;
        }
        self.unread = UNREAD.into_iter().find(|it| *it == name && !is_end);
        if name == "br" {
            self.now().push(Part::Break);
            return;
        }
        let Some((name, kind)) = allowed(&name) else {
            return;
        };
        if is_end {
            self.end(name);
        } else {
            self.begin(name, kind, rest);
        }
    }

    fn begin(&mut self, name: &'static str, kind: Kind, attributes: &str) {
        self.end_implied(&kind);
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        let is_within = |kinds: &[Kind]| self.open.iter().any(|open| kinds.contains(&open.kind));
        let kind = match kind {
            Kind::Item if !is_within(&[Kind::List, Kind::Numbered]) => Kind::Paragraph,
            Kind::Term | Kind::Meaning if !is_within(&[Kind::Terms]) => Kind::Paragraph,
            Kind::Link(_) => Kind::Link(address(attributes).unwrap_or_default()),
            kind => kind,
        };
        let parts = Vec::new();
        self.open.push(Open { name, kind, parts });
    }

    /// Ends what can't go on beside what begins now, as far as the nearest element around both.
    fn end_implied(&mut self, begins: &Kind) {
        use Kind::{Item, List, Meaning, Numbered, Paragraph, Term, Terms};
        let (ended, around): (&[Kind], &[Kind]) = match begins {
            Item => (&[Item, Paragraph], &[List, Numbered]),
            Term | Meaning => (&[Term, Meaning, Paragraph], &[Terms]),
            kind if kind.is_inline() => return,
            _ => (&[Paragraph], &[Item, Meaning, Kind::Note, Kind::Important]),
        };
        let open = self.open.iter().rev();
        let within = open.take_while(|open| !around.contains(&open.kind));
        let depths = within.enumerate();
        let ends = depths.filter(|(_, open)| ended.contains(&open.kind));
        if let Some((depth, _)) = ends.last()
            && self.beyond == 0
        {
            (0..=depth).for_each(|_| self.close());
        }
    }

    fn end(&mut self, name: &str) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            (at..self.open.len()).for_each(|_| self.close());
        }
    }

    fn close(&mut self) {
        let Some(Open { kind, parts, .. }) = self.open.pop() else {
            return;
        };
        let parts = match kind {
            Kind::List | Kind::Numbered => {
                only(parts, Kind::Item, |kind| matches!(kind, Kind::Item))
            }
            Kind::Terms => only(parts, Kind::Meaning, |kind| {
                matches!(kind, Kind::Term | Kind::Meaning)
            }),
            Kind::Paragraph | Kind::Item | Kind::Term | Kind::Meaning => settled(parts),
            Kind::Note | Kind::Important => settled(parts),
            _ => parts,
        };
        if parts.is_empty() {
            return;
        }
        match kind {
            // A link that leads nowhere is its text.
            Kind::Link(address) if address.is_empty() => self.now().extend(parts),
            kind => self.now().push(Part::Inside(kind, parts)),
        }
    }
}

/// The parts of a list: whatever else is among them is an item of its own.
fn only(parts: Vec<Part>, other: Kind, is_own: impl Fn(&Kind) -> bool) -> Vec<Part> {
    let parts = parts.into_iter().filter(|part| !is_space(part));
    let own = parts.map(|part| match part {
        Part::Inside(kind, parts) if is_own(&kind) => Part::Inside(kind, parts),
        part => Part::Inside(other.clone(), vec![part]),
    });
    own.collect()
}

/// Without the space that stands between blocks, and at both ends.
fn settled(mut parts: Vec<Part>) -> Vec<Part> {
    if let Some(Part::Text(text)) = parts.first_mut() {
        text.drain(..text.len() - text.trim_start().len());
    }
    if let Some(Part::Text(text)) = parts.last_mut() {
        text.truncate(text.trim_end().len());
    }
    let is_block =
        |part: Option<&Part>| matches!(part, Some(Part::Inside(kind, _)) if !kind.is_inline());
    let needless: Vec<bool> = (0..parts.len())
        .map(|at| {
            let before = at.checked_sub(1).and_then(|at| parts.get(at));
            let is_empty = matches!(&parts[at], Part::Text(text) if text.is_empty());
            is_empty || is_space(&parts[at]) && (is_block(before) || is_block(parts.get(at + 1)))
        })
        .collect();
    let mut needless = needless.into_iter();
    parts.retain(|_| needless.next() != Some(true));
    parts
}

fn is_space(part: &Part) -> bool {
    matches!(part, Part::Text(text) if text.trim().is_empty())
}

/// The elements that are kept, by the names that AWS writes them with.
fn allowed(name: &str) -> Option<(&'static str, Kind)> {
    Some(match name {
        "p" => ("p", Kind::Paragraph),
        "h1" | "h2" | "h3" | "h4" => ("h2", Kind::Paragraph),
        "ul" => ("ul", Kind::List),
        "ol" => ("ol", Kind::Numbered),
        "li" => ("li", Kind::Item),
        "dl" => ("dl", Kind::Terms),
        "dt" => ("dt", Kind::Term),
        "dd" => ("dd", Kind::Meaning),
        "code" => ("code", Kind::Code),
        "pre" => ("pre", Kind::Block),
        "b" => ("b", Kind::Strong),
        "strong" => ("strong", Kind::Strong),
        "i" => ("i", Kind::Emphasis),
        "em" => ("em", Kind::Emphasis),
        "note" => ("note", Kind::Note),
        "important" => ("important", Kind::Important),
        "a" => ("a", Kind::Link(String::new())),
        _ => return None,
    })
}

/// Where a link leads, if that is a page on the web.
fn address(attributes: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find("href")?;
    let value = attributes.get(at + 4..)?.trim_start().strip_prefix('=')?;
    let value = value.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split_ascii_whitespace().next()?,
    };
    let address: String = decoded(value.trim()).collect();
    let scheme = address.get(..8)?;
    let is_plain = !address.contains(|c: char| c.is_control() || c.is_whitespace());
    (scheme.eq_ignore_ascii_case("https://") && is_plain).then_some(address)
}
