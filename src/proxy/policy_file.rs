//! A team's policy (`--policy FILE`): what may be signed at most, in TOML.

use crate::people::{Grant, People, is_name};
use crate::permits::{Classes, Permits, is_account};
use crate::policy::names_a_region;
use formsmith_api::class::Class;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The settings there are; `docs/policy.schema.json` has the same for editors.
pub const KEYS: [&str; 7] = [
    "accounts", "allow", "classes", "deny", "people", "profiles", "regions",
];

/// A larger file is none of these.
const BYTES: u64 = 64 * 1024;

/// Reads a policy file. The error says where it is wrong, and what to do.
pub fn read(file: &Path) -> Result<Permits, String> {
    let wrong = |why: &str| format!("--policy: {}: {why}", file.display());
    let length = std::fs::metadata(file).map_err(|error| wrong(&error.to_string()))?;
    if !length.is_file() || length.len() > BYTES {
        return Err(wrong("a policy is a file of at most 64 KiB"));
    }
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error.to_string()))?;
    let name = file.display().to_string();
    parse(&text, &name).map_err(|(at, why)| {
        let (line, column) = place(&text, at);
        format!("--policy: {name}:{line}:{column}: {why}")
    })
}

/// A byte in the text, and what is wrong there.
type Wrong = (usize, String);

fn parse(text: &str, name: &str) -> Result<Permits, Wrong> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, format!("this is not TOML: {}", error.message()))
    })?;
    let mut permits = Permits {
        file: Some(name.to_owned()),
        ..Permits::default()
    };
    for (key, value) in table.get_ref() {
        let texts = || texts(key.get_ref(), value);
        match key.get_ref().as_ref() {
            "classes" => permits.classes = classes(texts()?)?,
            "allow" => permits.allow = each(texts()?, str::parse)?,
            "deny" => permits.deny = each(texts()?, str::parse)?,
            "regions" => permits.regions = Some(regions(texts()?)?),
            "people" => permits.people = Some(people(value)?),
            "profiles" => permits.profiles = profiles(value)?,
            "accounts" => {
                permits.accounts = Some(each(texts()?, |account| match is_account(account) {
                    true => Ok(account.to_owned()),
                    false => Err(format!(
                        "{account:?} is not the twelve digits of an account"
                    )),
                })?);
            }
            other => {
                let why = format!("{other:?} is no setting; there are {}", KEYS.join(", "));
                return Err((key.span().start, why));
            }
        }
    }
    Ok(permits)
}

fn classes(texts: Vec<(usize, &str)>) -> Result<Classes, Wrong> {
    let classes = each(texts, |word| {
        Class::from_word(word).ok_or_else(|| {
            let words = Class::ALL.map(Class::word).join(", ");
            format!("{word:?} is no class; the classes are {words}")
        })
    })?;
    Ok(classes.into_iter().fold(Classes::default(), Classes::with))
}

/// What each may use: `[people."group:NAME"]` with `profiles` and `classes`.
fn people(value: &Spanned<DeValue<'_>>) -> Result<People, Wrong> {
    let wrong = |at: usize| {
        let why = "people has a table for each, such as [people.\"group:billing\"], with profiles \
                   and classes";
        (at, why.to_owned())
    };
    let DeValue::Table(people) = value.get_ref() else {
        return Err(wrong(value.span().start));
    };
    let mut found = Vec::new();
    for (name, its) in people {
        let DeValue::Table(settings) = its.get_ref() else {
            return Err(wrong(its.span().start));
        };
        if !is_name(name.get_ref()) {
            let why = format!(
                "{:?} names nobody; write group:NAME, email:ADDRESS, sub:ID or everyone",
                name.get_ref()
            );
            return Err((name.span().start, why));
        }
        let mut grant = Grant::default();
        for (key, value) in settings {
            let texts = texts(key.get_ref(), value)?;
            match key.get_ref().as_ref() {
                "profiles" => {
                    let names = texts.into_iter().map(|(_, name)| name.to_owned());
                    grant.profiles = Some(names.collect());
                }
                "classes" => grant.classes = classes(texts)?,
                _ => return Err(wrong(key.span().start)),
            }
        }
        found.push((name.get_ref().to_string(), grant));
    }
    Ok(People(found))
}

/// The regions of each profile: `[profiles.NAME]` with `regions`.
fn profiles(value: &Spanned<DeValue<'_>>) -> Result<BTreeMap<String, Vec<String>>, Wrong> {
    let wrong = |at: usize| {
        let why = "profiles has a table for each profile, such as [profiles.staging], with its \
                   regions";
        (at, why.to_owned())
    };
    let DeValue::Table(profiles) = value.get_ref() else {
        return Err(wrong(value.span().start));
    };
    let mut found = BTreeMap::new();
    for (name, its) in profiles {
        let DeValue::Table(settings) = its.get_ref() else {
            return Err(wrong(its.span().start));
        };
        for (key, value) in settings {
            if key.get_ref() != "regions" {
                return Err(wrong(key.span().start));
            }
            let its = regions(texts(key.get_ref(), value)?)?;
            found.insert(name.get_ref().to_string(), its);
        }
    }
    Ok(found)
}

fn regions(texts: Vec<(usize, &str)>) -> Result<Vec<String>, Wrong> {
    each(texts, |region| match names_a_region(region) {
        true => Ok(region.to_owned()),
        false => Err(format!("{region:?} is no region; write one like eu-west-1")),
    })
}

/// The texts of a list, each with its place.
fn texts<'v>(key: &str, value: &'v Spanned<DeValue<'_>>) -> Result<Vec<(usize, &'v str)>, Wrong> {
    let wrong = |at: &Spanned<DeValue<'_>>| {
        let why = format!("{key} is a list of texts, such as {key} = [\"…\"]");
        (at.span().start, why)
    };
    let DeValue::Array(list) = value.get_ref() else {
        return Err(wrong(value));
    };
    let texts = list.iter().map(|item| match item.get_ref() {
        DeValue::String(text) => Ok((item.span().start, text.as_ref())),
        _ => Err(wrong(item)),
    });
    texts.collect()
}

fn each<T>(
    texts: Vec<(usize, &str)>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<T>, Wrong> {
    let read = texts
        .into_iter()
        .map(|(at, text)| read(text).map_err(|why| (at, why)));
    read.collect()
}

/// Line and column of a byte, counted from 1 as editors do.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}
