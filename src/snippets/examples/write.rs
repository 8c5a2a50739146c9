//! Writes calls: each line of the input is one, as JSON with `service`, `operation`, `region` and
//! `input`; each line of the output has its texts, and the request that the console sends.

use formsmith_api::model::Model;
use formsmith_api::{json, protocol};
use formsmith_snippets::{Call, Language, write};
use serde_json::{Map, Value};
use std::error::Error;
use std::io::{BufRead, stdin};

fn main() -> Result<(), Box<dyn Error>> {
    let model = Model::embedded()?;
    for line in stdin().lock().lines() {
        let document: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| document[name].as_str().ok_or(format!("no {name}"));
        let service = model.service(text("service")?).ok_or("no such service")?;
        let operation = service.operation(text("operation")?);
        let call = Call {
            model: &model,
            service,
            operation: operation.ok_or("no such operation")?,
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
