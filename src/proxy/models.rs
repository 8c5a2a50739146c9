//! The services that requests can be sent to: those of the built-in models, and those of a folder
//! of models as `make models` builds it (docs/models.md), read when they are first asked for.

use crate::failure::Failure;
use crate::http::{HeaderMap, HeaderName, Method};
use crate::policy;
use crate::uri;
use formsmith_api::json;
use formsmith_api::model::{Binding, Model, Operation, Service};
use formsmith_api::protocol::Codec;
use formsmith_wire::{Code, header};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

#[derive(Debug)]
pub struct Models {
    built_in: Arc<Model>,
    folder: Option<Folder>,
}

#[derive(Debug)]
struct Folder {
    path: PathBuf,
    /// How many files each service's model has.
    files: BTreeMap<String, usize>,
    /// They stay as long as the proxy runs.
    read: Mutex<BTreeMap<String, &'static [Model]>>,
}

/// A service with an operation of it, if the request asks for one.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    pub model: &'a Model,
    pub service: &'a Service,
    pub operation: Option<&'a Operation>,
    /// Is the service's endpoint known, and which of its operations only read?
    pub is_built_in: bool,
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

    /// The service of this name, and what of it a request asks for. Reads the service's model if
    /// that was not read before.
    pub fn find(
        &self,
        name: &str,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<Found<'_>, Failure> {
        let built_in = (self.built_in.service(name).into_iter()).map(|it| (&*self.built_in, it));
        let others = match &self.folder {
            Some(folder) => folder.models(name)?,
            None => &[],
        };
        let others = others
            .iter()
            .flat_map(|model| model.services().iter().map(move |service| (model, service)));
        let mut first = None;
        for (model, service) in built_in.chain(others) {
            let asked = policy::operation(service, method, path, headers);
            let found = Found {
                model,
                service,
                operation: asked.filter(|operation| uri::has_query(model, operation, path)),
                is_built_in: std::ptr::eq(model, &*self.built_in),
            };
            if found.operation.is_some() {
                return Ok(found);
            }
            first.get_or_insert(found);
        }
        first.ok_or_else(|| self.unknown())
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

impl Folder {
    fn open(path: &Path) -> Result<Self, String> {
        let index = path.join("index.json");
        let wrong = |why: &str| format!("--models: {}: {why}; see make models", index.display());
        let text = std::fs::read(&index).map_err(|error| wrong(&error.to_string()))?;
        let index = json::parse(&text).map_err(|_| wrong("this is not JSON"))?;
        let services = index["services"].as_object();
        let services = services.ok_or_else(|| wrong("it lists no services"))?;
        let count = |service: &Value| service["operations"].as_array().map_or(0, Vec::len);
        Ok(Self {
            path: path.to_owned(),
            files: services
                .iter()
                .map(|(name, service)| (name.clone(), count(service)))
                .collect(),
            read: Mutex::default(),
        })
    }

    fn models(&self, name: &str) -> Result<&'static [Model], Failure> {
        // Only a name that the index has becomes a part of a path.
        let Some(&files) = self.files.get(name) else {
            return Ok(&[]);
        };
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(models) = read.get(name) {
            return Ok(models);
        }
        // The largest takes a third of a second: meanwhile others are served.
        let is_shared = Handle::try_current()
            .is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
        let models = match is_shared {
            true => block_in_place(|| self.read_files(name, files)),
            false => self.read_files(name, files),
        }?;
        let models: &'static [Model] = models.leak();
        read.insert(name.to_owned(), models);
        Ok(models)
    }

    fn read_files(&self, name: &str, files: usize) -> Result<Vec<Model>, Failure> {
        let folder = self.path.join("services").join(name);
        let models = (0..files).map(|at| {
            let file = folder.join(format!("{at}.json"));
            let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
            let model = text.and_then(|text| {
                Model::load_botocore(name, &text, Codec::of).map_err(|error| error.to_string())
            });
            model.map_err(|error| unreadable(&file, &error))
        });
        models.collect()
    }
}

fn unreadable(file: &Path, error: &str) -> Failure {
    Failure::forbidden(
        Code::ServiceNotAllowed,
        format!(
            "The service's model can't be read: {}: {error}.",
            file.display()
        ),
        "Build the models again: make models.",
    )
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
