//! The options of a command, one after the other.

use super::command::{FLAGS, WITH_VALUE};
use super::fit::{Strictness, fit};
use super::shell::Word;
use super::{Note, shorthand};
use crate::names;
use formsmith_api::json;
use formsmith_api::model::{Member, Model, Operation, Place, ShapeKind};
use serde_json::{Map, Value};

/// Options of the CLI for turning pages, and for help: one request is sent here.
const PAGES: [&str; 2] = ["max-items", "starting-token"];
const NOT_READ: [&str; 2] = ["cli-input-yaml", "generate-cli-skeleton"];

pub struct Options<'a> {
    model: &'a Model,
    operation: &'a Operation,
    /// Documents of the text, by the names that options have for them.
    files: &'a [(String, Word)],
    /// What `--cli-input-json` says; options go before it.
    skeleton: Map<String, Value>,
    members: Map<String, Value>,
    given: Vec<String>,
    pub region: Option<String>,
    pub notes: Vec<Note>,
}

impl<'a> Options<'a> {
    pub fn new(
        model: &'a Model,
        operation: &'a Operation,
        files: &'a [(String, Word)],
        notes: Vec<Note>,
    ) -> Self {
        Self {
            model,
            operation,
            files,
            skeleton: Map::new(),
            members: Map::new(),
            given: Vec::new(),
            region: None,
            notes,
        }
    }

    /// All members; those that options named last come in their place.
    pub fn input(&mut self) -> Value {
        let mut input = std::mem::take(&mut self.skeleton);
        input.append(&mut self.members);
        Value::Object(input)
    }

    pub fn read(&mut self, words: &[&Word]) {
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += 1;
            let Some(option) = word.text.strip_prefix("--").filter(|it| !it.is_empty()) else {
                self.notes.push(Note::NotUnderstood(word.text.clone()));
                continue;
            };
            let (name, attached) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (option, None),
            };
            // What belongs to the option, up to the next one.
            let attached = attached.map(|text| Word {
                text: text.to_owned(),
                expansions: word.expansions.clone(),
            });
            let behind = words[at..].iter();
            let behind = behind.take_while(|word| !word.text.starts_with("--"));
            let behind: Vec<Word> = behind.map(|word| (*word).clone()).collect();
            let takes = self.takes(name, &behind);
            let values = match attached {
                Some(value) => vec![value],
                None => {
                    at += takes.min(behind.len());
                    behind.into_iter().take(takes).collect()
                }
            };
            self.option(name, &values);
        }
    }

    /// How many of the words behind an option are its own.
    fn takes(&self, name: &str, behind: &[Word]) -> usize {
        if FLAGS.contains(&name) {
            return 0;
        }
        if WITH_VALUE.contains(&name) || PAGES.contains(&name) || name == "cli-input-json" {
            return 1;
        }
        match self.member(name) {
            Some((member, _)) => match self.model.shape(&member.target).map(|shape| &shape.kind) {
                Some(ShapeKind::List(_)) => usize::MAX,
                Some(ShapeKind::Boolean) => {
                    let first = behind.first().map(|word| word.text.as_str());
                    usize::from(matches!(first, Some("true" | "false")))
                }
                _ => 1,
            },
            None => usize::MAX,
        }
    }

    /// The member an option stands for, and what a flag says of it.
    fn member(&self, name: &str) -> Option<(&'a Member, bool)> {
        let input = self.model.shape(self.operation.input.as_ref()?)?;
        let find = |name: &str| {
            let mut members = input.members().iter();
            members.find(|member| names::separated(&member.name, '-') == name)
        };
        if let Some(member) = find(name) {
            return Some((member, true));
        }
        if name == "page-size" {
            let paginated = self.operation.traits.paginated.as_ref()?;
            return Some((input.member(paginated.page_size.as_ref()?)?, true));
        }
        let member = find(name.strip_prefix("no-")?)?;
        let shape = self.model.shape(&member.target)?;
        matches!(shape.kind, ShapeKind::Boolean).then_some((member, false))
    }

    fn option(&mut self, name: &str, values: &[Word]) {
        let texts: Vec<&str> = values.iter().map(|word| word.text.as_str()).collect();
        let whole = format!("--{name} {}", texts.join(" "))
            .trim_end()
            .to_owned();
        if self.given.iter().any(|given| given == name) {
            self.notes.push(Note::Twice(format!("--{name}")));
        }
        self.given.push(name.to_owned());
        let is_flag = FLAGS.contains(&name);
        if name == "no-paginate" {
            // That is what happens here anyway.
        } else if name == "region" && texts.len() == 1 {
            self.expanded(values);
            self.region = texts.first().map(|text| (*text).to_owned());
        } else if is_flag || WITH_VALUE.contains(&name) || PAGES.contains(&name) {
            self.notes.push(Note::NotInput(whole));
        } else if name == "cli-input-json" {
            self.skeleton(name, values);
        } else if NOT_READ.contains(&name) {
            self.notes.push(Note::NotUnderstood(whole));
        } else if let Some((member, truth)) = self.member(name) {
            self.expanded(values);
            if let Some(value) = self.value(name, member, truth, values) {
                self.members.insert(member.name.clone(), value);
            }
        } else {
            self.notes.push(Note::NotUnderstood(whole));
        }
    }

    fn expanded(&mut self, values: &[Word]) {
        let expansions = values.iter().flat_map(|word| word.expansions.clone());
        self.notes.extend(expansions.map(Note::NotExpanded));
    }

    fn skeleton(&mut self, name: &str, values: &[Word]) {
        let root = self.operation.input.as_ref();
        let root = root.and_then(|id| self.model.root(id));
        self.expanded(values);
        let text = values.first().and_then(|word| self.text(name, word));
        let (Some(place), Some(text)) = (root, text) else {
            return self.no_value(name, values);
        };
        if let Some(Value::Object(members)) = self.json(name, place, &text) {
            self.skeleton = members;
        }
    }

    fn no_value(&mut self, name: &str, values: &[Word]) {
        if values.is_empty() {
            let option = format!("--{name}");
            self.notes.push(Note::NoValue { option });
        }
    }

    /// What a word says; nothing if that stands in a file.
    fn text(&mut self, name: &str, word: &Word) -> Option<String> {
        let text = &word.text;
        if let Some((_, document)) = self.files.iter().find(|(name, _)| name == text) {
            let expansions = document.expansions.iter().cloned();
            self.notes.extend(expansions.map(Note::NotExpanded));
            // The last line's end is the document's, not the text's.
            let text = &document.text;
            return Some(text.strip_suffix('\n').unwrap_or(text).to_owned());
        }
        if text.starts_with("file://") || text.starts_with("fileb://") {
            self.notes.push(Note::InFile {
                option: format!("--{name}"),
                file: text.clone(),
            });
            return None;
        }
        Some(text.clone())
    }

    fn value(
        &mut self,
        name: &str,
        member: &'a Member,
        truth: bool,
        values: &[Word],
    ) -> Option<Value> {
        let place = self.model.place(member)?;
        let mut texts = Vec::new();
        for word in values {
            texts.push(self.text(name, word)?);
        }
        match (&place.shape.kind, texts.as_slice()) {
            (ShapeKind::Boolean, []) => Some(truth.into()),
            (ShapeKind::Boolean, [text]) => Some((truth == (text == "true")).into()),
            (_, []) => {
                self.no_value(name, values);
                None
            }
            (ShapeKind::List(_), [text]) if is_json(text, '[') => self.json(name, place, text),
            (ShapeKind::List(item), texts) => {
                let place = self.model.place(item)?;
                let items = texts.iter().filter_map(|text| self.one(name, place, text));
                Some(items.collect())
            }
            (_, [text, ..]) => self.one(name, place, text),
        }
    }

    /// One value, from one word.
    fn one(&mut self, name: &str, place: Place<'a>, text: &str) -> Option<Value> {
        let open = match &place.shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Map { .. } | ShapeKind::Union(_) => '{',
            ShapeKind::List(_) => '[',
            kind if kind.is_json() && json::parse(text.as_bytes()).is_ok() => {
                return self.json(name, place, text);
            }
            _ => {
                let value = Value::from(text);
                return self.fitted(name, place, value, Strictness::Words);
            }
        };
        if is_json(text, open) {
            return self.json(name, place, text);
        }
        match shorthand::parse(text) {
            Some((value, twice)) => {
                self.notes.extend(twice.into_iter().map(Note::Twice));
                self.fitted(name, place, value, Strictness::Words)
            }
            None => {
                let option = format!("--{name}");
                self.notes.push(Note::NotShorthand { option });
                None
            }
        }
    }

    fn json(&mut self, name: &str, place: Place<'a>, text: &str) -> Option<Value> {
        match json::parse(text.as_bytes()) {
            Ok(value) => {
                self.notes.extend(super::body::twice(text));
                self.fitted(name, place, value, Strictness::Json)
            }
            Err(why) => {
                let option = format!("--{name}");
                self.notes.push(Note::NotJson { option, why });
                None
            }
        }
    }

    fn fitted(
        &mut self,
        name: &str,
        place: Place<'a>,
        value: Value,
        strictness: Strictness,
    ) -> Option<Value> {
        let at = format!("--{name}");
        fit(self.model, place, value, strictness, &at, &mut self.notes)
    }
}

fn is_json(text: &str, open: char) -> bool {
    text.trim_start().starts_with(open)
}
