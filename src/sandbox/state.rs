//! The state of all services as one JSON document, to be kept and brought back.

use crate::answer::object;
use crate::emulation::Emulation;
use crate::ledger::Effects;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The version of the document. It goes up when a state of before can't be read any more.
const VERSION: u64 = 1;

/// What a service remembers.
pub trait State: Serialize + DeserializeOwned + Send + 'static {
    /// What was done since they were last taken.
    fn effects(&mut self) -> &mut Effects;

    /// Why a state that can be read can't be this service's: it goes beyond what is kept.
    fn check(&self) -> Result<(), String>;
}

/// What a document stands for. It is read as text, not as a value: Rust then reads no number as a
/// float that isn't one, for which the page would carry 25 KB of code and tables.
pub fn read<T: DeserializeOwned>(document: &Value) -> Result<T, String> {
    serde_json::from_str(&document.to_string()).map_err(|error| {
        let said = error.to_string();
        // The place that follows is one in that text, which nobody has seen.
        match said.rsplit_once(" at line ") {
            Some((said, _)) => said.to_owned(),
            None => said,
        }
    })
}

/// What is kept has its bounds, and what is brought back keeps to them.
pub fn check_count(what: &str, count: usize, most: usize) -> Result<(), String> {
    if count <= most {
        return Ok(());
    }
    Err(format!(
        "{what}: {count} are too many, at most {most} are kept"
    ))
}

pub fn save(emulations: &[Box<dyn Emulation>]) -> Value {
    let services = emulations.iter();
    let services = services.map(|emulation| (emulation.service_name(), emulation.save()));
    object(vec![
        ("version", VERSION.into()),
        ("services", object(services.collect())),
    ])
}

/// The emulations with the state of the document, which has to have one for each and no more;
/// or why there can't be any.
pub fn load(
    emulations: &[Box<dyn Emulation>],
    document: &Value,
) -> Result<Vec<Box<dyn Emulation>>, String> {
    if document["version"].as_u64() != Some(VERSION) {
        return Err(format!("version has to be {VERSION}"));
    }
    let services = document["services"].as_object();
    let services = services.ok_or("services has to be an object")?;
    let is_known = |name: &String| {
        let mut known = emulations.iter();
        known.any(|emulation| emulation.service_name() == name)
    };
    if let Some(name) = services.keys().find(|name| !is_known(name)) {
        return Err(format!(
            "services: {name} is none of the sandbox's services"
        ));
    }
    let loaded = emulations.iter().map(|emulation| {
        let name = emulation.service_name();
        let saved = services
            .get(name)
            .ok_or_else(|| format!("services: {name} is missing"))?;
        emulation
            .load(saved)
            .map_err(|why| format!("services: {name}: {why}"))
    });
    loaded.collect()
}
