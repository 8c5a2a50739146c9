//! From the cells of a row to an input.

use super::target::{entries, is_value, keyed};
use super::{Mapping, Rule};
use crate::sheet::Sheet;
use formsmith_api::json::parse;
use formsmith_api::model::{Place, ShapeKind};
use formsmith_api::validate::{Path, PathSegment, is_number};
use formsmith_run::OperationRef;
use serde_json::{Map, Value};

/// A mapping for a sheet, with everything looked up once.
pub struct Builder {
    base: Value,
    columns: Vec<Column>,
    has_decimal_commas: bool,
}

/// A column that is sent.
pub struct Column {
    /// Its place in the sheet.
    pub at: u32,
    pub steps: Vec<Step>,
    /// The shape of the value, or of an item of the list.
    pub place: Option<Place<'static>>,
    is_split: bool,
    is_json: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Member(String),
    /// The only entry of a batch.
    Entry,
    /// The value of a map.
    Key(String),
    /// The value of an item with such a key, with the names of key and value.
    Keyed(String, [String; 2]),
}

impl Builder {
    #[must_use]
    pub fn new(op: OperationRef, sheet: &Sheet, mapping: &Mapping) -> Self {
        let column = |rule: &Rule| {
            let at = sheet.column(&rule.column)?;
            column(op, rule, at)
        };
        Self {
            base: mapping.base.clone(),
            columns: mapping.rules.iter().filter_map(column).collect(),
            has_decimal_commas: mapping.has_decimal_commas,
        }
    }

    /// The input that a row makes. Empty cells leave their members out.
    #[must_use]
    pub fn input(&self, sheet: &Sheet, row: u32) -> Value {
        let mut input = match &self.base {
            base @ Value::Object(_) => base.clone(),
            _ => Value::Object(Map::new()),
        };
        for column in &self.columns {
            let cell = sheet.cell(row, column.at);
            if let Some(value) = self.value(column, cell) {
                put(&mut input, &column.steps, value);
            }
        }
        input
    }

    fn value(&self, column: &Column, cell: &str) -> Option<Value> {
        if cell.is_empty() {
            return None;
        }
        let is_text_of_json = cell.starts_with('[');
        if column.is_json || (column.is_split && is_text_of_json) {
            return Some(parse(cell.as_bytes()).unwrap_or_else(|_| cell.into()));
        }
        if column.is_split {
            let items = cell.split(';').map(str::trim).filter(|it| !it.is_empty());
            let items: Vec<Value> = items.map(|it| self.single(column, it)).collect();
            return (!items.is_empty()).then(|| items.into());
        }
        Some(self.single(column, cell))
    }

    fn single(&self, column: &Column, cell: &str) -> Value {
        let Some(place) = column.place else {
            return cell.into();
        };
        match &place.shape.kind {
            ShapeKind::Boolean => match cell {
                "true" | "TRUE" | "True" => true.into(),
                "false" | "FALSE" | "False" => false.into(),
                _ => cell.into(),
            },
            ShapeKind::Timestamp => cell.into(),
            kind if kind.is_number() => {
                let number = match self.has_decimal_commas {
                    true => cell.replacen(',', ".", 1),
                    false => cell.to_owned(),
                };
                match is_number(&number) {
                    true => parse(number.as_bytes()).unwrap_or_else(|_| cell.into()),
                    false => cell.into(),
                }
            }
            _ => cell.into(),
        }
    }

    /// The column that a place of the input comes from.
    #[must_use]
    pub fn column_of(&self, path: &Path) -> Option<&Column> {
        let fits = |column: &&Column| {
            let mut steps = column.steps.iter();
            let mut path = path.0.iter();
            steps.all(|step| match step {
                Step::Member(name) => {
                    matches!(path.next(), Some(PathSegment::Member(it)) if it == name)
                }
                Step::Entry => matches!(path.next(), Some(PathSegment::Item(0))),
                Step::Key(key) => matches!(path.next(),
                    Some(PathSegment::Entry(it) | PathSegment::Key(it)) if it == key),
                // Which of the items it is depends on the other columns.
                Step::Keyed(..) => true,
            })
        };
        self.columns.iter().find(fits)
    }

    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }
}

fn column(op: OperationRef, rule: &Rule, at: u32) -> Option<Column> {
    let model = op.model;
    let entries = entries(op);
    let mut place = model.input(op.operation)?;
    let mut steps = Vec::new();
    let mut walked: Vec<String> = Vec::new();
    for name in &rule.path {
        match &place.shape.kind {
            ShapeKind::Map { value, .. } => {
                steps.push(Step::Key(name.clone()));
                place = model.place(value)?;
            }
            ShapeKind::List(item) => {
                let item = model.place(item)?;
                let (key, value) = keyed(model, item)?;
                let names = [key.to_owned(), value.to_owned()];
                steps.push(Step::Keyed(name.clone(), names));
                place = model.place(item.shape.member(value)?)?;
            }
            _ => {
                steps.push(Step::Member(name.clone()));
                place = model.place(place.shape.member(name)?)?;
            }
        }
        walked.push(name.clone());
        if entries.as_ref() == Some(&walked)
            && let ShapeKind::List(item) = &place.shape.kind
        {
            steps.push(Step::Entry);
            place = model.place(item)?;
        }
    }
    let item = match &place.shape.kind {
        ShapeKind::List(item) => model.place(item).filter(|it| is_value(&it.shape.kind)),
        _ => None,
    };
    Some(Column {
        at,
        steps,
        is_json: item.is_none() && !is_value(&place.shape.kind),
        is_split: item.is_some() && rule.is_split,
        place: Some(item.unwrap_or(place)),
    })
}

/// Puts a value where the steps lead, and makes what is missing on the way.
fn put(into: &mut Value, steps: &[Step], value: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *into = value;
        return;
    };
    match step {
        Step::Member(name) | Step::Key(name) => put(member(into, name), rest, value),
        Step::Entry => {
            if !into.is_array() {
                *into = Value::Array(Vec::new());
            }
            let Value::Array(items) = into else { return };
            if items.is_empty() {
                items.push(Value::Null);
            }
            put(&mut items[0], rest, value);
        }
        Step::Keyed(key, [key_name, value_name]) => {
            if !into.is_array() {
                *into = Value::Array(Vec::new());
            }
            let Value::Array(items) = into else { return };
            let at = items.iter().position(|it| it[key_name] == key.as_str());
            let at = at.unwrap_or(items.len());
            if at == items.len() {
                let mut item = Map::new();
                item.insert(key_name.clone(), key.as_str().into());
                items.push(item.into());
            }
            put(member(&mut items[at], value_name), rest, value);
        }
    }
}

fn member<'a>(of: &'a mut Value, name: &str) -> &'a mut Value {
    if !of.is_object() {
        *of = Value::Object(Map::new());
    }
    &mut of[name]
}
