//! The same call elsewhere, as a module of its own: most visits need none of it.
//!
//! Nothing but texts crosses.

use formsmith_api::json;
use formsmith_api::model::{LoadError, Model};
use formsmith_snippets::{Call, Language, read, write};
use std::cell::OnceCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static MODEL: OnceCell<&'static Model> = const { OnceCell::new() };
}

/// The models live as long as the page.
fn model() -> Result<&'static Model, LoadError> {
    MODEL.with(|cell| {
        if let Some(model) = cell.get() {
            return Ok(*model);
        }
        let model = Box::leak(Box::new(Model::embedded()?));
        Ok(*cell.get_or_init(|| model))
    })
}

/// A call in all languages, in the order of [`Language::ALL`]: for each its text and why there
/// is none, one of which is empty. `query` is what the answer is queried with, or empty.
///
/// # Errors
/// If the models that come with the page can't be read, or have no such operation.
#[wasm_bindgen(js_name = writeCall)]
pub fn write_call(
    service: &str,
    operation: &str,
    region: &str,
    input: &str,
    query: &str,
) -> Result<Vec<String>, JsError> {
    let model = model()?;
    let service = model.service(service);
    let operation = service.and_then(|service| service.operation(operation));
    let (Some(service), Some(operation)) = (service, operation) else {
        return Err(JsError::new("no such operation"));
    };
    let input = json::parse(input.as_bytes()).unwrap_or_default();
    let call = Call {
        model,
        service,
        operation,
        region,
        input: &input,
        query,
    };
    let texts = Language::ALL.map(|language| match write(language, &call) {
        Ok(text) => [text, String::new()],
        Err(why) => [String::new(), why.to_string()],
    });
    Ok(texts.into_iter().flatten().collect())
}

/// A pasted text: why it can't be read; or, after an empty text, the service, the operation, the
/// region (which may be empty), the input as JSON, and a sentence for each part that is not in
/// it. `service` and `operation` are those whose form is open, or empty.
///
/// # Errors
/// If the models that come with the page can't be read.
#[wasm_bindgen(js_name = readCall)]
pub fn read_call(text: &str, service: &str, operation: &str) -> Result<Vec<String>, JsError> {
    let model = model()?;
    let open = model
        .service(service)
        .and_then(|service| Some((service, service.operation(operation)?)));
    let reading = match read(model, text, open) {
        Ok(reading) => reading,
        Err(why) => return Ok(vec![why.to_string()]),
    };
    let mut parts = vec![
        String::new(),
        reading.service.name.clone(),
        reading.operation.name().to_owned(),
        reading.region.unwrap_or_default(),
        json::compact(&reading.input),
    ];
    parts.extend(reading.notes.iter().map(ToString::to_string));
    Ok(parts)
}
