//! From JSON AST documents to a [`Model`].

use super::ast::{Malformed, ObjectNode};
use super::check::missing_target;
use super::prelude::simple;
use super::traits::Refused;
use super::{EndpointRule, Member, Model, Operation, Service, Shape, ShapeId, ShapeKind, Traits};
use crate::pattern::Pattern;
use serde_json::Value;
use std::fmt;

/// A moment as the format `date-time` has it: a text, in UTC.
const DATE_TIME: &str = "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])\
    T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?Z$";

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
        let document: Value = serde_json::from_str(text).map_err(|e| error("", e.to_string()))?;
        let shapes = shapes(&document).map_err(|malformed| error("", malformed))?;
        for (id, ast) in shapes.into_iter().flat_map(ObjectNode::members) {
            loader.add(id, ast)?;
        }
    }
    loader.finish()
}

fn shapes(document: &Value) -> Result<Option<ObjectNode<'_>>, Malformed> {
    let document = ObjectNode::of(document, "the document")?;
    let version = document.text("smithy")?;
    if !version.starts_with('2') {
        return Err(format!("Smithy 2 is needed, this is {version}"));
    }
    document.object("shapes")
}

pub(super) fn error(shape: &str, message: String) -> LoadError {
    LoadError {
        shape: shape.into(),
        message,
    }
}

#[derive(Default)]
struct Loader {
    model: Model,
    /// Services, and the ids of their operations.
    services: Vec<(Service, Vec<String>)>,
    operations: Vec<Operation>,
    malformed: Option<LoadError>,
}

impl Loader {
    fn add(&mut self, id: &str, ast: &Value) -> Result<(), LoadError> {
        self.read(id, ast).map_err(|malformed| error(id, malformed))
    }

    fn read(&mut self, id: &str, ast: &Value) -> Result<(), Malformed> {
        let ast = ObjectNode::of(ast, "the shape")?;
        let mut traits = self.traits(id, ast)?;
        let kind = match ast.text("type")?.as_str() {
            "timestamp" if traits.timestamp_format.as_deref() == Some("date-time") => {
                traits.pattern = Some(Pattern::new(DATE_TIME));
                ShapeKind::String
            }
            "service" => return self.service(id, ast, traits),
            "operation" => {
                self.operations.push(Operation {
                    id: ShapeId::new(id),
                    input: ast.target("input")?.and_then(used),
                    output: ast.target("output")?.and_then(used),
                    errors: ast
                        .targets("errors")?
                        .into_iter()
                        .filter_map(used)
                        .collect(),
                    traits,
                });
                return Ok(());
            }
            "enum" => ShapeKind::Enum(self.members(id, ast)?),
            "structure" => ShapeKind::Structure(self.members(id, ast)?),
            "list" | "set" => ShapeKind::List(Box::new(self.part(id, "member", ast)?)),
            "map" => ShapeKind::Map {
                key: Box::new(self.part(id, "key", ast)?),
                value: Box::new(self.part(id, "value", ast)?),
            },
            other => simple(other).unwrap_or_else(|| {
                self.unsupported(id, other);
                ShapeKind::Other(other.into())
            }),
        };
        self.model.insert(Shape {
            id: ShapeId::new(id),
            kind,
            traits,
        });
        Ok(())
    }

    fn service(&mut self, id: &str, ast: ObjectNode<'_>, traits: Traits) -> Result<(), Malformed> {
        let missing = |what: &str| format!("the service has no {what}");
        let endpoint_prefix = traits
            .endpoint_prefix
            .ok_or_else(|| missing("aws.api#service with an endpointPrefix"))?;
        let id = ShapeId::new(id);
        let signing_name = traits
            .signing_name
            .unwrap_or_else(|| endpoint_prefix.clone());
        let service = Service {
            version: ast.optional_text("version")?.unwrap_or_default(),
            title: traits.title.unwrap_or_else(|| id.name().to_owned()),
            iam_prefix: traits.arn_namespace.unwrap_or_else(|| signing_name.clone()),
            signing_name,
            paginated: traits.paginated,
            protocol: traits.protocol.ok_or_else(|| {
                missing("protocol this console speaks: awsJson1_0, awsJson1_1 or restJson1")
            })?,
            endpoint: traits.endpoint.unwrap_or_else(|| EndpointRule {
                prefix: endpoint_prefix.clone(),
                ..EndpointRule::default()
            }),
            sdk_id: traits.sdk_id.unwrap_or_else(|| endpoint_prefix.clone()),
            endpoint_prefix,
            operations: Vec::new(),
            id,
        };
        self.services.push((service, ast.targets("operations")?));
        Ok(())
    }

    fn members(&mut self, id: &str, ast: ObjectNode<'_>) -> Result<Vec<Member>, Malformed> {
        let mut members = Vec::new();
        for (name, value) in ast
            .object("members")?
            .into_iter()
            .flat_map(ObjectNode::members)
        {
            members.push(self.member(id, name, ObjectNode::of(value, name)?)?);
        }
        Ok(members)
    }

    /// The member of a list, or the key or value of a map.
    fn part(&mut self, id: &str, name: &str, ast: ObjectNode<'_>) -> Result<Member, Malformed> {
        let member = ast.object(name)?;
        let member = member.ok_or_else(|| format!("{name} is missing"))?;
        self.member(id, name, member)
    }

    fn member(&mut self, id: &str, name: &str, ast: ObjectNode<'_>) -> Result<Member, Malformed> {
        let target = ast.text("target");
        Ok(Member {
            name: name.into(),
            traits: self.traits(&format!("{id}${name}"), ast)?,
            target: ShapeId::new(target.map_err(|malformed| format!("{name}: {malformed}"))?),
        })
    }

    /// The traits of a shape or member. One that is malformed stops the loading at its end, so
    /// that the place is told whatever comes before.
    fn traits(&mut self, at: &str, ast: ObjectNode<'_>) -> Result<Traits, Malformed> {
        let is_timestamp = ast.get("type").and_then(Value::as_str) == Some("timestamp");
        let Some(ast) = ast.object("traits")? else {
            return Ok(Traits::default());
        };
        let mut refused = Vec::new();
        let traits = Traits::read(ast.members(), &mut |id, why| {
            refused.push((id.to_owned(), why))
        });
        for (id, why) in refused {
            match why {
                Refused::Unsupported => self.unsupported(at, &id),
                Refused::Malformed(message) => {
                    self.malformed
                        .get_or_insert(error(at, format!("{id}: {message}")));
                }
            }
        }
        if let Some(format) = traits.timestamp_format.as_deref()
            && !(is_timestamp && matches!(format, "date-time" | "epoch-seconds"))
        {
            self.unsupported(at, "smithy.api#timestampFormat");
        }
        if let Some(pattern) = traits.pattern.as_ref().filter(|p| !p.is_supported()) {
            self.unsupported(at, pattern.source());
        }
        Ok(traits)
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
        for (mut service, targets) in self.services {
            for target in targets {
                let at = self
                    .operations
                    .iter()
                    .position(|operation| operation.id.as_str() == target)
                    .ok_or_else(|| missing_target(service.id.as_str(), &target))?;
                let mut operation = self.operations.remove(at);
                if let Some(paginated) = &mut operation.traits.paginated {
                    paginated.fill(service.paginated.as_ref());
                }
                service.operations.push(operation);
            }
            self.model.check_operations(&service)?;
            self.model.services.push(service);
        }
        self.model.check_targets()?;
        Ok(self.model)
    }
}

/// `smithy.api#Unit` stands for "no input" and "no output".
fn used(target: String) -> Option<ShapeId> {
    (target != "smithy.api#Unit").then(|| ShapeId::new(target))
}
