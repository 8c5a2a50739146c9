//! The language that the texts are in.

use super::rules::{ENGLISH, Rules, rules};
use super::texts::FINGERPRINT;
use std::sync::OnceLock;

/// A language other than English, which every page has.
#[derive(Debug)]
pub struct Language {
    tag: String,
    rules: Rules,
    /// The texts, by their number.
    table: Vec<&'static str>,
}

static CURRENT: OnceLock<Language> = OnceLock::new();

impl Language {
    /// Reads a table, which lives as long as the page; none if it is of another version.
    #[must_use]
    pub fn read(tag: &str, file: &str) -> Option<Self> {
        let read = formsmith_api::json::parse(file.as_bytes()).ok()?;
        let table: Option<Vec<&str>> = read.as_array()?.iter().map(|text| text.as_str()).collect();
        let table = table.filter(|table| table.first() == Some(&FINGERPRINT))?;
        Some(Self {
            tag: tag.to_owned(),
            rules: rules(tag)?,
            table: table.into_iter().map(leaked).collect(),
        })
    }
}

fn leaked(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// Switches to this language. Called once, before anything is shown.
pub fn speak(language: Language) {
    let _ = CURRENT.set(language);
}

/// The tag of the language, where it is another than English.
pub fn tag() -> Option<&'static str> {
    Some(&CURRENT.get()?.tag)
}

fn current() -> &'static Rules {
    CURRENT.get().map_or(&ENGLISH, |language| &language.rules)
}

/// A text in English, and its number in the tables of other languages.
pub(crate) struct Entry(pub usize, pub &'static str);

/// A text in the language of the page. It is returned by reference to where it is stored: one word
/// instead of two, which makes hundreds of calls smaller.
#[inline(never)]
pub(crate) fn text(entry: &'static Entry) -> &'static &'static str {
    let translated = CURRENT.get().and_then(|it| it.table.get(entry.0));
    translated.unwrap_or(&entry.1)
}

/// A text with its values.
#[inline(never)]
pub(crate) fn filled(entry: &'static Entry, values: &[&str]) -> String {
    fill(text(entry), values)
}

/// A text that depends on a count.
pub(crate) type OfCount = fn(usize) -> String;

/// The form of a text for a count, with the count as its first value.
#[inline(never)]
pub(crate) fn counted(entry: &'static Entry, count: usize, others: &[&str]) -> String {
    let forms = text(entry);
    let form = forms.split('\0').nth((current().category)(count));
    let count = grouped(count);
    let values = [&[count.as_str()], others].concat();
    fill(form.unwrap_or(forms), &values)
}

fn fill(template: &str, values: &[&str]) -> String {
    let mut text = String::new();
    for c in template.chars() {
        match values.get((c as usize).wrapping_sub(1)) {
            Some(value) => text.push_str(value),
            None => text.push(c),
        }
    }
    text
}

/// `10000` → `10,000`
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(current().group);
        }
        text.push(digit);
    }
    text
}

/// A title as it stands within a sentence: `Product ID` → `product ID`; words in capitals stay as
/// they are.
#[must_use]
pub fn in_sentence(title: &str) -> String {
    let first = title.split(' ').next().unwrap_or_default();
    let is_acronym = first.bytes().skip(1).any(|c| c.is_ascii_uppercase());
    match is_acronym || !current().lowers_titles {
        true => title.to_owned(),
        false => with_first(title, |c| c.make_ascii_lowercase()),
    }
}

/// A word as a sentence begins with it: `association` → `Association`.
#[must_use]
pub fn capitalised(word: &str) -> String {
    with_first(word, |c| c.make_ascii_uppercase())
}

/// Letters beyond ASCII stay as they are.
fn with_first(word: &str, change: impl Fn(&mut str)) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(..1) {
        change(first);
    }
    word
}
