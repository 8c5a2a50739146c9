//! What is wrong with an input, and what to do about it.

use crate::join::listed_with;
use crate::{capitalised, grouped, in_sentence, listed, texts};
use formsmith_api::draft::{Hint, JsonMistake, MistakeKind, PasteRefused};
use formsmith_api::pattern::Class;
use formsmith_api::validate::Violation;

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

#[must_use]
pub fn violation(violation: &Violation, words: &Words) -> String {
    let title = in_sentence(&words.title);
    let (item, items) = (words.item.as_str(), words.items.as_str());
    match violation {
        Violation::Required if words.is_aggregate && !item.is_empty() => {
            texts::add_at_least(1, item, items)
        }
        Violation::Required if words.is_aggregate => texts::add_value(&title),
        Violation::Required if words.is_choice => texts::choose(&title),
        Violation::Required => texts::enter_value(&title),
        Violation::TooShort { actual, min } => texts::too_short(*actual, &grouped(min - actual)),
        Violation::TooLong { actual, max } => texts::too_long(*actual, &grouped(actual - max)),
        Violation::TooFew { actual: 0, min } => match words.is_required {
            true => texts::add_at_least(*min, item, items),
            false => texts::add_at_least_or_none(*min, item, items),
        },
        Violation::TooFew { actual, min } => texts::too_few(*actual, item, &min.to_string(), items),
        Violation::TooMany { actual, max } => {
            texts::too_many(*actual, item, &grouped(actual - max), items)
        }
        Violation::Pattern { source } => texts::not_of_pattern(source),
        Violation::Character {
            found,
            position,
            expected,
            is_uniform,
        } => wrong_character(*found, position + 1, expected, *is_uniform),
        Violation::Unfinished { expected } => {
            texts::ends_too_early(&kinds(expected, texts::list_or, texts::digits()))
        }
        Violation::UnknownValue { value } => texts::unknown_value(&quoted(value)),
        Violation::NotANumber => texts::not_a_number().into(),
        Violation::NotAnInteger => texts::not_an_integer().into(),
        Violation::NotABoolean => texts::not_a_boolean().into(),
        Violation::NotAMoment => texts::not_a_moment().into(),
        Violation::NotBase64 => texts::not_base64().into(),
        Violation::TooFewBytes { actual, min } => {
            texts::too_few_bytes(*actual, &grouped(min - actual))
        }
        Violation::TooManyBytes { actual, max } => {
            texts::too_many_bytes(*actual, &grouped(actual - max))
        }
        Violation::NotOneMember { actual: 0 } => texts::choose(&title),
        Violation::NotOneMember { actual } => texts::not_one_member(&actual.to_string()),
        Violation::BelowMinimum { min } => texts::below_minimum(&min.to_string()),
        Violation::AboveMaximum { max } => texts::above_maximum(&max.to_string()),
        Violation::NotKept => texts::secret_not_kept().into(),
        Violation::Placeholder => texts::placeholder_there().into(),
        Violation::Duplicate => texts::duplicate().into(),
        Violation::WrongType { expected } => texts::wrong_type(json_type(expected)),
        Violation::UnknownMember => texts::unknown_member().into(),
        Violation::NotJson {
            line,
            column,
            reason,
        } => texts::not_json(reason, &line.to_string(), &column.to_string()),
    }
}

/// What a person wrote, or enough of it to know it by.
pub(crate) fn quoted(text: &str) -> String {
    const ENOUGH: usize = 80;
    match text.char_indices().nth(ENOUGH) {
        None => texts::quoted_whole(text),
        Some((end, _)) => {
            let (shown, all) = (ENOUGH.to_string(), text.chars().count().to_string());
            texts::quoted_beginning(&text[..end], &shown, &all)
        }
    }
}

fn wrong_character(found: char, position: usize, expected: &Class, is_uniform: bool) -> String {
    let (found, position) = (shown(found), position.to_string());
    if expected.is_empty() {
        return texts::character_too_many(&found, &position);
    }
    if is_uniform {
        let kinds = kinds(expected, texts::list_and, texts::numbers());
        return texts::character_not_allowed(&kinds, &found, &position);
    }
    let kinds = kinds(expected, texts::list_or, texts::digits());
    texts::character_does_not_fit(&capitalised(&found), &position, &kinds)
}

/// A character that can be seen.
fn shown(c: char) -> String {
    match c {
        ' ' => texts::the_space().into(),
        '\t' => texts::the_tab().into(),
        '\n' | '\r' => texts::the_line_break().into(),
        c if c.is_control() || c.is_whitespace() || ('\u{200B}'..='\u{200F}').contains(&c) => {
            texts::the_invisible_character(&format!("U+{:04X}", c as u32))
        }
        c => texts::quoted_whole(c.encode_utf8(&mut [0; 4])),
    }
}

/// `letters, numbers, hyphens and underscores`. Of a single character, `digits` is the better word.
fn kinds(class: &Class, last: fn(&str, &str) -> String, digits: &str) -> String {
    let covers = |low: char, high: char| {
        class
            .ranges()
            .iter()
            .any(|&(from, to)| from <= low && high <= to)
    };
    if covers('\u{4E00}', '\u{9FA5}') {
        return texts::another_character().into();
    }
    let mut words: Vec<String> = Vec::new();
    let (lower, upper) = (covers('a', 'z'), covers('A', 'Z'));
    match (lower, upper) {
        (true, true) => words.push(texts::letters().into()),
        (true, false) => words.push(texts::lower_case_letters().into()),
        (false, true) => words.push(texts::capital_letters().into()),
        (false, false) => {}
    }
    if covers('0', '9') {
        words.push(digits.into());
    }
    let named = |c: char| match c {
        '-' => Some(texts::hyphens()),
        '_' => Some(texts::underscores()),
        '.' => Some(texts::periods()),
        ' ' => Some(texts::spaces()),
        ':' => Some(texts::colons()),
        '/' => Some(texts::slashes()),
        '@' => Some(texts::at_signs()),
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
    listed_with(&words, last)
}

/// The summary's entry for a violation: where it is, then the message at the field.
#[must_use]
pub fn summary_entry(place: &[String], message: &str) -> String {
    texts::at_place(&listed(place), message)
}

#[must_use]
pub fn hint(hint: &Hint) -> String {
    match hint {
        Hint::OtherKind {
            prefix,
            belongs_to,
            expected,
        } => texts::looks_like(&in_sentence(belongs_to), prefix, expected),
        Hint::Inside { identifier } => texts::identifier_inside(identifier),
        Hint::Spelled { known } => texts::known_spelled(known),
    }
}

#[must_use]
pub fn json_mistake(mistake: &JsonMistake) -> String {
    let (line, column) = (mistake.line.to_string(), mistake.column.to_string());
    match &mistake.kind {
        MistakeKind::Syntax(reason) => texts::json_syntax(&line, &column, reason),
        MistakeKind::UnknownMember { name, known } => {
            let known = listed_with(known, texts::list_and);
            texts::json_unknown_member(&line, &column, &quoted(name), &known)
        }
        MistakeKind::Twice { name } => texts::json_twice(&line, &column, &quoted(name)),
        MistakeKind::WrongType { expected } => {
            texts::json_wrong_type(&line, &column, json_type(expected))
        }
    }
}

pub(crate) fn json_type(expected: &str) -> &str {
    match expected {
        "string" => texts::type_string(),
        "number" => texts::type_number(),
        "boolean" => texts::type_boolean(),
        "array" => texts::type_array(),
        "array of objects" => texts::type_array_of_objects(),
        "object" => texts::type_object(),
        other => other,
    }
}

#[must_use]
pub fn paste_refused(refused: &PasteRefused) -> String {
    match refused {
        PasteRefused::TooManyRows { rows: 0, .. } => texts::paste_without_rows().into(),
        PasteRefused::TooManyRows { rows, room } => {
            texts::paste_too_many_rows(*rows, &room.to_string())
        }
        PasteRefused::TooManyCells {
            row,
            cells,
            columns,
        } => texts::paste_too_many_cells(&row.to_string(), &cells.to_string(), *columns),
        PasteRefused::UnknownColumn { name, columns } => {
            let columns = listed_with(columns, texts::list_and);
            texts::paste_unknown_column(&quoted(name), &columns)
        }
        PasteRefused::NotATable => texts::paste_not_a_table().into(),
    }
}
