//! A folder of models, as `make models` builds it (docs/models.md): its index, its partitions, and
//! the models of services, read when they are first asked for.

use crate::failure::Failure;
use crate::memory;
use crate::outline::Service;
use crate::rules::Rules;
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_endpoints::{Partitions, RuleSet};
use formsmith_wire::Code;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;

#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    services: BTreeMap<String, Listed>,
    /// There are none in a folder of services of one's own alone.
    partitions: Option<Arc<Partitions>>,
    /// By their number: services share some.
    sets: Mutex<BTreeMap<u64, Arc<RuleSet>>>,
    /// Held by whoever reads a model: one at a time is in memory.
    reading: Mutex<()>,
}

/// What is read of an index, which says much more: the rest is passed over unread.
#[derive(Deserialize)]
struct Index {
    services: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    /// A list for each file.
    operations: Vec<IgnoredAny>,
    endpoint: Option<ListedEndpoint>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ListedEndpoint {
    rules: Option<u64>,
    host_prefix: Option<Box<str>>,
}

/// What the index says of a service, and what was read of it: that stays as long as the proxy runs.
#[derive(Debug)]
struct Listed {
    /// How many files its model has.
    files: usize,
    /// The number of its rule set. What has none is no service of AWS's.
    rules: Option<u64>,
    /// What its hosts begin with, where it shares its rules with others.
    host_prefix: Option<Box<str>>,
    outline: OnceLock<Option<Service>>,
    endpoints: OnceLock<Arc<Rules>>,
}

impl Folder {
    /// The error says what is wrong with which of its files.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = path.join("index.json");
        let wrong = |why: &str| unusable(&file, why);
        let text = std::fs::read(&file).map_err(|error| wrong(&error.to_string()))?;
        let index = serde_json::from_slice(&text).map_err(|error| wrong(&error.to_string()));
        let Index { services } = index?;
        let partitions = partitions(&path.join("partitions.json"))?;
        let services = services.into_iter();
        let services: BTreeMap<_, _> = services
            .map(|(name, entry)| (name, Listed::of(entry)))
            .collect();
        if partitions.is_none() && services.values().any(|listed| listed.rules.is_some()) {
            return Err(wrong(
                "services have rules, and there is no partitions.json",
            ));
        }
        Ok(Self {
            path: path.to_owned(),
            services,
            partitions: partitions.map(Arc::new),
            sets: Mutex::default(),
            reading: Mutex::default(),
        })
    }

    /// AWS's partitions and regions, if it has them.
    pub fn partitions(&self) -> Option<&Partitions> {
        self.partitions.as_deref()
    }

    /// The rules of where a service's requests go; none where it is no service of AWS's.
    pub fn rules(&self, name: &str) -> Result<Option<&Arc<Rules>>, Failure> {
        let listed = self.services.get(name);
        let listed = listed.and_then(|listed| Some((listed, listed.rules?)));
        let (Some((listed, number)), Some(partitions)) = (listed, &self.partitions) else {
            return Ok(None);
        };
        if let Some(rules) = listed.endpoints.get() {
            return Ok(Some(rules));
        }
        let prefix = listed.host_prefix.as_deref();
        let read = Rules::new(self.set(number)?, prefix, partitions.clone());
        Ok(Some(listed.endpoints.get_or_init(|| Arc::new(read))))
    }

    fn set(&self, number: u64) -> Result<Arc<RuleSet>, Failure> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = sets.get(&number) {
            return Ok(set.clone());
        }
        let file = self.path.join("endpoints").join(format!("{number}.json"));
        let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
        let set = text.and_then(|text| RuleSet::read(&text).map_err(|error| error.to_string()));
        let set = Arc::new(set.map_err(|error| unreadable(&file, &error))?);
        sets.insert(number, set.clone());
        Ok(set)
    }

    /// What the models of a service say, and its rules; neither where the index has no such service.
    pub fn service(&self, name: &str) -> Result<(Option<&Service>, Option<&Rules>), Failure> {
        // Only a name that the index has becomes a part of a path.
        let Some(listed) = self.services.get(name) else {
            return Ok((None, None));
        };
        if let Some(read) = listed.outline.get() {
            return Ok((read.as_ref(), listed.endpoints.get().map(|rules| &**rules)));
        }
        let rules = self.rules(name)?.map(|rules| &**rules);
        let read = || {
            let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(read) = listed.outline.get() {
                return Ok((read.as_ref(), rules));
            }
            // A model takes a hundred times what is kept of it: all of that in one thread, so that
            // it can go back to the system.
            let read = thread::scope(|scope| {
                let reader = scope.spawn(|| {
                    let read = self.read_files(name, listed.files, rules);
                    memory::give_back();
                    read
                });
                reader.join().unwrap_or_else(|panic| resume_unwind(panic))
            })?;
            Ok((listed.outline.get_or_init(|| read).as_ref(), rules))
        };
        // The largest takes a tenth of a second: meanwhile others are served.
        let is_shared = Handle::try_current()
            .is_ok_and(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
        match is_shared {
            true => block_in_place(read),
            false => read(),
        }
    }

    fn read_files(
        &self,
        name: &str,
        files: usize,
        rules: Option<&Rules>,
    ) -> Result<Option<Service>, Failure> {
        let folder = self.path.join("services").join(name);
        let mut whole: Option<Service> = None;
        for at in 0..files {
            let file = folder.join(format!("{at}.json"));
            let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
            let model = text.and_then(|text| {
                let asked = |member: &str| rules.is_some_and(|rules| rules.ask_for(member));
                Model::load_botocore_heads(name, &text, &asked, Codec::of)
                    .map_err(|error| error.to_string())
            });
            let model = model.map_err(|error| unreadable(&file, &error))?;
            for service in model.services() {
                let part = Service::of(&model, service, rules, false);
                match &mut whole {
                    Some(whole) => whole.join(part),
                    None => whole = Some(part),
                }
            }
        }
        Ok(whole)
    }
}

impl Listed {
    fn of(entry: Entry) -> Self {
        let endpoint = entry.endpoint.unwrap_or_default();
        Self {
            files: entry.operations.len(),
            rules: endpoint.rules,
            host_prefix: endpoint.host_prefix,
            outline: OnceLock::new(),
            endpoints: OnceLock::new(),
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
