//! What the proxy keeps of a model: all that decides which operation a request asks for, whether it
//! is signed and where it goes. The rest, by far the most of a model, describes bodies, and is
//! dropped once this is made.

use crate::addresses::{Addresses, Fit};
use crate::bound::BoundHeaders;
use crate::http::Method;
use crate::rules::Rules;
use formsmith_api::class::Class;
use formsmith_api::model::{self, Auth, Binding, EndpointRule, Member, Model, Protocol, ShapeKind};
use formsmith_api::protocol::{answer_file_member, file_member};

/// A service with the operations that one source of models has of it: those built in, or those of a
/// folder.
#[derive(Debug)]
pub struct Service {
    pub name: String,
    /// In words.
    pub title: String,
    pub sdk_id: String,
    pub signing_name: String,
    /// The API version, such as `2015-12-10`.
    pub version: String,
    /// What the protocol calls the service: in `X-Amz-Target`, or in the path of rpcv2Cbor.
    pub target_prefix: String,
    pub protocol: Protocol,
    /// Where it answers, if it has no [`Rules`].
    pub endpoint: EndpointRule,
    pub is_built_in: bool,
    /// In the order of their names.
    operations: Vec<Operation>,
    /// Those that have one of their own.
    addresses: Addresses,
}

#[derive(Debug)]
pub struct Operation {
    pub name: Box<str>,
    /// What it can do by itself.
    pub class: Class,
    /// Method and path, where the protocol has each operation have its own.
    pub http: Option<Http>,
    /// Members of the input that stand outside of the body, or that rules of endpoints ask for.
    pub members: Box<[Parameter]>,
    /// Headers of its requests, and those of its answers.
    pub sent: BoundHeaders,
    pub answered: BoundHeaders,
    /// A header that its requests need and that no model binds.
    pub needed: Option<&'static str>,
    /// May a file be the body of its requests, and of its answers?
    pub takes_file: bool,
    pub gives_file: bool,
    pub auth: Auth,
    /// What stands before the endpoint's host, labels in braces.
    pub host_prefix: Option<Box<str>>,
    pub takes_gzip: bool,
    /// What it needs that isn't done here: it can't be sent.
    pub lacks: Option<Box<str>>,
}

#[derive(Debug)]
pub struct Http {
    pub method: Method,
    /// Path and query, with labels in braces.
    pub uri: Box<str>,
    /// How long the path is.
    path: usize,
}

/// A member of an input.
#[derive(Debug)]
pub struct Parameter {
    pub name: Box<str>,
    pub binding: Binding,
    /// Its name in a body of JSON, where that is another one.
    pub json_name: Option<Box<str>>,
    pub is_required: bool,
    pub is_map: bool,
}

impl Service {
    /// The part of a service that a model has; what it can do is judged by AWS's rules as well, which
    /// a service of somebody's own has not.
    pub fn of(
        model: &Model,
        service: &model::Service,
        rules: Option<&Rules>,
        is_built_in: bool,
    ) -> Self {
        let operations = service.operations.iter();
        let operations = operations.map(|it| Operation::of(model, service, it, rules, is_built_in));
        let mut own = Self {
            name: service.name.clone(),
            title: service.title.clone(),
            sdk_id: service.sdk_id.clone(),
            signing_name: service.signing_name.clone(),
            version: service.version.clone(),
            target_prefix: service.target_prefix.clone(),
            protocol: service.protocol,
            endpoint: service.endpoint.clone(),
            is_built_in,
            operations: operations.collect(),
            addresses: Addresses::default(),
        };
        own.arrange();
        own
    }

    /// Adds the operations of another part.
    pub fn join(&mut self, other: Self) {
        self.operations.extend(other.operations);
        self.arrange();
    }

    fn arrange(&mut self) {
        self.operations
            .sort_by(|one, other| one.name.cmp(&other.name));
        self.operations.shrink_to_fit();
        let operations = (0..).zip(&self.operations);
        let paths = operations.filter_map(|(at, it)| Some((at, it.http.as_ref()?.path())));
        self.addresses = Addresses::of(paths);
    }

    /// The operations whose addresses a path without its query fits, each with the number of
    /// segments that are literal in both.
    pub fn fitting(&self, path: &str) -> impl Iterator<Item = (usize, &Operation, &Http)> {
        let fitting = self.addresses.fitting(path).into_iter();
        fitting.filter_map(|Fit { place, same }| {
            let operation = self.operations.get(usize::try_from(place).ok()?)?;
            Some((same, operation, operation.http.as_ref()?))
        })
    }

    pub fn operation(&self, name: &str) -> Option<&Operation> {
        let found = self.operations.binary_search_by(|it| (*it.name).cmp(name));
        found.ok().map(|at| &self.operations[at])
    }

    /// The operation that a value of `X-Amz-Target` names.
    pub fn targeted(&self, target: &str) -> Option<&Operation> {
        let name = target.strip_prefix(self.target_prefix.as_str())?;
        self.operation(name.strip_prefix('.')?)
    }
}

impl Operation {
    fn of(
        model: &Model,
        service: &model::Service,
        operation: &model::Operation,
        rules: Option<&Rules>,
        is_built_in: bool,
    ) -> Self {
        let name = operation.name();
        let members = |id| model.shape(id).map_or(&[][..], model::Shape::members);
        let input = operation.input.as_ref().map_or(&[][..], members);
        let answers = operation.output.iter().chain(&operation.errors);
        let asked_for = |member: &str| {
            let mut asked = rules.into_iter().flat_map(|rules| rules.members(name));
            asked.any(|(_, own)| own == member)
        };
        let kept = input.iter().filter(|member| {
            let binding = &member.traits.wire.binding;
            !matches!(binding, Binding::Body | Binding::Payload) || asked_for(&member.name)
        });
        let wire = &operation.traits.wire;
        let http = operation.traits.http.as_ref();
        let http = http.filter(|_| service.protocol.is_rest());
        Self {
            name: name.into(),
            class: class(&service.name, operation, rules, is_built_in),
            http: http.and_then(Http::of),
            members: kept.map(|member| Parameter::of(model, member)).collect(),
            sent: BoundHeaders::of(input.iter(), false),
            answered: BoundHeaders::of(answers.flat_map(members), true),
            needed: service.header(operation).map(|(name, _)| name),
            takes_file: file_member(model, service, operation).is_some(),
            gives_file: answer_file_member(model, service, operation).is_some(),
            auth: wire.auth,
            host_prefix: wire.host_prefix.clone(),
            takes_gzip: wire.request_compression,
            lacks: model.refusal(operation).map(|it| it.what.as_str().into()),
        }
    }
}

/// What an operation can do. A service of somebody's own is judged by nobody, and isn't AWS's,
/// whatever it is called: what it does is a change, or what AWS's operation of that name would do.
fn class(
    service: &str,
    operation: &model::Operation,
    rules: Option<&Rules>,
    is_built_in: bool,
) -> Class {
    let known = Class::of(service, operation.name());
    match (is_built_in, rules) {
        (true, _) if operation.class == Class::Read => Class::Read,
        (false, Some(_)) => known,
        _ => known.max(Class::Write),
    }
}

impl Http {
    /// None for a method that no request can have.
    fn of(http: &model::Http) -> Option<Self> {
        Some(Self {
            method: http.method.parse().ok()?,
            uri: http.uri.as_str().into(),
            path: http.uri.find('?').unwrap_or(http.uri.len()),
        })
    }

    fn path(&self) -> &str {
        &self.uri[..self.path]
    }

    /// Empty where the template has none.
    pub fn query(&self) -> &str {
        self.uri.get(self.path + 1..).unwrap_or_default()
    }
}

impl Parameter {
    fn of(model: &Model, member: &Member) -> Self {
        let target = model.shape(&member.target);
        Self {
            name: member.name.as_str().into(),
            binding: member.traits.wire.binding.clone(),
            json_name: member.traits.wire.json_name.clone(),
            is_required: member.traits.required,
            is_map: target.is_some_and(|shape| matches!(shape.kind, ShapeKind::Map { .. })),
        }
    }
}
