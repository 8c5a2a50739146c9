//! Which rows of a collection are shown, and in which order.

use crate::browser::intl::Collator;
use js_sys::JsString;
use std::cmp::Ordering;
use std::sync::Arc;

/// How long a day is as texts have it.
const DAY: usize = "2026-11-21".len();

/// The texts of a collection, a row each.
pub type Texts = Arc<Vec<Vec<String>>>;

/// What a person asked to see. An empty text asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub query: String,
    /// The value that a column has to have.
    pub filters: Vec<(usize, String)>,
    /// The first and the last day that a column may have; an empty one is no limit.
    pub days: (usize, [String; 2]),
    /// A column, and whether its last values come first.
    pub sort: Option<(usize, bool)>,
}

impl Asked {
    pub fn is_filtered(&self) -> bool {
        let has_days = self.days.1.iter().any(|day| !day.is_empty());
        !self.query.is_empty() || !self.filters.is_empty() || has_days
    }

    /// Is a row of the days asked for? What has no day is of none.
    fn has_day(&self, row: &[String]) -> bool {
        let (column, [first, last]) = &self.days;
        let day = row
            .get(*column)
            .and_then(|text| text.get(..DAY))
            .unwrap_or_default();
        (first.is_empty() || day >= first.as_str())
            && (last.is_empty() || !day.is_empty() && day <= last.as_str())
    }
}

/// Finds rows; remembers what is costly to find out and seldom changes.
pub struct Finder {
    texts: Texts,
    /// The rows as they stand where no order is asked for.
    unsorted: Vec<usize>,
    /// The texts in small letters, once something was searched.
    small: Vec<String>,
    sort: Option<(usize, bool)>,
    order: Vec<usize>,
}

impl Finder {
    pub fn new(texts: Texts, unsorted: Vec<usize>) -> Self {
        Self {
            order: unsorted.clone(),
            unsorted,
            small: Vec::new(),
            sort: None,
            texts,
        }
    }

    pub fn is_of(&self, texts: &Texts) -> bool {
        Arc::ptr_eq(&self.texts, texts)
    }

    pub fn find(&mut self, asked: &Asked) -> Vec<usize> {
        if self.sort != asked.sort {
            self.sort = asked.sort;
            self.order = self.sorted();
        }
        if !asked.query.is_empty() && self.small.is_empty() {
            // A line end keeps a query from reaching over two cells.
            let texts = self.texts.iter();
            self.small = texts.map(|row| small(&row.join("\n"))).collect();
        }
        let query = small(asked.query.trim());
        let matches = |row: usize| {
            let filters = &mut asked.filters.iter();
            filters.all(|(column, value)| self.texts[row][*column] == *value)
                && asked.has_day(&self.texts[row])
                && (query.is_empty() || self.small[row].contains(&query))
        };
        let rows = self.order.iter().copied();
        let mut found: Vec<usize> = rows.filter(|&row| matches(row)).collect();
        if asked.sort.is_none() && !query.is_empty() {
            // Who types a whole name means what is called so.
            let is_called = |cell: &String| cell.eq_ignore_ascii_case(&query);
            found.sort_by_key(|&row| !self.texts[row].iter().any(is_called));
        }
        found
    }

    fn sorted(&self) -> Vec<usize> {
        let count = self.texts.len();
        let Some((column, is_descending)) = self.sort else {
            return self.unsorted.clone();
        };
        let text = |row: usize| self.texts[row][column].as_str();
        let are_numbers = (0..count).all(|row| is_blank(text(row)) || number(text(row)).is_some());
        // The browser compares them; each text is handed to it only once.
        let words: Vec<JsString> = match are_numbers {
            true => Vec::new(),
            false => (0..count).map(|row| text(row).into()).collect(),
        };
        let collator = Collator::new();
        ordered(count, &|one, other| {
            // Blank cells stand last either way.
            let blank = is_blank(text(one)).cmp(&is_blank(text(other)));
            let by_value = match are_numbers {
                true => by_number(text(one), text(other)),
                false => collator.compare(&words[one], &words[other]),
            };
            let by_value = if is_descending {
                by_value.reverse()
            } else {
                by_value
            };
            blank.then(by_value)
        })
    }
}

/// So many texts in order, as people who read the page's language look for them.
pub fn in_order<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let texts: Vec<JsString> = texts.map(JsString::from).collect();
    let collator = Collator::new();
    ordered(texts.len(), &|one, other| {
        collator.compare(&texts[one], &texts[other])
    })
}

/// So many rows in order. The code that sorts is there once, for all who do.
pub fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| compare(one, other));
    order
}

/// The values of a column, each with the number of its rows, in the order they are met.
/// Nothing if there are too many to choose from.
pub fn values(texts: &[Vec<String>], column: usize) -> Vec<(String, usize)> {
    const MOST: usize = 50;
    let mut values: Vec<(String, usize)> = Vec::new();
    for row in texts {
        let text = &row[column];
        match values.iter().position(|(value, _)| value == text) {
            Some(at) => values[at].1 += 1,
            None if values.len() == MOST => return Vec::new(),
            None => values.push((text.clone(), 1)),
        }
    }
    values
}

/// Does a text have all words of a query? Both are in small letters.
pub fn has_words(text: &str, query: &str) -> bool {
    query.split_whitespace().all(|word| text.contains(word))
}

/// The browser knows the small letters of all scripts; tables of them would be bytes here. It is
/// asked only where it has to be: ten thousand times are felt.
pub fn small(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => JsString::from(text).to_lower_case().into(),
    }
}

fn is_blank(text: &str) -> bool {
    matches!(text, "" | "-")
}

/// Sign, digits before the point and digits after it: as exact as they are written.
fn number(text: &str) -> Option<(bool, &str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let is_negative = digits.len() < text.len();
    let is_number = are_digits(whole) && are_digits(part);
    is_number.then(|| {
        let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        (is_negative, whole, part)
    })
}

fn by_number(one: &str, other: &str) -> Ordering {
    let (Some(one), Some(other)) = (number(one), number(other)) else {
        return Ordering::Equal;
    };
    let by_size = (one.1.len().cmp(&other.1.len()))
        .then(one.1.cmp(other.1))
        .then(one.2.cmp(other.2));
    match (one.0, other.0) {
        (true, true) => by_size.reverse(),
        (false, false) => by_size,
        (one, other) => other.cmp(&one),
    }
}
