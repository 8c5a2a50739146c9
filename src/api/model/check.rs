//! What a model names exists: shapes, and the operations that traits name.

use super::load::error;
use super::{LoadError, Member, Model, Operation, Service, ShapeKind};

pub(super) fn missing_target(at: &str, target: &str) -> LoadError {
    error(at, format!("there is no shape {target}"))
}

/// The operations that an operation's traits name, by trait.
fn named(operation: &Operation) -> [(&'static str, Option<&String>); 3] {
    let traits = &operation.traits;
    let read_back = traits.read_back.as_ref();
    let follow = traits.follow.as_ref();
    [
        ("formsmith#inverse", traits.inverse.as_ref()),
        ("formsmith#readBack", read_back.map(|it| &it.operation)),
        ("formsmith#follow", follow.map(|it| &it.operation)),
    ]
}

impl Model {
    pub(super) fn check_operations(&self, service: &Service) -> Result<(), LoadError> {
        for operation in &service.operations {
            let shapes = operation.input.iter().chain(&operation.output);
            for id in shapes.chain(&operation.errors) {
                if self.shape(id).is_none() {
                    return Err(missing_target(operation.id.as_str(), id.as_str()));
                }
            }
            for (id, name) in named(operation) {
                if let Some(name) = name.filter(|name| service.operation(name).is_none()) {
                    let message = format!("{id}: the service has no operation {name}");
                    return Err(error(operation.id.as_str(), message));
                }
            }
        }
        Ok(())
    }

    pub(super) fn check_targets(&self) -> Result<(), LoadError> {
        for shape in &self.shapes {
            let check = |member: &Member| match self.shape(&member.target) {
                Some(_) => Ok(()),
                None => Err(missing_target(shape.id.as_str(), member.target.as_str())),
            };
            match &shape.kind {
                ShapeKind::Structure(members) | ShapeKind::Union(members) => {
                    members.iter().try_for_each(check)?;
                }
                ShapeKind::List(member) => check(member)?,
                ShapeKind::Map { key, value } => {
                    check(key)?;
                    check(value)?;
                }
                // Enum members target the unit type, which holds nothing.
                _ => {}
            }
        }
        Ok(())
    }
}
