//! The language that the texts are in.

use super::rules::{ENGLISH, Rules, rules};
use super::texts::FINGERPRINT;
use std::sync::OnceLock;

/// A language other than English, which every page has.
#[derive(Debug)]
pub struct Language {
    tag: String,
    rules: Rules,
    table: Table,
    /// Has the texts that are empty in the first.
    rest: OnceLock<Table>,
}

/// Texts by their numbers. They live as long as the page.
type Table = Vec<&'static str>;

/// What a browser knows of all languages.
#[derive(Debug, Clone, Copy)]
pub struct Intl {
    /// How a number of so many tenths is written: `1,000`, `1.2`.
    pub number: fn(tenths: u64) -> String,
    /// The category of CLDR that a count is in: `one`.
    pub category: fn(count: usize) -> String,
    /// The file with the texts that were left out of the first, once it is there.
    pub rest: fn() -> Option<String>,
}

static CURRENT: OnceLock<Language> = OnceLock::new();
static INTL: OnceLock<Intl> = OnceLock::new();

/// For English where no browser is.
const WITHOUT_BROWSER: Intl = Intl {
    number: in_english,
    category: |count| if count == 1 { "one" } else { "other" }.to_owned(),
    rest: || None,
};

impl Language {
    /// Reads a language's file, with its texts of the catalog; none if it is of another version.
    #[must_use]
    pub fn read(tag: &str, file: &str) -> Option<(Self, Vec<&'static str>)> {
        let [table, catalog] = tables(file)?;
        let language = Self {
            tag: tag.to_owned(),
            rules: rules(tag)?,
            table,
            rest: OnceLock::new(),
        };
        Some((language, catalog))
    }

    fn text(&self, number: usize) -> Option<&&'static str> {
        let found = |text: &&&str| !text.is_empty();
        let first = self.table.get(number).filter(found);
        first.or_else(|| self.rest()?.get(number).filter(found))
    }

    fn rest(&self) -> Option<&Table> {
        if self.rest.get().is_none() {
            let [table, _] = tables(&(intl().rest)()?)?;
            let _ = self.rest.set(table);
        }
        self.rest.get()
    }
}

/// The texts in a file of this version, and those of the catalog.
fn tables(file: &str) -> Option<[Table; 2]> {
    let read = formsmith_api::json::parse(file.as_bytes()).ok()?;
    let table = |at: usize| {
        let texts = read[at].as_array()?.iter();
        let texts = texts.map(|text| Some(&*text.as_str()?.to_owned().leak()));
        texts.collect::<Option<Table>>()
    };
    let tables = [table(0)?, table(1)?];
    (tables[0].first() == Some(&FINGERPRINT)).then_some(tables)
}

/// Speaks as the browser does, and in this language where it is another than English. Called once,
/// before anything is shown.
pub fn speak(intl: Intl, language: Option<Language>) {
    let _ = INTL.set(intl);
    if let Some(language) = language {
        let _ = CURRENT.set(language);
    }
}

/// The tag of the language, where it is another than English.
pub fn tag() -> Option<&'static str> {
    Some(&CURRENT.get()?.tag)
}

fn current() -> &'static Rules {
    CURRENT.get().map_or(&ENGLISH, |language| &language.rules)
}

fn intl() -> &'static Intl {
    INTL.get().unwrap_or(&WITHOUT_BROWSER)
}

/// A text in English, and its number in the tables of other languages.
pub(crate) struct Entry(pub usize, pub &'static str);

/// A text in the language of the page. It is returned by reference to where it is stored: one word
/// instead of two, which makes hundreds of calls smaller.
#[inline(never)]
pub(crate) fn text(entry: &'static Entry) -> &'static &'static str {
    let translated = CURRENT.get().and_then(|it| it.text(entry.0));
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
    let category = (intl().category)(count);
    let at = current().categories.iter().position(|it| *it == category);
    let form = at.and_then(|at| forms.split('\0').nth(at));
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
    number(count as u64 * 10)
}

/// A number of so many tenths: `12` → `1.2`.
#[must_use]
pub fn number(tenths: u64) -> String {
    (intl().number)(tenths)
}

fn in_english(tenths: u64) -> String {
    let digits = (tenths / 10).to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    match tenths % 10 {
        0 => text,
        tenth => [text, ".".to_owned(), tenth.to_string()].concat(),
    }
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
