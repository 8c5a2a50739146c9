//! The services that requests can be sent to: those of the built-in models, and those of a folder
//! of models as `make models` builds it (docs/models.md), read when they are first asked for.

use crate::failure::Failure;
use crate::folder::Folder;
use crate::http::{HeaderMap, HeaderName, Method};
use crate::policy;
use crate::rules::Rules;
use crate::uri;
use formsmith_api::curated::REGIONS;
use formsmith_api::model::{Binding, Model, Operation, Service};
use formsmith_wire::{Code, header};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug)]
pub struct Models {
    built_in: Arc<Model>,
    folder: Option<Folder>,
}

/// A service with an operation of it, if the request asks for one.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub model: &'a Model,
    pub service: &'a Service,
    pub operation: Option<&'a Operation>,
    /// Does its model come with the proxy?
    pub is_built_in: bool,
    /// Where its requests go, where AWS says so. What has no rules and isn't built in is a service
    /// of somebody's own.
    pub rules: Option<&'a Rules>,
}

impl Models {
    /// The error says what is wrong with the folder.
    pub fn new(built_in: Arc<Model>, folder: Option<&Path>) -> Result<Self, String> {
        let folder = folder.map(Folder::open).transpose()?;
        Ok(Self { built_in, folder })
    }

    pub fn built_in(&self) -> &Arc<Model> {
        &self.built_in
    }

    /// Does AWS have this region? The folder has AWS's own list; without it, the regions that the
    /// console offers are all there are. What stands for a whole partition is no region.
    pub fn has_region(&self, region: &str) -> bool {
        let listed = self.folder.as_ref().and_then(Folder::partitions);
        match listed {
            Some(listed) => listed.is_known(region) && !listed.is_global(region),
            None => REGIONS.contains(&region),
        }
    }

    /// The rules of where a service's requests go, where there are any.
    pub fn rules(&self, name: &str) -> Result<Option<&'static Rules>, Failure> {
        let folder = self.folder.as_ref();
        folder.map_or(Ok(None), |folder| folder.rules(name))
    }

    /// The service of this name in each model that has a part of it, without an operation. Reads the
    /// service's model if that was not read before.
    fn parts(&self, name: &str) -> Result<impl Iterator<Item = Found<'_>>, Failure> {
        let (others, rules) = match &self.folder {
            Some(folder) => (folder.models(name)?, folder.rules(name)?),
            None => (&[][..], None),
        };
        let built_in = self.built_in.service(name).into_iter();
        let built_in = built_in.map(|service| (&*self.built_in, service, true));
        let others = others.iter().flat_map(|model| {
            let services = model.services().iter();
            services.map(move |service| (model, service, false))
        });
        let parts = built_in.chain(others);
        Ok(parts.map(move |(model, service, is_built_in)| Found {
            model,
            service,
            operation: None,
            is_built_in,
            rules,
        }))
    }

    /// The service of this name, and what of it a request asks for.
    pub fn find(
        &self,
        name: &str,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<Found<'_>, Failure> {
        let mut first = None;
        for part in self.parts(name)? {
            let asked = policy::operation(part.service, method, path, headers);
            let operation = asked.filter(|operation| uri::has_query(part.model, operation, path));
            if operation.is_some() {
                return Ok(Found { operation, ..part });
            }
            first.get_or_insert(part);
        }
        first.ok_or_else(|| self.unknown())
    }

    /// An operation by the names that AWS has for it and its service.
    pub fn named(
        &self,
        service: &str,
        operation: &str,
    ) -> Result<Option<(Found<'_>, &Operation)>, Failure> {
        Ok(self.parts(service)?.find_map(|part| {
            let operation = part.service.operation(operation)?;
            let found = Found {
                operation: Some(operation),
                ..part
            };
            Some((found, operation))
        }))
    }

    fn unknown(&self) -> Failure {
        let what_to_do = match &self.folder {
            Some(_) => "Use a service of the models in the folder of --models.".to_owned(),
            None => {
                let services = self.built_in.services().iter();
                let known: Vec<_> = services.map(|service| service.name.as_str()).collect();
                format!(
                    "Use one of these in the address: {}. For others, run make models and start the \
                     proxy with --models.",
                    known.join(", ")
                )
            }
        };
        Failure::forbidden(
            Code::ServiceNotAllowed,
            "The proxy's models don't include this service.",
            what_to_do,
        )
    }
}

/// The headers that a request to an operation may have, and those of its answer that it binds.
pub fn bound_headers(found: &Found<'_>, is_answer: bool) -> BoundHeaders {
    let mut bound = BoundHeaders {
        is_answer,
        ..BoundHeaders::default()
    };
    let Some(operation) = found.operation else {
        return bound;
    };
    let shapes = match is_answer {
        true => (operation.output.iter().chain(&operation.errors)).collect::<Vec<_>>(),
        false => operation.input.iter().collect(),
    };
    for member in (shapes.into_iter().filter_map(|id| found.model.shape(id)))
        .flat_map(|shape| shape.members())
    {
        match &member.traits.wire.binding {
            Binding::Header(name) => bound.names.push(name.to_ascii_lowercase()),
            Binding::PrefixHeaders(prefix) => bound.prefixes.push(prefix.to_ascii_lowercase()),
            _ => {}
        }
    }
    bound
}

#[derive(Debug, Default)]
pub struct BoundHeaders {
    /// In lower case.
    names: Vec<String>,
    prefixes: Vec<String>,
    is_answer: bool,
}

/// What the connection, the browser or the signature is about, whatever a model says.
const NEVER: [&str; 11] = [
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "origin",
    "referer",
    "set-cookie",
    "transfer-encoding",
    "x-amz-date",
    "x-amz-security-token",
];

impl BoundHeaders {
    /// Is this one bound by its name, whatever becomes of it?
    pub fn names(&self, name: &HeaderName) -> bool {
        self.names.iter().any(|it| it == name.as_str())
    }

    /// What it is called on its way to the page, if it is bound and may mean something to browsers.
    pub fn renamed(&self, name: &HeaderName) -> Option<HeaderName> {
        let is_renamed = self.is_bound(name) && self.may_be_heeded(name);
        let name = is_renamed.then(|| [header::ANSWERED, name.as_str()].concat())?;
        HeaderName::from_bytes(name.as_bytes()).ok()
    }

    /// Does it travel under its own name?
    pub fn has(&self, name: &HeaderName) -> bool {
        self.is_bound(name) && !self.may_be_heeded(name)
    }

    fn is_bound(&self, name: &HeaderName) -> bool {
        let is_named = self.names(name);
        let name = name.as_str();
        let mut prefixes = self.prefixes.iter();
        let is_bound = is_named || prefixes.any(|prefix| name.starts_with(prefix.as_str()));
        let is_own = name.starts_with("x-formsmith-") || name.starts_with("sec-");
        is_bound && !is_own && !NEVER.contains(&name)
    }

    /// Of an answer's headers a browser knows those of AWS by no name. A prefix may bind any header,
    /// and in `SendApiAsset` of Data Exchange it does.
    fn may_be_heeded(&self, name: &HeaderName) -> bool {
        let is_for_browsers = header::FOR_BROWSERS.contains(&name.as_str());
        let is_of_aws = name.as_str().starts_with("x-amz");
        self.is_answer && (is_for_browsers || (!self.names(name) && !is_of_aws))
    }
}
