//! Texts beside each other.

use crate::texts;

/// Sentences one after the other; those that are empty are left out.
#[must_use]
pub fn sentences(all: &[&str]) -> String {
    let all = all.iter().map(|text| text.trim());
    joined(all.filter(|text| !text.is_empty()), texts::two_sentences)
}

/// A text that another sentence may follow: messages of services often lack a full stop, and these
/// are in English.
#[must_use]
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    match text.chars().next_back() {
        Some(c) if c.is_ascii_alphanumeric() => [text, "."].concat(),
        Some(c) if c.is_alphanumeric() => texts::full_stop(text),
        _ => text.to_owned(),
    }
}

/// The same of sentences whose number is not known before.
#[must_use]
pub fn paragraph(all: &[String]) -> String {
    sentences(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A heading and what stands beneath it, for where there is no layout to tell them apart.
#[must_use]
pub fn spoken(title: &str, detail: &str) -> String {
    match detail.is_empty() {
        true => title.to_owned(),
        false => texts::title_and_detail(title.trim_end_matches(['.', '。']), detail),
    }
}

/// Facts in one line; those that are empty are left out.
#[must_use]
pub fn summed_up(facts: &[&str]) -> String {
    let facts = facts.iter().filter(|it| !it.is_empty()).copied();
    joined(facts, texts::list_facts)
}

/// `a, b, c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    joined(words.iter().map(String::as_str), texts::list_comma)
}

/// `a`, `a and b`, `a, b and c`; or with another word before the last.
pub(crate) fn listed_with(words: &[String], last: fn(&str, &str) -> String) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => last(&listed(most), end),
    }
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>, two: fn(&str, &str) -> String) -> String {
    let all = texts.map(str::to_owned);
    all.reduce(|before, next| two(&before, &next))
        .unwrap_or_default()
}
