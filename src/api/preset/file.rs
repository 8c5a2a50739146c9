//! Presets as files, in an order that stays, a line for each value, so that a change is seen in a
//! diff; and read with suspicion.

use super::{
    BadName, MAX_DESCRIPTION, MAX_INPUT, MAX_PRESETS, Preset, check_folder, check_name, exceeds,
};
use crate::json::{self, NotJson};
use crate::placeholder;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// The member that says what a file is; its value is the version.
const MARK: &str = "formsmithPresets";
const VERSION: u64 = 1;
const PRESETS: &str = "presets";

/// The longest name of a service or operation, in bytes.
const MAX_API_NAME: usize = 100;
/// Of more mistakes in a file the first are told.
const MAX_MISTAKES: usize = 20;

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPresets {
    NotJson(NotJson),
    /// Nested deeper than is read, from this place on.
    TooDeep(NotJson),
    /// JSON, but no file of presets.
    OtherFile,
    /// It is of another version, which is this.
    Version(String),
    /// More than there may be.
    TooMany,
    /// What is wrong in it, the first places first, and in how many.
    Mistakes {
        first: Vec<Mistake>,
        count: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Such as `presets[3].name`, counted from 0.
    pub at: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Missing,
    NotText,
    NotObject,
    NotList,
    Name(BadName),
    /// No name that a service, an operation or a placeholder can have.
    NoApiName,
    NoPlaceholder,
    /// More characters or bytes than there may be.
    TooLong {
        max: usize,
    },
    UnknownMember,
    /// Another of this folder and name, or the same placeholder, stands earlier.
    Twice,
    /// The placeholder is nowhere in the input.
    NotInInput,
}

/// The file with these presets, by folder and name.
pub fn written(presets: &[Preset]) -> String {
    let mut presets: Vec<&Preset> = presets.iter().collect();
    presets.sort_by_key(|it| (&it.folder, &it.name));
    let presets = presets.into_iter().map(value_of).collect();
    let mut file = Map::new();
    file.insert(MARK.into(), VERSION.into());
    file.insert(PRESETS.into(), presets);
    json::indented(&Value::Object(file)) + "\n"
}

/// A preset as a browser keeps it.
pub fn written_stored(preset: &Preset) -> String {
    json::compact(&value_of(preset))
}

fn value_of(preset: &Preset) -> Value {
    let mut members = Map::new();
    let texts = [
        ("folder", &preset.folder),
        ("name", &preset.name),
        ("description", &preset.description),
        ("service", &preset.service),
        ("operation", &preset.operation),
    ];
    for (name, text) in texts {
        members.insert(name.into(), text.as_str().into());
    }
    members.insert("input".into(), preset.input.clone());
    members.insert("placeholders".into(), preset.placeholders.clone().into());
    Value::Object(members)
}

/// Reads a file: all of it is taken, or nothing.
pub fn read(bytes: &[u8]) -> Result<Vec<Preset>, NoPresets> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file = json::parse(bytes).map_err(|at| match is_too_deep(bytes) {
        true => NoPresets::TooDeep(at),
        false => NoPresets::NotJson(at),
    })?;
    let version = file.get(MARK).ok_or(NoPresets::OtherFile)?;
    if *version != VERSION {
        return Err(NoPresets::Version(json::compact(version)));
    }
    let mut reader = Reader::default();
    let known = [MARK, PRESETS];
    reader.strangers(file.as_object(), &known, "");
    let mut presets: Vec<Preset> = Vec::new();
    match file.get(PRESETS) {
        Some(Value::Array(items)) if items.len() > MAX_PRESETS => return Err(NoPresets::TooMany),
        Some(Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                let place = format!("{PRESETS}[{at}]");
                let Some(preset) = reader.preset(item, &place) else {
                    continue;
                };
                let is_twice = |it: &Preset| it.folder == preset.folder && it.name == preset.name;
                if presets.iter().any(is_twice) {
                    reader.report(&place, Why::Twice);
                }
                presets.push(preset);
            }
        }
        Some(_) => reader.report(PRESETS, Why::NotList),
        None => reader.report(PRESETS, Why::Missing),
    }
    match reader.count {
        0 => Ok(presets),
        count => Err(NoPresets::Mistakes {
            first: reader.mistakes,
            count,
        }),
    }
}

/// Is it nested deeper than JSON is read?
fn is_too_deep(bytes: &[u8]) -> bool {
    const DEEPEST: usize = 127;
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// What [`written_stored`] has written.
pub fn read_stored(text: &str) -> Option<Preset> {
    let value = json::parse(text.as_bytes()).ok()?;
    Reader::default().preset(&value, "")
}

/// The same without its input and placeholders, and unchecked: for who only looks for presets, which
/// takes none of the code that reads a file.
pub fn read_stored_head(text: &str) -> Option<Preset> {
    let value = json::parse(text.as_bytes()).ok()?;
    let member = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    Some(Preset {
        folder: member("folder").unwrap_or_default(),
        name: member("name")?,
        description: member("description").unwrap_or_default(),
        service: member("service")?,
        operation: member("operation")?,
        input: Value::Null,
        placeholders: Vec::new(),
    })
}

#[derive(Default)]
struct Reader {
    /// The first of them.
    mistakes: Vec<Mistake>,
    count: usize,
}

impl Reader {
    fn report(&mut self, at: &str, why: Why) {
        self.count += 1;
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(Mistake { at: at.into(), why });
        }
    }

    fn strangers(&mut self, object: Option<&Map<String, Value>>, known: &[&str], place: &str) {
        for name in object.into_iter().flat_map(Map::keys) {
            if !known.contains(&name.as_str()) {
                // What a hostile file calls it is told in short.
                let short: String = name.chars().take(40).collect();
                self.report(&within(place, &short), Why::UnknownMember);
            }
        }
    }

    /// Nothing where a mistake was found.
    fn preset(&mut self, value: &Value, place: &str) -> Option<Preset> {
        const MEMBERS: [&str; 7] = [
            "folder",
            "name",
            "description",
            "service",
            "operation",
            "input",
            "placeholders",
        ];
        let before = self.mistakes.len();
        let Some(object) = value.as_object() else {
            self.report(place, Why::NotObject);
            return None;
        };
        self.strangers(Some(object), &MEMBERS, place);
        let folder = self.text(object, "folder", place, false, |it| named(check_folder(it)));
        let name = self.text(object, "name", place, true, |it| named(check_name(it)));
        let description = self.text(object, "description", place, false, |it| {
            let max = MAX_DESCRIPTION;
            (it.chars().count() > max).then_some(Why::TooLong { max })
        });
        let service = self.text(object, "service", place, true, api_name);
        let operation = self.text(object, "operation", place, true, api_name);
        let input = self.input(object, place);
        let placeholders = self.placeholders(object, &input, place);
        (self.mistakes.len() == before).then_some(Preset {
            folder,
            name,
            description,
            service,
            operation,
            input,
            placeholders,
        })
    }

    fn text(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        place: &str,
        is_required: bool,
        check: impl Fn(&str) -> Option<Why>,
    ) -> String {
        let why = match object.get(name) {
            None if is_required => Some(Why::Missing),
            None => None,
            Some(Value::String(text)) => match check(text) {
                None => return text.clone(),
                why => why,
            },
            Some(_) => Some(Why::NotText),
        };
        if let Some(why) = why {
            self.report(&within(place, name), why);
        }
        String::new()
    }

    fn input(&mut self, object: &Map<String, Value>, place: &str) -> Value {
        let max = MAX_INPUT;
        let why = match object.get("input") {
            None => Why::Missing,
            Some(input @ Value::Object(_)) if !exceeds(input) => return input.clone(),
            Some(Value::Object(_)) => Why::TooLong { max },
            Some(_) => Why::NotObject,
        };
        self.report(&within(place, "input"), why);
        Value::Null
    }

    fn placeholders(
        &mut self,
        object: &Map<String, Value>,
        input: &Value,
        place: &str,
    ) -> Vec<String> {
        let place = within(place, "placeholders");
        let items = match object.get("placeholders") {
            None => return Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.report(&place, Why::NotList);
                return Vec::new();
            }
        };
        let mut written: HashMap<String, bool> = HashMap::new();
        written.extend(placeholder::names(input).into_iter().map(|it| (it, false)));
        let mut names: Vec<String> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let why = match item.as_str() {
                None => Why::NotText,
                Some(name) if !placeholder::is_name(name) => Why::NoPlaceholder,
                Some(name) => match written.get_mut(name) {
                    None => Why::NotInInput,
                    Some(true) => Why::Twice,
                    Some(is_named) => {
                        *is_named = true;
                        names.push(name.to_owned());
                        continue;
                    }
                },
            };
            self.report(&format!("{place}[{at}]"), why);
        }
        names
    }
}

fn within(place: &str, name: &str) -> String {
    match place {
        "" => name.to_owned(),
        place => [place, ".", name].concat(),
    }
}

fn named(checked: Result<(), BadName>) -> Option<Why> {
    checked.err().map(Why::Name)
}

/// What can stand in an address as it is.
fn api_name(name: &str) -> Option<Why> {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = (1..=MAX_API_NAME).contains(&name.len()) && name.bytes().all(is_of_name);
    (!is_name).then_some(Why::NoApiName)
}
