//! From JSON AST documents to a [`Model`].

use super::ast::{AstMember, AstReference, AstShape, Document};
use super::traits::Refused;
use super::{Member, Model, Operation, Service, Shape, ShapeId, ShapeKind, Traits};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fmt;

/// A model that can't be used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The shape it was found at; empty when it is the document itself.
    pub shape: String,
    pub message: String,
}

/// Something a model asks for that is not done: a trait, or a type of shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The shape, or `shape$member`.
    pub at: String,
    /// The trait id, the type's name, or the pattern.
    pub what: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.shape.is_empty() {
            write!(f, "the model can't be read: {}", self.message)
        } else {
            write!(
                f,
                "the model can't be read at {}: {}",
                self.shape, self.message
            )
        }
    }
}

impl std::error::Error for LoadError {}

pub fn load(documents: &[&str]) -> Result<Model, LoadError> {
    let mut loader = Loader::default();
    for text in documents {
        let document: Document = serde_json::from_str(text).map_err(|e| error("", e))?;
        if !document.smithy.starts_with('2') {
            return Err(error(
                "",
                format!("Smithy 2 is needed, this is {}", document.smithy),
            ));
        }
        for (id, ast) in document.shapes {
            let ast = AstShape::deserialize(ast).map_err(|e| error(&id, e))?;
            loader.add(id, ast)?;
        }
    }
    loader.finish()
}

fn error(shape: &str, message: impl fmt::Display) -> LoadError {
    LoadError {
        shape: shape.into(),
        message: message.to_string(),
    }
}

#[derive(Default)]
struct Loader {
    model: Model,
    services: Vec<(Service, Vec<AstReference>)>,
    operations: Vec<Operation>,
    malformed: Option<LoadError>,
}

impl Loader {
    fn add(&mut self, id: String, ast: AstShape) -> Result<(), LoadError> {
        let traits = self.traits(&id, &ast.traits);
        let shape_id = ShapeId::new(id.clone());
        let kind = match ast.kind.as_str() {
            "service" => return self.service(shape_id, ast, traits),
            "operation" => {
                self.operations.push(Operation {
                    id: shape_id,
                    input: ast.input.and_then(target),
                    output: ast.output.and_then(target),
                    errors: ast.errors.into_iter().filter_map(target).collect(),
                    traits,
                });
                return Ok(());
            }
            "string" => ShapeKind::String,
            "boolean" => ShapeKind::Boolean,
            "byte" => integer(i8::MIN.into(), i8::MAX.into()),
            "short" => integer(i16::MIN.into(), i16::MAX.into()),
            "integer" | "intEnum" => integer(i32::MIN.into(), i32::MAX.into()),
            "long" => integer(i64::MIN, i64::MAX),
            "float" | "double" => ShapeKind::Float,
            "timestamp" => ShapeKind::Timestamp,
            "enum" => ShapeKind::Enum(self.members(&id, ast.members)?),
            "structure" => ShapeKind::Structure(self.members(&id, ast.members)?),
            "list" | "set" => ShapeKind::List(self.member(&id, "member", ast.member)?),
            "map" => ShapeKind::Map {
                key: self.member(&id, "key", ast.key)?,
                value: self.member(&id, "value", ast.value)?,
            },
            other => {
                self.unsupported(&id, other);
                ShapeKind::Other(other.into())
            }
        };
        let shape = Shape {
            id: shape_id.clone(),
            kind,
            traits,
        };
        self.model.shapes.insert(shape_id, shape);
        Ok(())
    }

    fn service(&mut self, id: ShapeId, ast: AstShape, traits: Traits) -> Result<(), LoadError> {
        let missing = |what: &str| error(id.as_str(), format!("the service has no {what}"));
        let endpoint_prefix = traits
            .endpoint_prefix
            .clone()
            .ok_or_else(|| missing("aws.api#service with an endpointPrefix"))?;
        let service = Service {
            version: ast.version,
            title: traits
                .title
                .clone()
                .unwrap_or_else(|| id.name().to_owned()),
            signing_name: traits
                .signing_name
                .clone()
                .unwrap_or_else(|| endpoint_prefix.clone()),
            protocol: traits
                .protocol
                .ok_or_else(|| missing("protocol this console speaks: awsJson1_0, awsJson1_1 or restJson1"))?,
            endpoint: traits.endpoint.unwrap_or_else(|| super::EndpointRule {
                prefix: endpoint_prefix.clone(),
                ..Default::default()
            }),
            endpoint_prefix,
            operations: Vec::new(),
            id,
        };
        self.services.push((service, ast.operations));
        Ok(())
    }

    fn members(&mut self, id: &str, ast: Map<String, Value>) -> Result<Vec<Member>, LoadError> {
        ast.into_iter()
            .map(|(name, value)| {
                let member = AstMember::deserialize(value)
                    .map_err(|e| error(&format!("{id}${name}"), e))?;
                self.member(id, &name, Some(member))
            })
            .collect()
    }

    fn member(
        &mut self,
        id: &str,
        name: &str,
        ast: Option<AstMember>,
    ) -> Result<Member, LoadError> {
        let at = format!("{id}${name}");
        let ast = ast.ok_or_else(|| error(&at, "the member is missing"))?;
        Ok(Member {
            name: name.into(),
            traits: self.traits(&at, &ast.traits),
            target: ShapeId::new(ast.target),
        })
    }

    fn traits(&mut self, at: &str, ast: &Map<String, Value>) -> Traits {
        let mut refused = Vec::new();
        let traits = Traits::read(ast, &mut |id, why| refused.push((id.to_owned(), why)));
        for (id, why) in refused {
            match why {
                Refused::Unsupported => self.unsupported(at, &id),
                Refused::Malformed(message) => {
                    self.malformed
                        .get_or_insert(error(at, format!("{id}: {message}")));
                }
            }
        }
        if let Some(pattern) = traits.pattern.as_ref().filter(|p| !p.is_supported()) {
            self.unsupported(at, pattern.source());
        }
        traits
    }

    fn unsupported(&mut self, at: &str, what: &str) {
        self.model.unsupported.push(Unsupported {
            at: at.into(),
            what: what.into(),
        });
    }

    fn finish(mut self) -> Result<Model, LoadError> {
        if let Some(malformed) = self.malformed {
            return Err(malformed);
        }
        self.model.add_prelude();
        for (mut service, references) in self.services {
            for reference in references {
                let at = self
                    .operations
                    .iter()
                    .position(|operation| operation.id.as_str() == reference.target)
                    .ok_or_else(|| missing_target(service.id.as_str(), &reference.target))?;
                service.operations.push(self.operations.remove(at));
            }
            self.model.check_operations(&service)?;
            self.model.services.push(service);
        }
        self.model.check_targets()?;
        Ok(self.model)
    }
}

fn integer(min: i64, max: i64) -> ShapeKind {
    ShapeKind::Integer { min, max }
}

/// `smithy.api#Unit` stands for "no input" and "no output".
fn target(reference: AstReference) -> Option<ShapeId> {
    (reference.target != "smithy.api#Unit").then(|| ShapeId::new(reference.target))
}

fn missing_target(at: &str, target: &str) -> LoadError {
    error(at, format!("there is no shape {target}"))
}

impl Model {
    /// The shapes every model may use without defining them.
    fn add_prelude(&mut self) {
        let simple = [
            ("String", ShapeKind::String),
            ("Boolean", ShapeKind::Boolean),
            ("PrimitiveBoolean", ShapeKind::Boolean),
            ("Byte", integer(i8::MIN.into(), i8::MAX.into())),
            ("Short", integer(i16::MIN.into(), i16::MAX.into())),
            ("Integer", integer(i32::MIN.into(), i32::MAX.into())),
            ("PrimitiveInteger", integer(i32::MIN.into(), i32::MAX.into())),
            ("Long", integer(i64::MIN, i64::MAX)),
            ("PrimitiveLong", integer(i64::MIN, i64::MAX)),
            ("Float", ShapeKind::Float),
            ("Double", ShapeKind::Float),
            ("Timestamp", ShapeKind::Timestamp),
            ("Blob", ShapeKind::Other("blob".into())),
            ("Document", ShapeKind::Other("document".into())),
        ];
        for (name, kind) in simple {
            let id = ShapeId::new(format!("smithy.api#{name}"));
            let traits = Traits::default();
            self.shapes.insert(id.clone(), Shape { id, kind, traits });
        }
    }

    fn check_operations(&self, service: &Service) -> Result<(), LoadError> {
        for operation in &service.operations {
            let shapes = operation.input.iter().chain(&operation.output);
            for id in shapes.chain(&operation.errors) {
                if self.shape(id).is_none() {
                    return Err(missing_target(operation.id.as_str(), id.as_str()));
                }
            }
        }
        Ok(())
    }

    fn check_targets(&self) -> Result<(), LoadError> {
        for shape in self.shapes.values() {
            let members: Vec<&Member> = match &shape.kind {
                ShapeKind::Structure(members) => members.iter().collect(),
                ShapeKind::List(member) => vec![member],
                ShapeKind::Map { key, value } => vec![key, value],
                // Enum members target the unit type, which holds nothing.
                _ => Vec::new(),
            };
            for member in members {
                if self.shape(&member.target).is_none() {
                    return Err(missing_target(shape.id.as_str(), member.target.as_str()));
                }
            }
        }
        Ok(())
    }
}
