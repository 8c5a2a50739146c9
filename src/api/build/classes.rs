//! The classes of operations in as few bytes as can be searched as they are.

use std::collections::BTreeMap;
use std::fs;

type Failure = Box<dyn std::error::Error>;

/// The words of the file, with the letter that each has in the table. What writes is not in it:
/// an operation that is not found is one that writes.
const LETTERS: [(&str, Option<char>); 8] = [
    ("read", Some('r')),
    ("secret", Some('s')),
    ("effect", Some('e')),
    ("body", Some('b')),
    ("write", None),
    ("credentials", Some('c')),
    ("destroys", Some('d')),
    ("permissions", Some('p')),
];

/// Rust that `class.rs` of the crate includes: the services in order, each with its operations, a
/// line each, in order, with the letter of the class at its end.
pub fn table() -> Result<String, Failure> {
    let text = fs::read_to_string("curated/classes/classes.txt")?;
    let mut services: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let lines = text.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
        let (service, name, letter) =
            read(line).ok_or_else(|| format!("classes.txt:{}: {line}", at + 1))?;
        let operations = services.entry(service).or_default();
        operations.extend(letter.map(|letter| format!("{name}{letter}\n")));
    }
    let rows = services.into_iter().map(|(service, mut operations)| {
        operations.sort_by(|one, other| name(one).cmp(name(other)));
        format!("({service:?}, {:?}),\n", operations.concat())
    });
    Ok(format!("&[{}]", rows.collect::<String>()))
}

fn read(line: &str) -> Option<(&str, &str, Option<char>)> {
    let mut words = line.split(' ');
    let (service, name) = words.next()?.split_once(':')?;
    let word = words.next()?;
    let (_, letter) = LETTERS.iter().find(|(known, _)| *known == word)?;
    Some((service, name, *letter))
}

fn name(line: &str) -> &str {
    &line[..line.len() - 2]
}
