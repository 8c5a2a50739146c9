//! Writes calls: each line of the input is one, as JSON with `service`, `operation`, `region` and
//! `input`; each line of the output has its texts, and the request that the console sends. Where
//! `document` names a file of botocore's with the model, it has the texts that there are.

use formsmith_api::model::Model;
use formsmith_api::{json, protocol};
use formsmith_snippets::{Call, Language, write};
use serde_json::{Map, Value};
use std::error::Error;
use std::fs::read_to_string;
use std::io::{BufRead, stdin};

fn main() -> Result<(), Box<dyn Error>> {
    let model = Model::embedded()?;
    for line in stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| document[name].as_str().ok_or(format!("no {name}"));
        if let Ok(file) = text("document") {
            println!("{}", of_document(&document, &read_to_string(file)?)?);
            continue;
        }
        let service = model.service(text("service")?).ok_or("no such service")?;
        let operation = service.operation(text("operation")?);
        let call = Call {
            model: &model,
            service,
            operation: operation.ok_or("no such operation")?,
            is_built_in: true,
            region: text("region")?,
            input: &document["input"],
            query: "",
        };
        let mut written = Map::new();
        for language in Language::ALL {
            let text = write(language, &call)?;
            written.insert(format!("{language:?}"), text.into());
        }
        let request = protocol::request(call.model, service, call.operation, call.input)?;
        let headers = request.headers.into_iter();
        let headers = headers.map(|(name, value)| (name, Value::from(value)));
        written.insert("method".into(), request.method.into());
        written.insert("path".into(), request.path.into());
        written.insert("headers".into(), Value::Object(headers.collect()));
        written.insert("body".into(), String::from_utf8(request.body)?.into());
        println!("{}", json::compact(&Value::Object(written)));
    }
    Ok(())
}

fn of_document(call: &Value, model: &str) -> Result<String, Box<dyn Error>> {
    let text = |name: &str| call[name].as_str().unwrap_or_default();
    let name = text("service");
    let model = Model::load_botocore(name, model, |_| None)?;
    let service = model.service(name).ok_or("no such service")?;
    let operation = service.operation(text("operation"));
    let call = Call {
        model: &model,
        service,
        operation: operation.ok_or("no such operation")?,
        is_built_in: false,
        region: text("region"),
        input: &call["input"],
        query: "",
    };
    let texts = Language::ALL.map(|language| {
        let text = write(language, &call).map_or(Value::Null, Value::from);
        (format!("{language:?}"), text)
    });
    Ok(json::compact(&Value::Object(texts.into_iter().collect())))
}
