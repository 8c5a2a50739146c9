//! The services that requests can be sent to: those of the built-in models, and those of a folder
//! of models as `make models` builds it (docs/models.md), read when they are first asked for.

use crate::failure::Failure;
use crate::folder::Folder;
use crate::http::{HeaderMap, Method};
use crate::outline::{Operation, Service};
use crate::policy;
use crate::rules::Rules;
use crate::uri;
use formsmith_api::curated::REGIONS;
use formsmith_api::model::Model;
use formsmith_wire::Code;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug)]
pub struct Models {
    built_in: Vec<Service>,
    folder: Option<Folder>,
}

/// A service with an operation of it, if the request asks for one.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub service: &'a Service,
    pub operation: Option<&'a Operation>,
    /// Where its requests go, where AWS says so. What has no rules and isn't built in is a service
    /// of somebody's own.
    pub rules: Option<&'a Rules>,
}

impl Models {
    /// The error says what is wrong with the folder.
    pub fn new(built_in: &Model, folder: Option<&Path>) -> Result<Self, String> {
        let services = built_in.services().iter();
        let built_in = services.map(|service| Service::of(built_in, service, None, true));
        Ok(Self {
            built_in: built_in.collect(),
            folder: folder.map(Folder::open).transpose()?,
        })
    }

    pub fn built_in(&self) -> &[Service] {
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
    pub fn rules(&self, name: &str) -> Result<Option<&Arc<Rules>>, Failure> {
        let folder = self.folder.as_ref();
        folder.map_or(Ok(None), |folder| folder.rules(name))
    }

    /// The service of this name as it is built in, and as the folder has it, without an operation.
    /// Reads the service's model if that was not read before.
    fn parts(&self, name: &str) -> Result<impl Iterator<Item = Found<'_>>, Failure> {
        let (other, rules) = match &self.folder {
            Some(folder) => folder.service(name)?,
            None => (None, None),
        };
        let built_in = self.built_in.iter().filter(move |it| it.name == name);
        Ok(built_in.chain(other).map(move |service| Found {
            service,
            operation: None,
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
            let operation = asked.filter(|operation| uri::has_query(operation, path));
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
                let known = self.built_in.iter();
                let known: Vec<_> = known.map(|service| service.name.as_str()).collect();
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
