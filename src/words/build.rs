//! Makes a function of each text in `languages/en.json`, and of every other language a table and
//! overlays of the models, which a page fetches when it is used. A language that is not complete
//! fails the build.

#[path = "overlays.rs"]
mod overlays;
// The other rules are for the page.
#[allow(dead_code)]
#[path = "rules.rs"]
mod rules;
#[path = "tables.rs"]
mod tables;

use overlays::Texts;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};
use tables::{PSEUDO, SOURCE, Table, marked};

type Failure = Box<dyn std::error::Error>;

/// What the build of formsmith-api calls the catalog.
const CATALOG: &str = "catalog.json";

fn main() -> Result<(), Failure> {
    for input in ["languages", "rules.rs", "tables.rs", "overlays.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let source = read(SOURCE)?;
    source.check(&source)?;
    fs::write(out.join("texts.rs"), source.code())?;

    // What a page fetches, and where the example finds it.
    let mut files = Vec::new();
    let mut write = |name: String, text: String| -> Result<(), Failure> {
        let path = out.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(&out))?;
        fs::write(&path, text)?;
        files.push(format!("({name:?}, {path:?})"));
        Ok(())
    };
    let models = models()?;
    let places = json(&texts().join(CATALOG))?;
    for tag in [PSEUDO.to_owned()].into_iter().chain(tags()?) {
        let table = match tag.as_str() {
            PSEUDO => source.pseudo(),
            tag => read(tag)?,
        };
        table.check(&source)?;
        write(format!("words/{tag}.json"), table.file(&source))?;
        let mut overlays = BTreeMap::new();
        for (file, model) in &models {
            let overlay = match tag.as_str() {
                PSEUDO => in_marks(model),
                tag => overlay(&format!("languages/{tag}/{file}"), model)?,
            };
            let text = Value::from(overlay.clone()).to_string();
            write(format!("models/{tag}/{file}"), text)?;
            overlays.insert(file.as_str(), overlay);
        }
        let catalog =
            overlays::of_catalog(&places, |file, pointer| overlays[file][pointer].clone());
        write(
            format!("models/{tag}/{CATALOG}"),
            Value::from(catalog).to_string(),
        )?;
    }
    fs::write(out.join("files.rs"), format!("&[{}]", files.join(",\n")))?;
    Ok(())
}

/// Where the build of formsmith-api has put the texts of the models.
fn texts() -> PathBuf {
    env::var_os("DEP_FORMSMITH_MODELS_TEXTS")
        .unwrap_or_default()
        .into()
}

/// The texts of each model, by its file.
fn models() -> Result<Vec<(String, Texts)>, Failure> {
    let paths = sorted(&texts())?;
    let models = paths.iter().filter(|path| name(path) != CATALOG);
    models.map(|path| Ok((name(path), json(path)?))).collect()
}

fn json(path: &Path) -> Result<Texts, Failure> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

fn in_marks(model: &Texts) -> Texts {
    let text = |(pointer, text): (&String, &Value)| {
        (
            pointer.clone(),
            marked(text.as_str().unwrap_or_default()).into(),
        )
    };
    model.iter().map(text).collect()
}

fn overlay(path: &str, model: &Texts) -> Result<Texts, Failure> {
    let file = fs::read_to_string(path).map_err(|why| format!("{path}: {why}"))?;
    let overlay = overlays::read(path, &file)?;
    overlays::check(path, &overlay, model)?;
    Ok(overlay)
}

fn read(tag: &str) -> Result<Table, Failure> {
    let file = fs::read_to_string(format!("languages/{tag}.json"))?;
    Ok(Table::read(tag, &file)?)
}

/// The languages beside the one that the texts are written in.
fn tags() -> Result<Vec<String>, Failure> {
    let names = sorted(Path::new("languages"))?;
    let names = names.iter().map(|path| name(path));
    let tags = names.filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()));
    Ok(tags.filter(|tag| tag != SOURCE).collect())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
