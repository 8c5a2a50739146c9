//! The classes of operations in as few bytes as can be searched as they are.

use std::collections::BTreeMap;
use std::fs;

type Failure = Box<dyn std::error::Error>;

/// Operations by name, with the first letter of their class.
type Operations = BTreeMap<String, char>;

/// By services.
pub type Classes = BTreeMap<String, Operations>;

pub fn read() -> Result<Classes, Failure> {
    let text = fs::read_to_string("curated/classes/classes.txt")?;
    let mut classes = Classes::new();
    let lines = text.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
        let (service, operation, letter) =
            read_line(line).ok_or_else(|| format!("classes.txt:{}: {line}", at + 1))?;
        let operations = classes.entry(service.to_owned()).or_default();
        operations.insert(operation.to_owned(), letter);
    }
    Ok(classes)
}

fn read_line(line: &str) -> Option<(&str, &str, char)> {
    let mut words = line.split(' ');
    let (service, operation) = words.next()?.split_once(':')?;
    Some((service, operation, words.next()?.chars().next()?))
}

/// Rust that `class/table.rs` of the crate includes: the services in order, each with its
/// operations, a line each, in order, with the letter of the class at its end. What writes is not
/// in it: an operation that is not found is one that writes.
pub fn table(classes: &Classes) -> String {
    let line = |(operation, letter): (&String, &char)| match letter {
        'w' => String::new(),
        letter => format!("{operation}{letter}\n"),
    };
    let rows = classes.iter().map(|(service, operations)| {
        let lines: String = operations.iter().map(line).collect();
        format!("({service:?}, {lines:?}),\n")
    });
    format!("&[{}]", rows.collect::<String>())
}
