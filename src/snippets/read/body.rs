//! The JSON body of a request, without the name of its operation.

use super::fit::{Strictness, fit};
use super::{Note, Reading, Refusal};
use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Service, Shape};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

pub fn read<'m>(
    model: &'m Model,
    text: &str,
    open: Option<(&'m Service, &'m Operation)>,
) -> Result<Reading<'m>, Refusal> {
    let value = json::parse(text.as_bytes()).map_err(Refusal::NotJson)?;
    let Value::Object(members) = &value else {
        return Err(Refusal::NotAnObject);
    };
    let (service, operation) = owner(model, members, open)?;
    let mut notes: Vec<Note> = twice(text).collect();
    let input = operation.input.as_ref().and_then(|id| model.root(id));
    let input = input.and_then(|place| fit(model, place, value, Strictness::Json, "", &mut notes));
    Ok(Reading {
        service,
        operation,
        region: None,
        input: input.unwrap_or_default(),
        notes,
    })
}

/// The operation whose input has these members: the open one, or else the only one.
fn owner<'m>(
    model: &'m Model,
    members: &Map<String, Value>,
    open: Option<(&'m Service, &'m Operation)>,
) -> Result<(&'m Service, &'m Operation), Refusal> {
    let input = |operation: &Operation| model.shape(operation.input.as_ref()?);
    let is_known = |input: &Shape, name: &String| {
        let mut known = input.members().iter();
        known.any(|member| {
            member.name == *name || member.traits.wire.json_name.as_deref() == Some(name)
        })
    };
    let has_all = |operation: &Operation| {
        input(operation).is_some_and(|input| members.keys().all(|name| is_known(input, name)))
    };
    if let Some(open) = open.filter(|(_, operation)| has_all(operation)) {
        return Ok(open);
    }
    let is_whole = |operation: &Operation| {
        let required = input(operation).map(Shape::members).unwrap_or_default();
        let mut required = required.iter().filter(|member| member.traits.required);
        required.all(|member| members.contains_key(&member.name))
    };
    let all = model.services().iter().flat_map(|service| {
        let operations = service.operations.iter();
        operations.map(move |operation| (service, operation))
    });
    let fitting: Vec<_> = all
        .filter(|(_, operation)| has_all(operation) && is_whole(operation))
        .collect();
    match fitting.as_slice() {
        [one] => Ok(*one),
        [] => {
            let has_some = |operation: &Operation| {
                input(operation).is_some_and(|input| members.keys().any(|it| is_known(input, it)))
            };
            open.filter(|(_, operation)| has_some(operation))
                .ok_or_else(|| Refusal::FitsNone(members.keys().cloned().collect()))
        }
        several => {
            let titles = several.iter().map(|(_, operation)| operation.title());
            Err(Refusal::FitsSeveral(titles.collect()))
        }
    }
}

/// The members that stand twice in an object of a text that is JSON. A parser keeps only the
/// last of them.
pub fn twice(text: &str) -> impl Iterator<Item = Note> {
    let mut found = Vec::new();
    // For each open bracket the names so far; a list has none.
    let mut open: Vec<Option<BTreeSet<&str>>> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => open.push(Some(BTreeSet::new())),
            b'[' => open.push(None),
            b'}' | b']' => drop(open.pop()),
            b'"' => {
                let begin = at;
                at += 1;
                while bytes.get(at).is_some_and(|byte| *byte != b'"') {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                let name = text.get(begin..=at).unwrap_or_default();
                let behind = text.get(at + 1..).unwrap_or_default().trim_start();
                if let Some(Some(names)) = open.last_mut()
                    && behind.starts_with(':')
                    && !names.insert(name)
                {
                    found.push(Note::Twice(name.trim_matches('"').to_owned()));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found.into_iter()
}
