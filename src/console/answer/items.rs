//! The items of a table: of a list of an answer, or of their own.

use formsmith_api::answer::items;
use formsmith_api::json;
use serde_json::{Map, Value};
use std::ops::Index;
use std::rc::Rc;

/// A list that stands in an answer is not copied: it may have very many items.
#[derive(Clone)]
pub enum Items {
    Own(Rc<Vec<Value>>),
    /// At this path of names within an object.
    In(Rc<Value>, Rc<str>),
}

impl Items {
    /// Those at the path of a list.
    pub fn at(path: &str, answer: &Rc<Value>) -> Self {
        match path.strip_suffix("[]") {
            Some(names) if !names.contains("[]") => Self::In(Rc::clone(answer), names.into()),
            _ => {
                let none = Map::new();
                let object = answer.as_object().unwrap_or(&none);
                items(path, object)
                    .into_iter()
                    .cloned()
                    .collect::<Vec<_>>()
                    .into()
            }
        }
    }

    pub fn all(&self) -> &[Value] {
        match self {
            Self::Own(items) => items,
            Self::In(answer, path) => {
                let list = answer.as_object().and_then(|it| json::at(it, path));
                list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
            }
        }
    }

    pub fn get(&self, row: usize) -> Option<&Value> {
        self.all().get(row)
    }
}

impl From<Vec<Value>> for Items {
    fn from(items: Vec<Value>) -> Self {
        Self::Own(Rc::new(items))
    }
}

impl Index<usize> for Items {
    type Output = Value;

    fn index(&self, row: usize) -> &Value {
        &self.all()[row]
    }
}
