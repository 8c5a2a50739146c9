//! The models without the white space that people read them by, a catalog of what they describe,
//! for a page that fetches a model only when somebody opens one of its operations, and a list of
//! the texts in them, for whoever translates them. And the constants of curated facts, classes of
//! operations among them.

#[path = "build/classes.rs"]
mod classes;
#[path = "build/curated.rs"]
mod curated;

use classes::Classes;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

/// The models, in the order in which people see their services.
const MODELS: [&str; 3] = [
    "service-catalog.json",
    "billing-conductor.json",
    "partner-central-selling.json",
];

/// Where models have texts for people: a trait, and the way to them in it; `*` is any name or
/// number.
const TEXTS: [(&str, &[&str]); 9] = [
    ("smithy.api#title", &[]),
    ("smithy.api#documentation", &[]),
    ("smithy.api#examples", &["*", "title"]),
    ("smithy.api#examples", &["*", "documentation"]),
    ("formsmith#label", &["*"]),
    ("formsmith#startPage", &["summary"]),
    ("formsmith#batch", &["done"]),
    ("formsmith#knownValues", &["*"]),
    ("formsmith#remedy", &[]),
];

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=models");
    println!("cargo::rerun-if-changed=curated");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("curated.rs"), curated::constants()?)?;
    let classes = classes::read()?;
    if env::var_os("CARGO_FEATURE_CLASSES").is_some() {
        fs::write(out.join("classes.rs"), classes::table(&classes))?;
    }
    let mut documents = String::new();
    let mut services = Vec::new();
    let places = out.join("places");
    fs::create_dir_all(&places)?;
    // Each text of the catalog with the model that it is from, in the order in which it is read.
    let mut said = Vec::new();
    for name in MODELS {
        let model = read(name).map_err(|why| format!("models/{name}: {why}"))?;
        fs::write(out.join(name), model.to_string())?;
        documents.push_str(&format!(
            "include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),\n"
        ));
        fs::write(places.join(name), Value::from(texts_of(&model)).to_string())?;
        let service = service(name, &model, &classes);
        let its = service.iter().flat_map(said_of);
        said.extend(its.map(|text| json!([name, text])));
        services.extend(service);
    }
    let said = Value::from(said).to_string();
    fs::write(out.join("catalog-texts.json"), said)?;
    // For the build of formsmith-words.
    println!("cargo::metadata=folder={}", out.display());
    fs::write(out.join("documents.rs"), format!("[{documents}]"))?;
    fs::write(out.join("catalog.json"), Value::from(services).to_string())?;
    Ok(())
}

fn read(name: &str) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&fs::read_to_string(format!(
        "models/{name}"
    ))?)?)
}

/// What the catalog says of the service that a model describes.
fn service(file: &str, model: &Value, classes: &Classes) -> Option<Value> {
    let shapes = model["shapes"].as_object()?;
    let service = shapes.values().find(|shape| shape["type"] == "service")?;
    let operations = service["operations"].as_array()?.iter();
    let name = name(&service["traits"]);
    let classes = classes.get(&name)?;
    let operations = operations.filter_map(|operation| operation_of(shapes, operation, classes));
    Some(json!({
        "file": file,
        "name": name,
        "title": service["traits"]["smithy.api#title"],
        "operations": operations.collect::<Vec<_>>(),
    }))
}

/// What the service is known by, as the loader of models tells it.
fn name(traits: &Value) -> String {
    let own = traits["formsmith#name"].as_str().map(str::to_owned);
    let sdk_id = traits["aws.api#service"]["sdkId"].as_str();
    own.unwrap_or_else(|| {
        sdk_id
            .unwrap_or_default()
            .to_ascii_lowercase()
            .replace(' ', "-")
    })
}

fn operation_of(
    shapes: &Map<String, Value>,
    reference: &Value,
    classes: &BTreeMap<String, char>,
) -> Option<Value> {
    let id = reference["target"].as_str()?;
    let traits = &shapes.get(id)?["traits"];
    let name = id.rsplit('#').next()?;
    let mut listed = json!({
        "name": name,
        "class": classes.get(name)?,
        "title": traits["formsmith#label"]["title"],
        "documentation": traits["smithy.api#documentation"],
    });
    if let Some(start_page) = traits.get("formsmith#startPage") {
        listed["summary"] = start_page["summary"].clone();
    }
    Some(listed)
}

/// The texts for people in a service's part of the catalog.
fn said_of(service: &Value) -> Vec<&str> {
    let operations = service["operations"].as_array().into_iter().flatten();
    let of_operations =
        operations.flat_map(|it| ["title", "documentation", "summary"].map(|name| &it[name]));
    let all = [&service["title"]].into_iter().chain(of_operations);
    all.filter_map(Value::as_str).collect()
}

/// The texts for people in a model, by their JSON pointers.
fn texts_of(model: &Value) -> Map<String, Value> {
    let mut texts = Map::new();
    find_traits(model, "", &mut texts);
    texts
}

fn find_traits(value: &Value, place: &str, texts: &mut Map<String, Value>) {
    for (name, member) in value.as_object().into_iter().flatten() {
        let place = format!("{place}/{}", escaped(name));
        if name != "traits" {
            find_traits(member, &place, texts);
            continue;
        }
        for (name, way) in TEXTS {
            if let Some(value) = member.get(name) {
                find_texts(value, way, &format!("{place}/{}", escaped(name)), texts);
            }
        }
    }
}

fn find_texts(value: &Value, way: &[&str], place: &str, texts: &mut Map<String, Value>) {
    let mut follow = |name: &str, member: &Value, rest: &[&str]| {
        find_texts(member, rest, &format!("{place}/{}", escaped(name)), texts);
    };
    match (way, value) {
        ([], Value::String(_)) => {
            texts.insert(place.to_owned(), value.clone());
        }
        (["*", rest @ ..], Value::Object(members)) => {
            members
                .iter()
                .for_each(|(name, member)| follow(name, member, rest));
        }
        (["*", rest @ ..], Value::Array(items)) => {
            let items = items.iter().enumerate();
            items.for_each(|(at, item)| follow(&at.to_string(), item, rest));
        }
        ([name, rest @ ..], Value::Object(members)) => {
            if let Some(member) = members.get(*name) {
                follow(name, member, rest);
            }
        }
        _ => {}
    }
}

/// A name within a JSON pointer (RFC 6901).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
