//! The same call elsewhere, as a module of its own: most visits need none of it.
//!
//! Nothing but texts crosses.

use formsmith_api::json;
use formsmith_api::model::{LoadError, Model};
use formsmith_snippets::{Call, Language, named, read, separated, write};
use std::cell::OnceCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static BUILT_IN: OnceCell<&'static Model> = const { OnceCell::new() };
}

/// The models that come with the page live as long as it.
fn built_in() -> Result<&'static Model, LoadError> {
    BUILT_IN.with(|cell| {
        if let Some(model) = cell.get() {
            return Ok(*model);
        }
        let model = Box::leak(Box::new(Model::embedded()?));
        Ok(*cell.get_or_init(|| model))
    })
}

/// The models that a call is about: those that come with the page, or the one in a document of
/// botocore's, where that is not empty.
fn with_model<T>(
    service: &str,
    document: &str,
    then: impl FnOnce(&Model) -> Result<T, JsError>,
) -> Result<T, JsError> {
    match document.is_empty() {
        true => then(built_in()?),
        // Requests are written by the page: none of their protocols is needed here.
        false => then(&Model::load_botocore(service, document, |_| None)?),
    }
}

/// A call in all languages, in the order of [`Language::ALL`]: for each its text and why there
/// is none, one of which is empty. `query` is what the answer is queried with, or empty; `document`
/// the model of a service that is not built in, or empty.
///
/// # Errors
/// If the model can't be read, or has no such operation.
#[wasm_bindgen(js_name = writeCall)]
pub fn write_call(
    service: &str,
    operation: &str,
    region: &str,
    input: &str,
    query: &str,
    document: &str,
) -> Result<Vec<String>, JsError> {
    with_model(service, document, |model| {
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
            is_built_in: document.is_empty(),
            region,
            input: &input,
            query,
        };
        let texts = Language::ALL.map(|language| match write(language, &call) {
            Ok(text) => [text, String::new()],
            Err(why) => [String::new(), why.to_string()],
        });
        Ok(texts.into_iter().flatten().collect())
    })
}

/// The service that a pasted command is for and, of `operations`, the one that it names; the latter
/// is empty where it names none of them. Nothing where the text is no command.
#[wasm_bindgen(js_name = namedIn)]
pub fn named_in(text: &str, operations: Vec<String>) -> Vec<String> {
    let Some([service, command]) = named(text) else {
        return Vec::new();
    };
    let mut operations = operations.into_iter();
    let operation = operations.find(|name| separated(name, '-') == command);
    vec![service, operation.unwrap_or_default()]
}

/// A pasted text: why it can't be read; or, after an empty text, the service, the operation, the
/// region (which may be empty), the input as JSON, and a sentence for each part that is not in
/// it. `service` and `operation` are those whose form is open, or empty; `document` is the model of
/// that service, if it is not built in.
///
/// # Errors
/// If the model can't be read.
#[wasm_bindgen(js_name = readCall)]
pub fn read_call(
    text: &str,
    service: &str,
    operation: &str,
    document: &str,
) -> Result<Vec<String>, JsError> {
    with_model(service, document, |model| {
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
    })
}
