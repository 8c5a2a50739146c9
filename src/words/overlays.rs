//! The texts of the models in other languages. Part of `build.rs`.

use serde_json::{Map, Value};

/// Texts by their JSON pointers in a document.
pub type Texts = Map<String, Value>;

/// # Errors
/// If it is not JSON, or something else than texts.
pub fn read(name: &str, file: &str) -> Result<Texts, String> {
    let texts: Texts = serde_json::from_str(file).map_err(|why| format!("{name}: {why}"))?;
    match texts.iter().find(|(_, text)| !text.is_string()) {
        Some((pointer, _)) => Err(format!("{name}: {pointer} is no text")),
        None => Ok(texts),
    }
}

/// Does an overlay have a text for each of the model's?
///
/// # Errors
/// The first difference, with the overlay's name and the text's place.
pub fn check(name: &str, overlay: &Texts, model: &Texts) -> Result<(), String> {
    if let Some(pointer) = model.keys().find(|it| !overlay.contains_key(*it)) {
        return Err(format!("{name}: the text at {pointer} is missing"));
    }
    if let Some(pointer) = overlay.keys().find(|it| !model.contains_key(*it)) {
        return Err(format!("{name}: the model has no text at {pointer}"));
    }
    Ok(())
}

/// The overlay of the catalog, whose texts are those of the models: `places` says which.
pub fn of_catalog(places: &Map<String, Value>, overlay: impl Fn(&str, &str) -> Value) -> Texts {
    let text = |(place, origin): (&String, &Value)| {
        let [file, pointer] = [0, 1].map(|at| origin[at].as_str().unwrap_or_default());
        (place.clone(), overlay(file, pointer))
    };
    places.iter().map(text).collect()
}
