//! The same thing is called the same everywhere: `glossary/<tag>.json` has the terms of a language, with
//! the forms or stems that they have in it, and the texts that do without; `glossary/en.json` what is
//! called alike in all languages, and where an English term means something else.

use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

type Object = Map<String, Value>;

fn read(path: &Path) -> Object {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn words(value: Option<&Value>) -> Vec<&str> {
    let words = value.and_then(Value::as_array).into_iter().flatten();
    words.filter_map(Value::as_str).collect()
}

/// A text, and its plural forms one after the other.
fn whole(text: &Value) -> String {
    match text {
        Value::Object(forms) => forms.values().map(whole).collect::<Vec<_>>().join("\n"),
        text => text.as_str().unwrap_or_default().to_owned(),
    }
}

/// Key or file, English text, and the same in the language.
fn texts(tag: &str) -> Vec<(String, String, String)> {
    let languages = folder("languages");
    let english = read(&languages.join("en.json"));
    let own = read(&languages.join(format!("{tag}.json")));
    let mut all: Vec<_> = english
        .iter()
        .map(|(key, text)| {
            (
                key.clone(),
                without_placeholders(&whole(text)),
                whole(&own[key]),
            )
        })
        .collect();
    let mut files: Vec<PathBuf> = fs::read_dir(languages.join(tag))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let texts = read(&file).into_iter();
        all.extend(texts.map(|(english, text)| (name.clone(), english, whole(&text))));
    }
    all
}

fn without_placeholders(text: &str) -> String {
    let mut parts = text.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + "|" + part.split_once('}').map_or(part, |(_, rest)| rest)
    })
}

/// Does a text have a word, or words, and not only as a part of others?
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(word).any(|(at, found)| {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// `entry`, `entries`
fn plural(term: &str) -> String {
    match term.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if term.ends_with(['s', 'x']) => format!("{term}es"),
        None => format!("{term}s"),
    }
}

/// The texts of a language that call something by another name, with its English one.
fn departures(tag: &str) -> Vec<String> {
    let (english, own) = (
        read(&folder("glossary/en.json")),
        read(&folder(&format!("glossary/{tag}.json"))),
    );
    let mut found = Vec::new();
    for (key, text, translation) in texts(tag) {
        for name in words(english.get("names")) {
            if has_word(&text, name) && !translation.contains(name) {
                found.push(format!("{tag}, {key}: {name} in \"{translation}\""));
            }
        }
        let (text, said) = (text.to_lowercase(), translation.to_lowercase());
        for (term, forms) in own["terms"].as_object().unwrap() {
            let has_term = |text: &str| has_word(text, term) || has_word(text, &plural(term));
            if !has_term(&text) {
                continue;
            }
            let others = words(english["other_senses"].get(term)).into_iter();
            let left = others.fold(text.clone(), |text, other| {
                text.replace(&other.to_lowercase(), "|")
            });
            let is_called_so = words(Some(forms))
                .iter()
                .any(|form| said.contains(&form.to_lowercase()));
            let is_exception = words(own["exceptions"].get(term)).contains(&key.as_str());
            if has_term(&left) && !is_called_so && !is_exception {
                found.push(format!("{tag}, {key}: {term} in \"{translation}\""));
            }
        }
    }
    found
}

#[test]
fn terms_are_translated_alike_and_names_are_not() {
    let mut found = Vec::new();
    let languages = formsmith_words::LANGUAGES
        .iter()
        .filter(|tag| **tag != "en");
    languages.for_each(|tag| found.extend(departures(tag)));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_language_has_a_glossary_of_the_same_terms() {
    let terms = |tag: &str| {
        let glossary = read(&folder(&format!("glossary/{tag}.json")));
        glossary["terms"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let tags: Vec<_> = formsmith_words::LANGUAGES
        .iter()
        .filter(|tag| **tag != "en")
        .collect();
    assert!(tags.len() > 2);
    for tag in &tags {
        assert_eq!(terms(tag), terms(tags[0]), "{tag}");
    }
}
