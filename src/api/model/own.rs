//! A model of a person's own, from a file that says nothing of where it is from.

use super::load::{self, error};
use super::{LoadError, Model, c2j};
use crate::protocol::Codecs;
use serde_json::Value;
use std::fmt;

/// The names of all services of one's own begin so. No folder of botocore does, so that none of
/// them is taken for one of AWS's, by whatever name a file calls it.
pub const OWN: &str = "own-";

/// The longest name, without what it begins with.
const MAX_NAME: usize = 60;

/// Is this the name of a service of one's own?
pub fn is_own(service: &str) -> bool {
    service.starts_with(OWN)
}

/// Why a file is no model of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOwn {
    /// Where it stops being JSON, and why.
    NoJson(String),
    /// A model in Smithy's language for people, not as JSON.
    Idl,
    /// JSON, and neither of the two kinds.
    NoModel,
    /// So many services, and not one.
    Services(usize),
    /// A service without operations.
    Empty,
    /// A model, with something in it that can't be read.
    Broken(LoadError),
}

impl fmt::Display for NotOwn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoJson(why) => write!(f, "this is not JSON: {why}"),
            Self::Idl => f.write_str("this is Smithy's IDL, and not its JSON AST"),
            Self::NoModel => f.write_str("this is neither Smithy's JSON AST nor C2J"),
            Self::Services(count) => write!(f, "this has {count} services, and not one"),
            Self::Empty => f.write_str("its service has no operations"),
            Self::Broken(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for NotOwn {}

impl From<LoadError> for NotOwn {
    fn from(why: LoadError) -> Self {
        Self::Broken(why)
    }
}

pub(super) fn load(file: &str, text: &str, codecs: Codecs) -> Result<Model, NotOwn> {
    let text = text.trim_start_matches('\u{FEFF}');
    let document: Value = serde_json::from_str(text).map_err(|why| match is_idl(text) {
        true => NotOwn::Idl,
        false => NotOwn::NoJson(why.to_string()),
    })?;
    let has = |names: &[&str]| names.iter().all(|name| document.get(name).is_some());
    let mut model = if has(&["smithy"]) {
        let mut model = load::load_parsed(vec![document], codecs)?;
        let [service] = &mut model.services[..] else {
            return Err(NotOwn::Services(model.services.len()));
        };
        service.name = name(&[&service.name, service.id.name(), stem(file)]);
        model
    } else if has(&["metadata", "operations", "shapes"]) {
        let metadata = |name: &str| document["metadata"][name].as_str().unwrap_or_default();
        let names = [
            metadata("serviceId"),
            metadata("endpointPrefix"),
            stem(file),
        ];
        c2j::load_parsed(&name(&names), &document, codecs)?
    } else {
        return Err(NotOwn::NoModel);
    };
    for service in &mut model.services {
        if service.operations.is_empty() {
            return Err(NotOwn::Empty);
        }
        for operation in &service.operations {
            // It stands in addresses.
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let name = operation.name();
            if name.is_empty() || !name.chars().all(is_of_name) {
                let message = "a name of an operation has letters, digits and _ alone".to_owned();
                return Err(error(operation.id.as_str(), message).into());
            }
        }
        if service.title.trim().is_empty() {
            service.title = service.name[OWN.len()..].to_owned();
        }
    }
    Ok(model)
}

/// The first of these with which something can be called, as it may stand in an address.
fn name(names: &[&str]) -> String {
    let mut reduced = names.iter().map(|name| reduced(name));
    let name = reduced.find(|name| !name.is_empty());
    [OWN, name.as_deref().unwrap_or("model")].concat()
}

/// Letters, digits and single hyphens between them.
fn reduced(name: &str) -> String {
    let mut taken = String::new();
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => taken.push(c),
            _ if !taken.is_empty() && !taken.ends_with('-') => taken.push('-'),
            _ => {}
        }
        if taken.len() == MAX_NAME {
            break;
        }
    }
    taken.truncate(taken.trim_end_matches('-').len());
    taken
}

/// A file's name without what says what it is.
fn stem(file: &str) -> &str {
    let file = file.strip_suffix(".gz").unwrap_or(file);
    file.strip_suffix(".json").unwrap_or(file)
}

/// How files in Smithy's IDL begin, behind their comments.
fn is_idl(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
    let beginnings = ["$version", "$ version", "namespace ", "metadata "];
    first.is_some_and(|line| beginnings.iter().any(|it| line.starts_with(it)))
}
