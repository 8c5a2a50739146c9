//! The folder of models that `make models` builds; docs/models.md describes it.

use formsmith_api::json;
use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol::Codec;
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub struct Models {
    folder: PathBuf,
    index: Value,
    /// By service and the number of the file; read when first asked for.
    read: HashMap<(String, usize), Model>,
}

impl Models {
    pub fn open(folder: &Path) -> Result<Self, String> {
        let path = folder.join("index.json");
        let text = std::fs::read(&path).map_err(|error| {
            let hint = "make models builds the models, and --models says where they are";
            format!("{}: {error}; {hint}", path.display())
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            index: json::parse(&text).map_err(|_| format!("{} is not JSON", path.display()))?,
            read: HashMap::new(),
        })
    }

    /// The operation, with its service and their model; or why there is none.
    pub fn operation(
        &mut self,
        service: &str,
        operation: &str,
    ) -> Result<(&Model, &Service, &Operation), String> {
        let files = self.index["services"][service]["operations"].as_array();
        let files = files.ok_or_else(|| format!("there is no service {service}"))?;
        let has_it = |file: &Value| {
            let mut names = file.as_array().into_iter().flatten();
            names.any(|name| name == operation)
        };
        let number = files.iter().position(has_it);
        let number = number.ok_or_else(|| format!("{service} has no operation {operation}"))?;
        let model = match self.read.entry((service.to_owned(), number)) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let folder = self.folder.join("services").join(service);
                entry.insert(read(&folder.join(format!("{number}.json")), service)?)
            }
        };
        let found = model.service(service);
        let found = found.and_then(|it| Some((it, it.operation(operation)?)));
        let (service, operation) =
            found.ok_or_else(|| format!("the model of {service} lacks {operation}"))?;
        Ok((model, service, operation))
    }
}

fn read(path: &Path, service: &str) -> Result<Model, String> {
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    Model::load_botocore(service, &text, Codec::of)
        .map_err(|error| format!("{}: {error}", path.display()))
}
