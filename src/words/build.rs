//! Makes a function of each text in `languages/en.json`, and of every other language a table and
//! the models with their texts in it, which a page fetches when it is used. A language that is not
//! complete fails the build.

// The other rules are for the page.
#[allow(dead_code)]
#[path = "rules.rs"]
mod rules;
#[path = "tables.rs"]
mod tables;
#[path = "translations.rs"]
mod translations;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};
use tables::{PSEUDO, SOURCE, Table, marked};
use translations::Texts;

type Failure = Box<dyn std::error::Error>;

/// A model as the build of formsmith-api has left it.
struct Model {
    file: String,
    document: Value,
    /// Its texts, by their JSON pointers.
    places: Texts,
}

fn main() -> Result<(), Failure> {
    for input in ["languages", "rules.rs", "tables.rs", "translations.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let models = PathBuf::from(env::var("DEP_FORMSMITH_MODELS_FOLDER")?);
    // The texts of the catalog in the order in which it is read: file and text.
    let catalog = fs::read_to_string(models.join("catalog-texts.json"))?;
    let catalog: Vec<(String, String)> = serde_json::from_str(&catalog)?;
    let models = self::models(&models)?;
    let source = read(SOURCE)?.with_catalog(catalog.iter().map(|(_, text)| text.clone()).collect());
    source.check(&source)?;
    let tags = tags()?;
    fs::write(out.join("texts.rs"), source.code(&tags))?;

    // What a page fetches, and where the example finds it.
    let mut files = Vec::new();
    let mut write = |name: String, text: String| -> Result<(), Failure> {
        let path = out.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(&out))?;
        fs::write(&path, text)?;
        files.push(format!("({name:?}, {path:?})"));
        Ok(())
    };
    write("english.json".to_owned(), source.file(&source))?;
    for tag in PSEUDO.map(str::to_owned).into_iter().chain(tags) {
        let is_pseudo = PSEUDO.contains(&tag.as_str());
        let table = match is_pseudo {
            true => source.pseudo(&tag),
            false => read(&tag)?,
        };
        let mut translated = BTreeMap::new();
        for model in &models {
            let file = model.file.as_str();
            let texts = match is_pseudo {
                true => in_marks(&model.places),
                false => texts(&format!("languages/{tag}/{file}"), model)?,
            };
            let document = translations::translated(&model.document, &texts, &model.places);
            write(format!("models/{tag}/{file}"), document.to_string())?;
            translated.insert(file, texts);
        }
        let catalog = catalog
            .iter()
            .map(|(file, text)| translated[file.as_str()][text].as_str());
        let catalog = catalog.map(|text| text.unwrap_or_default().to_owned());
        let table = table.with_catalog(catalog.collect());
        table.check(&source)?;
        write(format!("words/{tag}.json"), table.file(&source))?;
    }
    fs::write(out.join("files.rs"), format!("&[{}]", files.join(",\n")))?;
    Ok(())
}

fn models(folder: &Path) -> Result<Vec<Model>, Failure> {
    let model = |path: &PathBuf| {
        let file = name(path);
        Ok(Model {
            document: serde_json::from_str(&fs::read_to_string(folder.join(&file))?)?,
            places: serde_json::from_str(&fs::read_to_string(path)?)?,
            file,
        })
    };
    sorted(&folder.join("places"))?.iter().map(model).collect()
}

fn in_marks(places: &Texts) -> Texts {
    let english = places.values().filter_map(Value::as_str);
    let texts = english.map(|text| (text.to_owned(), marked(text).into()));
    texts.collect()
}

fn texts(path: &str, model: &Model) -> Result<Texts, Failure> {
    let file = fs::read_to_string(path).map_err(|why| format!("{path}: {why}"))?;
    let texts = translations::read(path, &file)?;
    translations::check(path, &texts, &model.places)?;
    Ok(texts)
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
