//! From JSON AST documents to a [`Model`].

use super::ast::{Malformed, ObjectNode};
use super::check::missing_target;
use super::mixins;
use super::prelude::{UNIT, simple};
use super::resources;
use super::traits::Refused;
use super::{
    EndpointRule, Member, Model, Operation, Protocol, Service, Shape, ShapeId, ShapeKind, Traits,
};
use crate::class::Class;
use crate::protocol::{Codec, Codecs};
use serde_json::Value;
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
    /// The trait id, the type's name, the pattern, or in words what an operation needs.
    pub what: String,
    pub kind: Lacking,
    /// Whether the operation is sent all the same, or one that has the shape for its input.
    pub stops: Option<Stops>,
}

/// What kind of thing it is that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    Trait,
    Type,
    Pattern,
    /// A way to send, to answer or to sign.
    Way,
}

/// What is not done for an operation, so that nothing wrong is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stops {
    /// Without what is not supported the request would be another one.
    Writing,
    /// Nothing here reads the output.
    Reading,
    /// Nothing here signs the request.
    Signing,
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

/// Documents in the part of Smithy that the models of this project are written in.
pub fn load_built_in(documents: &[&str]) -> Result<Model, LoadError> {
    let mut loader = Loader::new(none);
    for text in documents {
        loader.document(&parse(text)?)?;
    }
    let model = loader.finish()?;
    match model.services.iter().find(|it| !it.protocol.is_json()) {
        Some(service) => Err(error(
            service.id.as_str(),
            "its protocol is not JSON".into(),
        )),
        None => Ok(model),
    }
}

/// Documents from anywhere: what only these have is first written as the others have it.
pub fn load(documents: &[&str]) -> Result<Model, LoadError> {
    let documents = documents.iter().map(|text| parse(text));
    load_parsed(documents.collect::<Result<_, _>>()?, Codec::of)
}

pub(super) fn load_parsed(documents: Vec<Value>, codecs: Codecs) -> Result<Model, LoadError> {
    let mut loader = Loader::new(codecs);
    for mut document in documents {
        mixins::resolve(&mut document)?;
        resources::resolve(&mut document)?;
        loader.document(&document)?;
    }
    loader.finish()
}

fn parse(text: &str) -> Result<Value, LoadError> {
    serde_json::from_str(text).map_err(|e| error("", e.to_string()))
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

/// The built-in models do without: their two protocols are reached by writing and reading alone.
fn none(_: Protocol) -> Option<Codec> {
    None
}

struct Loader {
    codecs: Codecs,
    model: Model,
    /// Services, with the ids of the operations they bind.
    services: Vec<(Service, Vec<String>)>,
    operations: Vec<Operation>,
    malformed: Option<LoadError>,
}

impl Loader {
    fn new(codecs: Codecs) -> Self {
        Self {
            codecs,
            model: Model::default(),
            services: Vec::new(),
            operations: Vec::new(),
            malformed: None,
        }
    }

    fn document(&mut self, document: &Value) -> Result<(), LoadError> {
        let shapes = shapes(document).map_err(|malformed| error("", malformed))?;
        for (id, ast) in shapes.into_iter().flat_map(ObjectNode::members) {
            self.add(id, ast)?;
        }
        Ok(())
    }

    fn add(&mut self, id: &str, ast: &Value) -> Result<(), LoadError> {
        self.read(id, ast).map_err(|malformed| error(id, malformed))
    }

    fn read(&mut self, id: &str, ast: &Value) -> Result<(), Malformed> {
        let ast = ObjectNode::of(ast, "the shape")?;
        let kind = ast.text("type")?;
        if ast.get("mixins").is_some() || matches!(kind.as_str(), "resource" | "apply") {
            return Err("mixins, apply and resources are not in the built-in models".into());
        }
        let mut traits = self.traits(id, "", ast)?;
        let kind = match kind.as_str() {
            "string" if has_trait(ast, "smithy.api#enum") => ShapeKind::Enum(enum_members(ast)?),
            "service" => return self.service(id, ast, traits),
            "operation" => {
                self.operations.push(Operation {
                    id: ShapeId::new(id),
                    class: match traits.readonly {
                        true => Class::Read,
                        false => Class::Write,
                    },
                    input: ast.target("input")?.and_then(used),
                    output: ast.target("output")?.and_then(used),
                    errors: ast
                        .targets("errors")?
                        .into_iter()
                        .filter_map(used)
                        .collect(),
                    failures: Vec::new(),
                    waiters: Vec::new(),
                    traits,
                });
                return Ok(());
            }
            "enum" => ShapeKind::Enum(self.members(id, ast)?),
            "structure" => ShapeKind::Structure(self.members(id, ast)?),
            "union" => ShapeKind::Union(self.members(id, ast)?),
            "list" | "set" => ShapeKind::List(Box::new(self.part(id, "member", ast)?)),
            "map" => ShapeKind::Map {
                key: Box::new(self.part(id, "key", ast)?),
                value: Box::new(self.part(id, "value", ast)?),
            },
            other => simple(other).unwrap_or_else(|| {
                self.unsupported(id, other, Lacking::Type);
                ShapeKind::Other(other.into())
            }),
        };
        // Such a shape's name is not that of a member that leads to it.
        traits.wire.xml_root = traits.wire.xml_name.take();
        traits.wire.event_stream = traits.wire.streaming && matches!(kind, ShapeKind::Union(_));
        self.model.insert(Shape {
            id: ShapeId::new(id),
            kind,
            traits,
        });
        Ok(())
    }

    fn service(&mut self, id: &str, ast: ObjectNode<'_>, traits: Traits) -> Result<(), Malformed> {
        let id = ShapeId::new(id);
        let own_name = || id.name().to_ascii_lowercase();
        let endpoint_prefix = traits.endpoint_prefix.or(traits.arn_namespace.clone());
        let endpoint_prefix = endpoint_prefix.unwrap_or_else(own_name);
        let signing_name = traits
            .signing_name
            .unwrap_or_else(|| endpoint_prefix.clone());
        let sdk_id = traits.sdk_id.unwrap_or_else(|| endpoint_prefix.clone());
        let hyphenated = |c: char| {
            if c == ' ' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        };
        let by_sdk_id = || sdk_id.chars().map(hyphenated).collect();
        let protocol = traits
            .protocol
            .ok_or("the service has no protocol of AWS's")?;
        let service = Service {
            version: ast.optional_text("version")?.unwrap_or_default(),
            title: traits.title.unwrap_or_else(|| id.name().to_owned()),
            name: traits.service_name.unwrap_or_else(by_sdk_id),
            iam_prefix: traits.arn_namespace.unwrap_or_else(|| signing_name.clone()),
            signing_name,
            paginated: traits.paginated,
            protocol,
            codec: (self.codecs)(protocol),
            target_prefix: id.name().to_owned(),
            wire: traits.wire,
            endpoint: traits.endpoint.unwrap_or_else(|| EndpointRule {
                prefix: endpoint_prefix.clone(),
                ..EndpointRule::default()
            }),
            sdk_id,
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
            traits: self.traits(&format!("{id}${name}"), name, ast)?,
            target: ShapeId::new(target.map_err(|malformed| format!("{name}: {malformed}"))?),
        })
    }

    /// The traits of a shape or member. One that is malformed stops the loading at its end, so
    /// that the place is told whatever comes before.
    fn traits(&mut self, at: &str, name: &str, ast: ObjectNode<'_>) -> Result<Traits, Malformed> {
        let Some(ast) = ast.object("traits")? else {
            return Ok(Traits::default());
        };
        let mut refused = Vec::new();
        let traits = Traits::read(name, ast.members(), &mut |id, why| {
            refused.push((id.to_owned(), why))
        });
        for (id, why) in refused {
            match why {
                Refused::Unsupported => self.unsupported(at, &id, Lacking::Trait),
                Refused::Malformed(message) => {
                    self.malformed
                        .get_or_insert(error(at, format!("{id}: {message}")));
                }
            }
        }
        if let Some(pattern) = traits.pattern.as_ref().filter(|p| !p.is_supported()) {
            self.unsupported(at, pattern.source(), Lacking::Pattern);
        }
        Ok(traits)
    }

    fn unsupported(&mut self, at: &str, what: &str, kind: Lacking) {
        self.model.unsupported.push(Unsupported {
            at: at.into(),
            what: what.into(),
            kind,
            stops: (kind == Lacking::Trait && what.starts_with("smithy.api#http"))
                .then_some(Stops::Writing),
        });
    }

    fn finish(mut self) -> Result<Model, LoadError> {
        if let Some(malformed) = self.malformed {
            return Err(malformed);
        }
        self.model.add_prelude();
        for (mut service, targets) in std::mem::take(&mut self.services) {
            self.bind(&mut service, &targets)?;
            self.model.check_operations(&service)?;
            self.model.refuse(&service);
            self.model.services.push(service);
        }
        self.model.check_targets()?;
        Ok(self.model)
    }

    /// Moves operations to the service that binds them.
    fn bind(&mut self, service: &mut Service, targets: &[String]) -> Result<(), LoadError> {
        for target in targets {
            // What is bound twice is there already.
            let mut bound = service.operations.iter();
            if bound.any(|operation| operation.id.as_str() == target) {
                continue;
            }
            let mut operations = self.operations.iter();
            let at = operations
                .position(|operation| operation.id.as_str() == target)
                .ok_or_else(|| missing_target(service.id.as_str(), target))?;
            let mut operation = self.operations.remove(at);
            if let Some(paginated) = &mut operation.traits.paginated {
                paginated.fill(service.paginated.as_ref());
            }
            service.operations.push(operation);
        }
        Ok(())
    }
}

fn has_trait(ast: ObjectNode<'_>, id: &str) -> bool {
    let traits = ast.object("traits").ok().flatten();
    traits.is_some_and(|traits| traits.get(id).is_some())
}

/// The values of the trait `smithy.api#enum`, which came before enum shapes.
fn enum_members(ast: ObjectNode<'_>) -> Result<Vec<Member>, Malformed> {
    let traits = ast.object("traits")?;
    let values = traits.map(|it| it.items("smithy.api#enum")).transpose()?;
    let members = values.unwrap_or_default().iter().map(|value| {
        let ast = ObjectNode::of(value, "the value of the enum")?;
        let value = ast.text("value")?;
        Ok(Member {
            name: ast.optional_text("name")?.unwrap_or_else(|| value.clone()),
            target: ShapeId::new(UNIT),
            traits: Traits {
                documentation: ast.optional_text("documentation")?,
                enum_value: Some(value),
                ..Traits::default()
            },
        })
    });
    members.collect()
}

/// `smithy.api#Unit` stands for "no input" and "no output".
fn used(target: String) -> Option<ShapeId> {
    (target != UNIT).then(|| ShapeId::new(target))
}
