//! Templates of ARNs: `arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}`.

/// A piece of a template.
enum Piece<'a> {
    Literal(&'a str),
    Placeholder(&'a str),
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            found.push(Piece::Literal(before));
        }
        found.push(Piece::Placeholder(name));
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Literal(rest));
    }
    found
}

pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    pieces(template)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name),
            Piece::Literal(_) => None,
        })
}

/// The template with a text for each placeholder.
pub fn filled(template: &str, text: impl Fn(&str) -> String) -> String {
    let texts = pieces(template).into_iter().map(|piece| match piece {
        Piece::Literal(literal) => literal.to_owned(),
        Piece::Placeholder(name) => text(name),
    });
    texts.collect()
}

/// What a template's resource begins with, up to its first placeholder: `table/`.
pub fn kind(template: &str) -> Option<&str> {
    let mut fields = template.splitn(6, ':');
    let resource = fields.nth(5)?;
    let (kind, _) = resource.split_once("${")?;
    (kind.len() > 1).then_some(kind)
}

/// What stands right before a placeholder of a template.
pub fn before<'a>(template: &'a str, placeholder: &str) -> &'a str {
    let at = template.find(&["${", placeholder, "}"].concat());
    at.map_or("", |at| &template[..at])
}

/// How much of an ARN a template says literally, and what the ARN has in the place of the last
/// placeholder; none where it is of another kind.
pub fn fit<'a>(template: &str, arn: &'a str) -> Option<(usize, &'a str)> {
    let pieces = pieces(template);
    let last = pieces
        .iter()
        .rposition(|it| matches!(it, Piece::Placeholder(_)));
    let (mut rest, mut literally, mut held) = (arn, 0, "");
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(literal) => {
                rest = after(literal, rest)?;
                literally += literal.len();
            }
            Piece::Placeholder(name) => {
                let is_last = Some(at) == last;
                let end = match pieces.get(at + 1) {
                    // A name ends where the next piece begins.
                    Some(Piece::Literal(next)) if is_last => (0..rest.len()).rev().find(|end| {
                        rest.get(*end..)
                            .is_some_and(|it| after(next, it) == Some(""))
                    })?,
                    Some(Piece::Literal(next)) => rest.find(next)?,
                    _ => rest.len(),
                };
                let (text, others) = rest.split_at(end);
                let may_be_empty = matches!(*name, "Region" | "Account");
                let is_one = !text.contains(':') && (is_last || !text.contains('/'));
                if !is_one || text.is_empty() && !may_be_empty {
                    return None;
                }
                (held, rest) = (text, others);
            }
        }
    }
    rest.is_empty().then_some((literally, held))
}

/// What comes after a literal, in which `?` is any character.
fn after<'a>(literal: &str, text: &'a str) -> Option<&'a str> {
    let mut chars = text.chars();
    for wanted in literal.chars() {
        let is_it = chars.next()?;
        if wanted != '?' && wanted != is_it {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Does a pattern of a policy, in which `*` is any text, cover an ARN?
pub fn covers(pattern: &str, arn: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = after(first, arn) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in between {
        let found = rest
            .char_indices()
            .find_map(|(at, _)| after(part, &rest[at..]));
        match found {
            Some(after) => rest = after,
            None if part.is_empty() => {}
            None => return false,
        }
    }
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| after(last, &rest[at..]) == Some(""))
}

/// A text as it stands in a policy, where `*`, `?` and `$` mean something else.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(["${", c.encode_utf8(&mut [0; 4]), "}"]),
            _ => out.push(c),
        }
    }
    out
}
