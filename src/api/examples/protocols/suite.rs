//! The suites as botocore has them: files of descriptions with shapes and cases.

use formsmith_api::model::{Model, Operation, Service};
use formsmith_api::protocol::Codec;
use serde_json::{Value, json};
use std::path::Path;

pub struct Suites {
    left_out: Value,
    /// Direction, the file's name without its end, and its suites.
    files: Vec<(&'static str, String, Value)>,
}

pub struct Case<'a> {
    pub direction: &'static str,
    pub file: &'a str,
    pub id: String,
    pub description: &'a str,
    pub suite: &'a Value,
    pub case: &'a Value,
}

impl Suites {
    pub fn read(folder: &Path) -> Self {
        let left_out = parsed(&folder.join("protocol-tests-ignore-list.json"));
        let mut files = Vec::new();
        for direction in ["input", "output"] {
            let entries = std::fs::read_dir(folder.join(direction)).expect("a folder of suites");
            let paths = entries.map(|entry| entry.expect("a file").path());
            for path in paths.filter(|path| path.extension().is_some_and(|end| end == "json")) {
                let name = path.file_stem().expect("a name").to_string_lossy();
                files.push((direction, name.into_owned(), parsed(&path)));
            }
        }
        files.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        Self { left_out, files }
    }

    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.files.iter().flat_map(|(direction, file, suites)| {
            let suites = suites.as_array().expect("suites").iter().enumerate();
            suites.flat_map(move |(at, suite)| {
                let cases = suite["cases"].as_array().expect("cases").iter().enumerate();
                cases.map(move |(number, case)| Case {
                    direction,
                    file,
                    id: match case["id"].as_str() {
                        Some(id) => id.to_owned(),
                        None => format!("{at}:{number}"),
                    },
                    description: suite["description"].as_str().unwrap_or_default(),
                    suite,
                    case,
                })
            })
        })
    }

    /// Does botocore leave the case out, for all protocols or for this one?
    pub fn are_left_out(&self, case: &Case<'_>) -> bool {
        let lists = [
            &self.left_out["general"][case.direction],
            &self.left_out["protocols"][case.file][case.direction],
        ];
        let has = |list: &Value, text: &str| {
            let mut items = list.as_array().into_iter().flatten();
            items.any(|item| item == text)
        };
        lists
            .into_iter()
            .any(|list| has(&list["suites"], case.description) || has(&list["cases"], &case.id))
    }
}

fn parsed(path: &Path) -> Value {
    let text = std::fs::read_to_string(path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Case<'_> {
    /// The model that the suite describes, with the case's operation alone.
    pub fn model(&self) -> Result<Model, String> {
        let mut given = self.case["given"].clone();
        let name = self.operation_name();
        if given.get("name").is_none() {
            given["name"] = name.into();
        }
        let mut operations = json!({});
        operations[name] = given;
        let document = json!({
            "metadata": self.suite["metadata"],
            "shapes": self.suite["shapes"],
            "operations": operations,
        });
        Model::load_botocore("suite", &document.to_string(), Codec::of)
            .map_err(|error| error.to_string())
    }

    pub fn operation_name(&self) -> &str {
        self.case["given"]["name"]
            .as_str()
            .unwrap_or("OperationName")
    }

    pub fn operation<'m>(&self, model: &'m Model) -> (&'m Service, &'m Operation) {
        let service = model.services().first().expect("a service");
        let operation = service.operation(self.operation_name());
        (service, operation.expect("the operation"))
    }

    pub fn protocol(&self) -> &str {
        self.suite["metadata"]["protocol"]
            .as_str()
            .unwrap_or_default()
    }
}
