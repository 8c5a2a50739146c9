//! A folder of models, as `make models` builds it (docs/models.md): its index, its partitions, and
//! the models of services, read when they are first asked for.

use crate::failure::Failure;
use crate::rules::Rules;
use formsmith_api::json;
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_endpoints::{Partitions, RuleSet};
use formsmith_wire::Code;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    services: BTreeMap<String, Listed>,
    /// There are none in a folder of services of one's own alone.
    partitions: Option<&'static Partitions>,
    /// What was read stays as long as the proxy runs.
    read: Mutex<BTreeMap<String, &'static [Model]>>,
    rules: Mutex<BTreeMap<String, &'static Rules>>,
    /// By their number: services share some.
    sets: Mutex<BTreeMap<u64, &'static RuleSet>>,
}

/// What the index says of a service.
#[derive(Debug)]
struct Listed {
    /// How many files its model has.
    files: usize,
    /// The number of its rule set. What has none is no service of AWS's.
    rules: Option<u64>,
    /// What its hosts begin with, where it shares its rules with others.
    host_prefix: Option<Box<str>>,
}

impl Folder {
    /// The error says what is wrong with which of its files.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = path.join("index.json");
        let wrong = |why: &str| unusable(&file, why);
        let text = std::fs::read(&file).map_err(|error| wrong(&error.to_string()))?;
        let index = json::parse(&text).map_err(|_| wrong("this is not JSON"))?;
        let services = index["services"].as_object();
        let services = services.ok_or_else(|| wrong("it lists no services"))?;
        let partitions = partitions(&path.join("partitions.json"))?;
        let services: BTreeMap<_, _> = services
            .iter()
            .map(|(name, service)| (name.clone(), Listed::read(service)))
            .collect();
        if partitions.is_none() && services.values().any(|listed| listed.rules.is_some()) {
            return Err(wrong(
                "services have rules, and there is no partitions.json",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            services,
            partitions: partitions.map(|partitions| &*Box::leak(Box::new(partitions))),
            read: Mutex::default(),
            rules: Mutex::default(),
            sets: Mutex::default(),
        })
    }

    /// AWS's partitions and regions, if it has them.
    pub fn partitions(&self) -> Option<&'static Partitions> {
        self.partitions
    }

    /// The rules of where a service's requests go; none where it is no service of AWS's.
    pub fn rules(&self, name: &str) -> Result<Option<&'static Rules>, Failure> {
        let listed = self.services.get(name);
        let listed = listed.and_then(|listed| Some((listed, listed.rules?)));
        let (Some((listed, number)), Some(partitions)) = (listed, self.partitions) else {
            return Ok(None);
        };
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = rules.get(name) {
            return Ok(Some(rules));
        }
        let prefix = listed.host_prefix.as_deref();
        let read = Rules::new(self.set(number)?, prefix, partitions);
        let read: &'static Rules = Box::leak(Box::new(read));
        rules.insert(name.to_owned(), read);
        Ok(Some(read))
    }

    fn set(&self, number: u64) -> Result<&'static RuleSet, Failure> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = sets.get(&number) {
            return Ok(set);
        }
        let file = self.path.join("endpoints").join(format!("{number}.json"));
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
        let set = text.and_then(|text| RuleSet::read(&text).map_err(|error| error.to_string()));
        let set = set.map_err(|error| unreadable(&file, &error))?;
        let set: &'static RuleSet = Box::leak(Box::new(set));
        sets.insert(number, set);
        Ok(set)
    }

    /// The models that a service's operations are spread over; none where the index has no such
    /// service.
    pub fn models(&self, name: &str) -> Result<&'static [Model], Failure> {
        // Only a name that the index has becomes a part of a path.
        let Some(listed) = self.services.get(name) else {
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
            true => block_in_place(|| self.read_files(name, listed.files)),
            false => self.read_files(name, listed.files),
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

impl Listed {
    fn read(service: &Value) -> Self {
        let endpoint = &service["endpoint"];
        Self {
            files: service["operations"].as_array().map_or(0, Vec::len),
            rules: endpoint["rules"].as_u64(),
            host_prefix: endpoint["hostPrefix"].as_str().map(Box::from),
        }
    }
}

fn partitions(file: &Path) -> Result<Option<Partitions>, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => match Partitions::read(&text) {
            Ok(partitions) => Ok(Some(partitions)),
            Err(error) => Err(unusable(file, &error.to_string())),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(file, &error.to_string())),
    }
}

fn unusable(file: &Path, why: &str) -> String {
    format!("--models: {}: {why}; see make models", file.display())
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
