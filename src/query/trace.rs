//! What a query finds, as far as the model of the answer tells: the same items as a list of the
//! answer has, or something that it makes itself.

use crate::find::parsed;
use formsmith_api::model::{Model, Operation, Place, ShapeKind};
use jmespath::ast::Ast;

/// Where what is found stands in the answer.
#[derive(Debug, Clone)]
pub struct Traced<'a> {
    /// From the output: `Reservations[].Instances[]`.
    pub path: String,
    /// What stands there, or what each of the items is.
    pub place: Place<'a>,
    /// Are items of it found, in a list?
    pub is_list: bool,
}

/// What a query finds in the output of an operation; none where it makes something of its own.
#[must_use]
pub fn trace<'a>(model: &'a Model, operation: &'a Operation, query: &str) -> Option<Traced<'a>> {
    let ast = parsed(query).ok()?;
    let root = At {
        path: String::new(),
        place: model.root(operation.output.as_ref()?)?,
        depth: 0,
    };
    let mut found = At::follow(model, root, &ast)?;
    if found.depth == 0 && found.item(model).is_some() {
        found = found.within(model)?;
    }
    (found.depth < 2).then_some(Traced {
        path: found.path,
        place: found.place,
        is_list: found.depth == 1,
    })
}

/// Something that stands in the answer, or a list of it, or a list of lists.
struct At<'a> {
    path: String,
    place: Place<'a>,
    depth: usize,
}

impl<'a> At<'a> {
    fn follow(model: &'a Model, from: Self, ast: &Ast) -> Option<Self> {
        match ast {
            Ast::Identity { .. } | Ast::Slice { .. } => Some(from),
            Ast::Field { name, .. } => from.field(model, name),
            Ast::Index { .. } => from.within(model)?.one(),
            Ast::Subexpr { lhs, rhs, .. } => {
                let left = Self::follow(model, from, lhs)?;
                Self::follow(model, left, rhs)
            }
            Ast::Condition { then, .. } => Self::follow(model, from, then),
            Ast::Or { lhs, .. } => Self::follow(model, from, lhs),
            Ast::Projection { lhs, rhs, .. } => {
                let one = Self::follow(model, from, lhs)?.within(model)?.one()?;
                let right = Self::follow(model, one, rhs)?;
                Some(Self {
                    depth: right.depth + 1,
                    ..right
                })
            }
            Ast::Flatten { node, .. } => {
                let list = Self::follow(model, from, node)?.within(model)?;
                match list.depth {
                    1 if list.item(model).is_some() => {
                        let one = list.one()?;
                        one.within(model)
                    }
                    1 => Some(list),
                    _ => list.one(),
                }
            }
            Ast::Function { name, args, .. } => {
                let list = Self::follow(model, from, args.first()?)?.within(model)?;
                match name.as_str() {
                    "sort_by" | "reverse" => Some(list),
                    "max_by" | "min_by" => list.one(),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn item(&self, model: &'a Model) -> Option<Place<'a>> {
        match &self.place.shape.kind {
            ShapeKind::List(item) => model.place(item),
            _ => None,
        }
    }

    /// A list as its items; what is a list of something already stays it.
    fn within(self, model: &'a Model) -> Option<Self> {
        if self.depth > 0 {
            return Some(self);
        }
        Some(Self {
            place: self.item(model)?,
            path: self.path + "[]",
            depth: 1,
        })
    }

    /// One of a list.
    fn one(self) -> Option<Self> {
        let depth = self.depth.checked_sub(1)?;
        Some(Self { depth, ..self })
    }

    fn field(self, model: &'a Model, name: &str) -> Option<Self> {
        let member = match &self.place.shape.kind {
            _ if self.depth > 0 => return None,
            ShapeKind::Map { value, .. } => value,
            _ => self.place.shape.member(name)?,
        };
        let dot = if self.path.is_empty() { "" } else { "." };
        Some(Self {
            path: [&self.path, dot, name].concat(),
            place: model.place(member)?,
            depth: 0,
        })
    }
}
