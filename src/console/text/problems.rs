//! What is wrong with an input, and what to do about it.

use super::{capitalised, counted, grouped, in_sentence, listed};
use crate::state::Replacement;
use formsmith_api::draft::{Hint, JsonMistake, MistakeKind, PasteRefused};
use formsmith_api::pattern::Class;
use formsmith_api::validate::Violation;

pub const SUMMARY: &str = "There is a problem";
pub const GO_TO_JSON: &str = "Go to the JSON";
pub const DISCARD_JSON: &str = "Discard the JSON and go on with the form";
pub const CHANGED_ELSEWHERE: &str = "Another tab has changed this draft";
pub const CHANGED_ELSEWHERE_DETAIL: &str =
    "What you change here is not kept until you choose which of the two goes on.";
pub const KEEP_THIS_DRAFT: &str = "Keep this one";
pub const TAKE_OTHER_DRAFT: &str = "Take the other one";
pub const NOT_KEPT: &str = "This browser keeps no drafts: a reload will lose what is typed here.";

/// The words a message needs for the field it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub item: String,
    pub items: String,
    /// The value is chosen from a list rather than typed.
    pub is_choice: bool,
    /// The member is a list, map or structure.
    pub is_aggregate: bool,
    pub is_required: bool,
}

pub fn violation(violation: &Violation, words: &Words) -> String {
    let title = in_sentence(&words.title);
    match violation {
        Violation::Required if words.is_aggregate && !words.item.is_empty() => {
            format!("Add at least 1 {}", words.item)
        }
        Violation::Required if words.is_aggregate => format!("Add the {title}"),
        Violation::Required if words.is_choice => format!("Choose the {title}"),
        Violation::Required => format!("Enter the {title}"),
        Violation::TooShort { actual, min } => {
            format!("{}: {} too few", characters(*actual), grouped(min - actual))
        }
        Violation::TooLong { actual, max } => {
            format!(
                "{}: {} too many",
                characters(*actual),
                grouped(actual - max)
            )
        }
        Violation::TooFew { actual: 0, min } => {
            let several = counted(*min, &words.item, &words.items);
            match words.is_required {
                true => format!("Add at least {several}"),
                false => format!("Add at least {several}, or leave them out"),
            }
        }
        Violation::TooFew { actual, min } => {
            let actual = counted(*actual, &words.item, &words.items);
            format!("{actual}: at least {min} are needed")
        }
        Violation::TooMany { actual, max } => {
            let sizes = counted(*actual, &words.item, &words.items);
            format!("{sizes}: {} too many. Remove some", grouped(actual - max))
        }
        Violation::Pattern { source } => {
            format!("The value does not fit the pattern {source}")
        }
        Violation::Character {
            found,
            position,
            expected,
            is_uniform,
        } => wrong_character(*found, position + 1, expected, *is_uniform),
        Violation::Unfinished { expected } => {
            format!(
                "The value ends too early: {} must follow",
                kinds(expected, "or", "digits")
            )
        }
        Violation::UnknownValue { value } => format!(
            "{} is not a value the model knows. The service may know it: you can send it anyway",
            quoted(value)
        ),
        Violation::NotANumber => "Enter a number".into(),
        Violation::NotAnInteger => "Enter a whole number".into(),
        Violation::NotABoolean => "Choose true or false".into(),
        Violation::BelowMinimum { min } => format!("Enter {min} or more"),
        Violation::AboveMaximum { max } => format!("Enter {max} or less"),
        Violation::Duplicate => "This repeats an earlier value: change one of them".into(),
        Violation::WrongType { expected } => format!("This has to be {}", json_type(expected)),
        Violation::UnknownMember => "The operation has no such member".into(),
        Violation::NotJson {
            line,
            column,
            reason,
        } => format!("This is not JSON: {reason} at line {line}, column {column}"),
    }
}

/// What a person wrote, or enough of it to know it by.
pub(super) fn quoted(text: &str) -> String {
    const ENOUGH: usize = 80;
    match text.char_indices().nth(ENOUGH) {
        None => format!("“{text}”"),
        Some((end, _)) => {
            let all = text.chars().count();
            format!(
                "“{}” (the first {ENOUGH} of {all} characters)",
                &text[..end]
            )
        }
    }
}

fn characters(count: usize) -> String {
    counted(count, "character", "characters")
}

fn wrong_character(found: char, position: usize, expected: &Class, is_uniform: bool) -> String {
    let found = shown(found);
    if expected.is_empty() {
        return format!(
            "{} at position {position} is one too many: remove it and what follows",
            capitalised(&found)
        );
    }
    if is_uniform {
        let kinds = kinds(expected, "and", "numbers");
        return format!("Use only {kinds}: {found} at position {position} is none of these");
    }
    let kinds = kinds(expected, "or", "digits");
    format!(
        "{} at position {position} does not fit: use {kinds} here",
        capitalised(&found)
    )
}

/// A character that can be seen.
fn shown(c: char) -> String {
    match c {
        ' ' => "the space".into(),
        '\t' => "the tab".into(),
        '\n' | '\r' => "the line break".into(),
        c if c.is_control() || c.is_whitespace() || ('\u{200B}'..='\u{200F}').contains(&c) => {
            format!("the invisible character U+{:04X}", c as u32)
        }
        c => format!("“{c}”"),
    }
}

/// `letters, numbers, hyphens and underscores`. Of a single character, `digits` is the better word.
fn kinds(class: &Class, last: &str, digits: &str) -> String {
    let covers = |low: char, high: char| {
        class
            .ranges()
            .iter()
            .any(|&(from, to)| from <= low && high <= to)
    };
    if covers('\u{4E00}', '\u{9FA5}') {
        return "another character".into();
    }
    let mut words: Vec<String> = Vec::new();
    let (lower, upper) = (covers('a', 'z'), covers('A', 'Z'));
    match (lower, upper) {
        (true, true) => words.push("letters".into()),
        (true, false) => words.push("lower-case letters".into()),
        (false, true) => words.push("capital letters".into()),
        (false, false) => {}
    }
    if covers('0', '9') {
        words.push(digits.into());
    }
    let named = |c: char| match c {
        '-' => Some("hyphens"),
        '_' => Some("underscores"),
        '.' => Some("periods"),
        ' ' => Some("spaces"),
        ':' => Some("colons"),
        '/' => Some("slashes"),
        '@' => Some("at signs"),
        _ => None,
    };
    let is_single = class
        .ranges()
        .iter()
        .map(|&(a, b)| b as u32 - a as u32 + 1)
        .sum::<u32>()
        == 1;
    for &(from, to) in class.ranges() {
        for c in (from..=to).take(128) {
            let in_words = (lower && c.is_ascii_lowercase())
                || (upper && c.is_ascii_uppercase())
                || (covers('0', '9') && c.is_ascii_digit());
            match named(c).filter(|_| !is_single) {
                _ if in_words => {}
                Some(name) => words.push(name.into()),
                None => words.push(shown(c)),
            }
        }
    }
    listed(&words, last)
}

/// The summary's entry for a violation: where it is, then the message at the field.
pub fn summary_entry(place: &[String], message: &str) -> String {
    format!("{}: {message}", place.join(", "))
}

pub fn hint(hint: &Hint) -> String {
    match hint {
        Hint::OtherKind {
            prefix,
            belongs_to,
            expected,
        } => format!(
            "This looks like {}: those begin with {prefix}. Values here begin with {expected}",
            one_of(&in_sentence(belongs_to))
        ),
        Hint::Inside { identifier } => format!("There is an identifier in this text: {identifier}"),
    }
}

/// `a product ID`, `an opportunity ID`.
fn one_of(title: &str) -> String {
    let first = title.chars().next().unwrap_or_default();
    let is_vowel = "aeiouAEIOU".contains(first);
    format!("{} {title}", if is_vowel { "an" } else { "a" })
}

pub fn use_identifier(identifier: &str) -> String {
    format!("Use {identifier}")
}

pub fn json_mistake(mistake: &JsonMistake) -> String {
    let (line, column) = (mistake.line, mistake.column);
    let what = match &mistake.kind {
        MistakeKind::Syntax(reason) => format!("this is not JSON ({reason})"),
        MistakeKind::UnknownMember { name, known } => format!(
            "the operation has no member {} here. It knows {}",
            quoted(name),
            listed(known, "and")
        ),
        MistakeKind::Twice { name } => format!("{} appears here twice", quoted(name)),
        MistakeKind::WrongType { expected } => format!("this has to be {}", json_type(expected)),
    };
    format!("Line {line}, column {column}: {what}")
}

pub const JSON_HAS_MISTAKE: &str =
    "The JSON has a mistake. The form shows the last input that could be read.";

pub(super) fn json_type(expected: &str) -> &str {
    match expected {
        "string" => "text in double quotes",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list in square brackets",
        "object" => "an object in curly brackets",
        other => other,
    }
}

pub fn pasted(rows: usize) -> String {
    format!("{} pasted.", counted(rows, "row", "rows"))
}

pub fn paste_refused(refused: &PasteRefused) -> String {
    let reason = match refused {
        PasteRefused::TooManyRows { rows: 0, .. } => {
            "The pasted text has a header and no rows.".to_owned()
        }
        PasteRefused::TooManyRows { rows, room } => format!(
            "{}, and there is room for {room}.",
            match rows {
                1 => "1 row was pasted".to_owned(),
                rows => format!("{rows} rows were pasted"),
            }
        ),
        PasteRefused::TooManyCells {
            row,
            cells,
            columns,
        } => format!(
            "Row {row} of what was pasted has {cells} cells, and there {}.",
            match columns {
                1 => "is 1 column".to_owned(),
                columns => format!("are {columns} columns"),
            }
        ),
        PasteRefused::UnknownColumn { name, columns } => format!(
            "The header of what was pasted has a column {} that does not fit. The columns are {}.",
            quoted(name),
            listed(columns, "and")
        ),
        PasteRefused::NotATable => "What was pasted can't be read as rows.".into(),
    };
    format!("{reason} Nothing was changed.")
}

pub fn replaced(by: &Replacement) -> String {
    match by {
        Replacement::Blank => "The form was cleared.".into(),
        Replacement::Scenario { title, .. } => super::scenario(title),
        Replacement::Run(_) => super::RUN_LOADED.into(),
        Replacement::Command { .. } => super::COMMAND_READ.into(),
        Replacement::Link(_) => super::LINK_FILLED.into(),
        Replacement::Undone => "What was there before is back.".into(),
        Replacement::OtherTab => "The draft of the other tab is here now.".into(),
        Replacement::Inverse(title) => {
            format!("This takes back what “{title}” did. Nothing is sent before you confirm it.")
        }
        Replacement::Example(title) => format!("The example “{title}” was loaded."),
    }
}
