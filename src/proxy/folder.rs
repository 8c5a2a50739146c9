//! A folder of models, as `make models` builds it (docs/models.md): its index, its partitions, and
//! the models of services, read when they are first asked for.

use crate::failure::Failure;
use formsmith_api::json;
use formsmith_api::model::Model;
use formsmith_api::protocol::Codec;
use formsmith_endpoints::Partitions;
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
    /// How many files each service's model has.
    files: BTreeMap<String, usize>,
    /// There are none in a folder of services of one's own alone.
    partitions: Option<Partitions>,
    /// They stay as long as the proxy runs.
    read: Mutex<BTreeMap<String, &'static [Model]>>,
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
        let count = |service: &Value| service["operations"].as_array().map_or(0, Vec::len);
        Ok(Self {
            path: path.to_owned(),
            files: services
                .iter()
                .map(|(name, service)| (name.clone(), count(service)))
                .collect(),
            partitions: partitions(&path.join("partitions.json"))?,
            read: Mutex::default(),
        })
    }

    /// AWS's partitions and regions, if it has them.
    pub fn partitions(&self) -> Option<&Partitions> {
        self.partitions.as_ref()
    }

    /// The models that a service's operations are spread over; none where the index has no such
    /// service.
    pub fn models(&self, name: &str) -> Result<&'static [Model], Failure> {
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
