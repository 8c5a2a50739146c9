//! Presets: filled forms under a name, in folders, which can be kept as files.
//!
//! What a preset holds is an input as the model writes it. Secrets are in none: a placeholder
//! stands in the place of each.

mod file;
mod merge;
mod name;
mod secrets;

pub use file::{
    Mistake, NoPresets, Why, read, read_stored, read_stored_head, written, written_stored,
};
pub use merge::{Compared, Difference, compare};
pub use name::{BadName, check_folder, check_name};

use crate::draft::{Draft, Edit, NodeId, Tokens, prune_unknown};
use crate::json;
use crate::model::{Model, Operation};
use crate::placeholder;
use secrets::Names;
use serde_json::Value;
use std::collections::HashSet;

/// The most that an input takes up, in bytes of its JSON.
pub const MAX_INPUT: usize = 400_000;
/// The longest description, in characters.
pub const MAX_DESCRIPTION: usize = 500;
/// So many presets are in a file, or kept in a browser.
pub const MAX_PRESETS: usize = 1000;
/// What all presets of a browser take up, in bytes of their JSON. A file is at most twice as long.
pub const MAX_BYTES: usize = 5_000_000;

#[derive(Debug, Clone, PartialEq)]
pub struct Preset {
    /// The names of the folders it is in, with `/` between them; empty for none.
    pub folder: String,
    pub name: String,
    /// What it is for, or nothing.
    pub description: String,
    /// As the page's addresses name them.
    pub service: String,
    pub operation: String,
    /// A JSON object.
    pub input: Value,
    /// The names that are asked for. Other texts that read like placeholders are meant as they are.
    pub placeholders: Vec<String>,
}

/// What a person says of a preset, beside what is in the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    pub folder: String,
    pub name: String,
    pub description: String,
}

/// Why nothing can be made of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMade {
    /// The name stands as a placeholder, and elsewhere as what it is.
    Ambiguous(String),
    /// The input takes up too much.
    TooLarge,
}

impl Preset {
    /// Makes a preset of a draft, with placeholders in the place of what these nodes hold, and of
    /// secrets; idempotency tokens are left out.
    pub fn of(
        model: &Model,
        service: &str,
        operation: &Operation,
        draft: &Draft,
        asked: &[NodeId],
        label: Label,
    ) -> Result<Self, NotMade> {
        let literal = draft.literal_names();
        let mut draft = draft.clone();
        let open = draft.placeholders().into_iter().map(|open| open.name);
        let mut names = Names::new(open.chain(literal.clone()));
        let mut given: Vec<(String, String, String)> = Vec::new();
        for &node in asked {
            let (member, text) = (member_name(&draft, node), draft.text(node).to_owned());
            let is_same = |(of, its, _): &&(String, String, String)| *of == member && *its == text;
            // What is the same in every row is asked for once.
            let name = match given.iter().find(is_same) {
                Some((_, _, name)) => name.clone(),
                None => {
                    let name = names.add(&member);
                    given.push((member, text, name.clone()));
                    name
                }
            };
            draft.apply(model, Edit::SetText(node, placeholder::of(&name)));
        }
        let mut placeholders: Vec<String> = draft
            .placeholders()
            .into_iter()
            .map(|open| open.name)
            .collect();
        let input = draft.to_json(model, draft.root());
        let (input, _) = prune_unknown(model, operation, &input, Tokens::LeaveOut);
        let known = Some((model, operation));
        let (input, _) = ask_for_secrets(known, &input, &mut names, &mut placeholders);
        let literal: HashSet<String> = literal.into_iter().collect();
        if let Some(name) = placeholders.iter().find(|name| literal.contains(*name)) {
            return Err(NotMade::Ambiguous(name.clone()));
        }
        let made = Self {
            folder: label.folder,
            name: label.name,
            description: label.description,
            service: service.to_owned(),
            operation: operation.name().to_owned(),
            input,
            placeholders,
        };
        match made.is_too_large() {
            true => Err(NotMade::TooLarge),
            false => Ok(made),
        }
    }

    /// Folder and name: no two presets have the same.
    pub fn path(&self) -> String {
        path_of(&self.folder, &self.name)
    }

    pub fn label(&self) -> Label {
        Label {
            folder: self.folder.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
        }
    }

    /// The same under another label.
    pub fn labeled(self, label: Label) -> Self {
        Self {
            folder: label.folder,
            name: label.name,
            description: label.description,
            ..self
        }
    }

    /// Does its input take up more than one may?
    pub fn is_too_large(&self) -> bool {
        exceeds(&self.input)
    }

    /// The same without its secrets, and how many there were. Without a model they are known by
    /// their form alone.
    pub fn without_secrets(mut self, known: Option<(&Model, &Operation)>) -> (Self, usize) {
        let mut names = Names::new(placeholder::names(&self.input));
        let (input, count) =
            ask_for_secrets(known, &self.input, &mut names, &mut self.placeholders);
        self.input = input;
        (self, count)
    }
}

impl Label {
    /// The path of the preset that has this label.
    pub fn path(&self) -> String {
        path_of(&self.folder, &self.name)
    }
}

fn path_of(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => [folder, "/", name].concat(),
    }
}

fn exceeds(input: &Value) -> bool {
    json::compact(input).len() > MAX_INPUT
}

/// The input with placeholders in the place of its secrets, and how many there were. The list of
/// what is asked for gets the new names, and loses those that stood in a secret only.
fn ask_for_secrets(
    known: Option<(&Model, &Operation)>,
    input: &Value,
    names: &mut Names,
    placeholders: &mut Vec<String>,
) -> (Value, usize) {
    let (input, added) = match known {
        Some((model, operation)) => secrets::asked_for(model, model.input(operation), input, names),
        None => secrets::asked_for_by_form(input, names),
    };
    let count = added.len();
    let written: HashSet<String> = placeholder::names(&input).into_iter().collect();
    placeholders.extend(added);
    placeholders.retain(|name| written.contains(name));
    (input, count)
}

/// What leads to a node: the member it is, or is an item or entry of.
fn member_name(draft: &Draft, id: NodeId) -> String {
    let mut now = Some(id);
    while let Some(node) = now.and_then(|id| draft.node(id)) {
        if let crate::draft::Role::Member(name) = &node.role {
            return name.clone();
        }
        now = node.parent;
    }
    String::new()
}
