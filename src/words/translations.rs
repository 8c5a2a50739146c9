//! The texts of the models in other languages. Part of `build.rs`.

use serde_json::{Map, Value};

/// Texts by others: by the English ones, which they are in another language, or by JSON pointers,
/// where they stand in a model.
pub type Texts = Map<String, Value>;

/// # Errors
/// If it is not JSON, or something else than texts.
pub fn read(name: &str, file: &str) -> Result<Texts, String> {
    let texts: Texts = serde_json::from_str(file).map_err(|why| format!("{name}: {why}"))?;
    let is_empty = |text: &Value| text.as_str().is_none_or(|text| text.trim().is_empty());
    match texts.iter().find(|(_, text)| is_empty(text)) {
        Some((english, _)) => Err(format!("{name}: the text \"{english}\" is empty")),
        None => Ok(texts),
    }
}

/// Does a language have each of the model's texts, and no other?
///
/// # Errors
/// The first difference, with the name of the language's file and the English text.
pub fn check(name: &str, texts: &Texts, places: &Texts) -> Result<(), String> {
    let english: Vec<&str> = places.values().filter_map(Value::as_str).collect();
    if let Some(text) = english.iter().find(|it| !texts.contains_key(**it)) {
        return Err(format!("{name}: the text \"{text}\" is missing"));
    }
    if let Some(text) = texts.keys().find(|it| !english.contains(&it.as_str())) {
        return Err(format!("{name}: the model has no text \"{text}\""));
    }
    Ok(())
}

/// A model with its texts in another language.
#[must_use]
pub fn translated(model: &Value, texts: &Texts, places: &Texts) -> Value {
    let mut model = model.clone();
    for (pointer, english) in places {
        let text = texts.get(english.as_str().unwrap_or_default());
        if let (Some(place), Some(text)) = (model.pointer_mut(pointer), text) {
            *place = text.clone();
        }
    }
    model
}
