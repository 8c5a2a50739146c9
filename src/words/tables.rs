//! Languages as the build reads and checks them, and what it makes of them. Part of `build.rs`.

use super::rules::rules;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The language that the texts are written in.
pub const SOURCE: &str = "en";
/// English in marks, by which a text that is in no table can be seen; the second is written from
/// right to left.
pub const PSEUDO: [&str; 2] = ["en-XA", "en-XB"];

/// What chooses a plural form.
const COUNT: &str = "count";

/// One text in one language: its plural forms by category, or a single one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    key: String,
    forms: Vec<(String, String)>,
    has_plural: bool,
}

/// The keys of a file's texts, each at the beginning of a line, where a parser keeps the last of two.
fn keys_of(file: &str) -> impl Iterator<Item = &str> {
    let mut is_in_forms = false;
    file.lines().map(str::trim).filter_map(move |line| {
        let is_key = !is_in_forms;
        match line {
            "{" => return None,
            line if line.ends_with('{') => is_in_forms = true,
            line if line.starts_with('}') => is_in_forms = false,
            _ => {}
        }
        let (key, _) = line.strip_prefix('"')?.split_once("\":")?;
        is_key.then_some(key)
    })
}

/// All texts of a language.
#[derive(Debug)]
pub struct Table {
    tag: String,
    texts: Vec<Text>,
    /// Those of the models that a page knows before it has any of them.
    catalog: Vec<String>,
}

impl Table {
    /// Reads a language's file.
    ///
    /// # Errors
    /// What is wrong with it, with its tag and key.
    pub fn read(tag: &str, file: &str) -> Result<Self, String> {
        let read: Map<String, Value> =
            serde_json::from_str(file).map_err(|why| format!("{tag}: {why}"))?;
        let mut keys = BTreeSet::new();
        if let Some(key) = keys_of(file).find(|key| !keys.insert(*key)) {
            return Err(format!("{tag}: the text \"{key}\" is there twice"));
        }
        let texts = read.into_iter().map(|(key, value)| {
            text(&key, value).map_err(|why| format!("{tag}: the text \"{key}\" {why}"))
        });
        Ok(Self {
            tag: tag.to_owned(),
            texts: texts.collect::<Result<_, _>>()?,
            catalog: Vec::new(),
        })
    }

    /// The same with the texts of the catalog.
    #[must_use]
    pub fn with_catalog(self, catalog: Vec<String>) -> Self {
        Self { catalog, ..self }
    }

    /// The same in marks.
    #[must_use]
    pub fn pseudo(&self, tag: &str) -> Self {
        let marked = |text: &Text| {
            let forms = text.forms.iter();
            let forms = forms.map(|(category, text)| (category.clone(), marked(text)));
            Text {
                forms: forms.collect(),
                ..text.clone()
            }
        };
        Self {
            tag: tag.to_owned(),
            texts: self.texts.iter().map(marked).collect(),
            catalog: self.catalog.iter().map(|text| self::marked(text)).collect(),
        }
    }

    /// Does it have the texts of `source`, with the same placeholders, and their plural forms?
    ///
    /// # Errors
    /// The first difference, with the language's tag and the text's key.
    pub fn check(&self, source: &Self) -> Result<(), String> {
        let tag = &self.tag;
        let rules = rules(tag).ok_or_else(|| format!("{tag}: rules.rs has no rules for it"))?;
        for text in &self.texts {
            if source.find(&text.key).is_none() {
                return Err(format!(
                    "{tag}: the text \"{}\" is not in {SOURCE}",
                    text.key
                ));
            }
        }
        for wanted in &source.texts {
            let key = &wanted.key;
            let wrong = |why: String| Err(format!("{tag}: the text \"{key}\" {why}"));
            let Some(text) = self.find(key) else {
                return wrong("is missing".to_owned());
            };
            // One plural form may name what another leaves out: `item` or `items`.
            let needed = wanted.in_all_forms();
            let (found, wanted) = (text.placeholders(), wanted.placeholders());
            let as_set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
            let shown = as_set(&found);
            if !shown.is_subset(&as_set(&wanted)) || !needed.is_subset(&shown) {
                return wrong(format!(
                    "has the placeholders {found:?}, and {SOURCE} has {wanted:?}"
                ));
            }
            let categories: Vec<&str> = text.forms.iter().map(|(name, _)| name.as_str()).collect();
            if text.has_plural && categories != rules.categories {
                return wrong(format!(
                    "has the plural forms {categories:?}, and the language has {:?}",
                    rules.categories
                ));
            }
        }
        Ok(())
    }

    fn find(&self, key: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.key == key)
    }

    /// What the page fetches: what tells whether page and table belong together, then the texts in
    /// the order of `source`; and the texts of the catalog.
    #[must_use]
    pub fn file(&self, source: &Self) -> String {
        let texts = source.texts.iter().map(|wanted| {
            let text = self.find(&wanted.key);
            json!(text.map_or_else(String::new, |text| text.compiled(&wanted.placeholders())))
        });
        let texts: Vec<Value> = [json!(source.fingerprint())]
            .into_iter()
            .chain(texts)
            .collect();
        json!([texts, self.catalog]).to_string()
    }

    /// Changes with the keys, their order and their placeholders, and with the English catalog.
    fn fingerprint(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let lines = self
            .texts
            .iter()
            .map(|text| [text.key.as_str(), &text.placeholders().join(",")].concat());
        for line in lines.chain(self.catalog.iter().cloned()) {
            for byte in line.bytes().chain([b'\n']) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }

    /// A function for each text, and the tags of the languages that there are.
    #[must_use]
    pub fn code(&self, others: &[String]) -> String {
        let mut code = String::new();
        let fingerprint = self.fingerprint();
        let languages: Vec<&str> = [SOURCE]
            .into_iter()
            .chain(others.iter().map(String::as_str))
            .collect();
        let _ = writeln!(
            code,
            "/// The tags of the languages that the page has, its own first.\npub const LANGUAGES: &[&str] = &{languages:?};"
        );
        let _ = writeln!(
            code,
            "/// The first entry of a table that fits.\npub(super) const FINGERPRINT: &str = {fingerprint:?};"
        );
        for (at, text) in self.texts.iter().enumerate() {
            let (at, key, parameters) = (at + 1, &text.key, text.placeholders());
            let english = text.compiled(&parameters);
            let shown = &text.forms.last().map_or("", |(_, text)| text.as_str());
            for line in shown.lines().filter(|line| !line.is_empty()) {
                let _ = writeln!(code, "/// {line}");
            }
            let others = parameters.iter().filter(|name| *name != COUNT);
            let others = others.cloned().collect::<Vec<_>>().join(", ");
            let typed = |name: &String| match name.as_str() {
                COUNT => "count: usize".to_owned(),
                name => format!("{name}: &str"),
            };
            let typed = parameters.iter().map(typed).collect::<Vec<_>>().join(", ");
            let _ = match parameters.iter().any(|name| name == COUNT) {
                _ if parameters.is_empty() => writeln!(
                    code,
                    "#[inline(always)]\n#[must_use]\npub fn {key}() -> &'static str {{\n    \
                     super::language::text(&Entry({at}, {english:?}))\n}}"
                ),
                true => writeln!(
                    code,
                    "#[must_use]\npub fn {key}({typed}) -> String {{\n    \
                     super::language::counted(&Entry({at}, {english:?}), count, &[{others}])\n}}"
                ),
                false => writeln!(
                    code,
                    "#[must_use]\npub fn {key}({typed}) -> String {{\n    \
                     super::language::filled(&Entry({at}, {english:?}), &[{others}])\n}}"
                ),
            };
        }
        code
    }
}

impl Text {
    /// The names of its placeholders, which are the parameters of its function, in the order in
    /// which they first appear.
    fn placeholders(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        if self.has_plural {
            names.push(COUNT.to_owned());
        }
        let mut shown: Vec<String> = Vec::new();
        for (_, text) in &self.forms {
            // Reading has checked them.
            for name in placeholders(text).unwrap_or_default() {
                if !shown.contains(&name) {
                    shown.push(name);
                }
            }
        }
        match shown.iter().any(|name| name == COUNT) {
            true => shown,
            false => [names, shown].concat(),
        }
    }

    /// Those of its placeholders that each plural form has.
    fn in_all_forms(&self) -> BTreeSet<String> {
        let of = |text: &String| placeholders(text).unwrap_or_default().into_iter().collect();
        let forms = self.forms.iter().map(|(_, text)| of(text));
        forms
            .reduce(|all: BTreeSet<String>, form| &all & &form)
            .unwrap_or_default()
    }

    /// As the page has it: U+0001 stands for the first value, U+0002 for the second, and so on;
    /// U+0000 stands between plural forms. `count` is the first value.
    fn compiled(&self, parameters: &[String]) -> String {
        let (counts, others): (Vec<&String>, Vec<&String>) =
            parameters.iter().partition(|name| *name == COUNT);
        let order: Vec<&String> = counts.into_iter().chain(others).collect();
        let forms = self.forms.iter().map(|(_, text)| {
            let mut text = text.clone();
            for (at, name) in order.iter().enumerate() {
                let place = u8::try_from(at + 1).unwrap_or_default();
                text = text.replace(&format!("{{{name}}}"), &char::from(place).to_string());
            }
            text
        });
        forms.collect::<Vec<_>>().join("\0")
    }
}

fn text(key: &str, value: Value) -> Result<Text, String> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !is_name(key) {
        return Err("needs a key of small letters, digits and underscores".to_owned());
    }
    let (forms, has_plural) = match value {
        Value::String(text) => (vec![(String::new(), text)], false),
        Value::Object(forms) => {
            let forms = forms.into_iter().map(|(category, text)| match text {
                Value::String(text) => Ok((category, text)),
                _ => Err(format!("has no text for \"{category}\"")),
            });
            (forms.collect::<Result<Vec<_>, _>>()?, true)
        }
        _ => return Err("is neither a text nor its plural forms".to_owned()),
    };
    if forms.is_empty() || forms.iter().any(|(_, text)| text.trim().is_empty()) {
        return Err("is empty".to_owned());
    }
    for (_, text) in &forms {
        let names = placeholders(text)?;
        if let Some(name) = names.iter().find(|name| !is_name(name)) {
            return Err(format!("has a placeholder {{{name}}} that can't be a name"));
        }
        if text.contains(|c| matches!(c, '\0'..='\t')) {
            return Err("has a control character".to_owned());
        }
    }
    let text = Text {
        key: key.to_owned(),
        forms,
        has_plural,
    };
    // The characters that stand for them end before the line feed.
    match text.placeholders().len() {
        0..=8 => Ok(text),
        _ => Err("has more than 8 placeholders".to_owned()),
    }
}

fn placeholders(text: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}').filter(|_| !before.contains('}')) else {
            return Err("has braces that don't match".to_owned());
        };
        names.push(name.to_owned());
        rest = after;
    }
    match rest.contains('}') {
        true => Err("has braces that don't match".to_owned()),
        false => Ok(names),
    }
}

/// A text in marks.
#[must_use]
pub fn marked(text: &str) -> String {
    format!("\u{27E6}{text}\u{27E7}")
}
