//! Inputs in the types of the model, with the texts that tools stumble over.

use formsmith_api::model::{Model, Operation, ShapeId, ShapeKind};
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// Texts that a shell, a terminal, a language or a tool takes for something else.
pub static HOSTILE: LazyLock<Vec<String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../tests/cases/hostile.json")).unwrap()
});

/// Chooses by a number that it uses up bit by bit.
pub struct Choice(pub u64);

impl Choice {
    pub fn below(&mut self, count: usize) -> usize {
        // A step of a linear congruential generator; the high bits are the good ones.
        let step = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = step.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }

    fn text(&mut self) -> String {
        match self.below(3) {
            0 => HOSTILE[self.below(HOSTILE.len())].clone(),
            1 => HOSTILE[self.below(HOSTILE.len())].clone() + &HOSTILE[self.below(HOSTILE.len())],
            _ => {
                let characters = "'\"\\$`!\n-@=,{}[]#%&|;<> aé🎉\u{1}\u{7f}";
                let characters: Vec<char> = characters.chars().collect();
                let count = self.below(12);
                (0..count)
                    .map(|_| characters[self.below(characters.len())])
                    .collect()
            }
        }
    }

    /// An input: required members are there mostly, optional ones now and then.
    pub fn input(&mut self, model: &Model, operation: &Operation) -> Value {
        let Some(id) = &operation.input else {
            return Value::Object(Map::new());
        };
        self.value(model, id)
    }

    fn value(&mut self, model: &Model, id: &ShapeId) -> Value {
        let shape = model.shape(id).unwrap();
        match &shape.kind {
            ShapeKind::Structure(members) => {
                let mut object = Map::new();
                for member in members {
                    if self.below(8) < if member.traits.required { 7 } else { 4 } {
                        object.insert(member.name.clone(), self.value(model, &member.target));
                    }
                }
                Value::Object(object)
            }
            ShapeKind::List(member) => {
                let count = self.below(4);
                (0..count)
                    .map(|_| self.value(model, &member.target))
                    .collect()
            }
            ShapeKind::Map { value, .. } => {
                let mut object = Map::new();
                for _ in 0..self.below(4) {
                    let key = match self.below(6) {
                        0 => "__proto__".to_owned(),
                        _ => self.text(),
                    };
                    object.insert(key, self.value(model, &value.target));
                }
                Value::Object(object)
            }
            ShapeKind::Boolean => (self.below(2) == 0).into(),
            ShapeKind::Integer { .. } => (self.below(300) as i64 - 100).into(),
            ShapeKind::Float => 0.5.into(),
            ShapeKind::Timestamp => 1_763_594_445.into(),
            ShapeKind::Enum(values) if self.below(2) == 0 => {
                values[self.below(values.len())].enum_value().into()
            }
            _ => self.text().into(),
        }
    }
}
