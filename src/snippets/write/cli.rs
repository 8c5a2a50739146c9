//! A command of the AWS CLI, of version 1 or 2.

use super::quote::{LONGEST_WORD, is_hidden, json, shell};
use super::{Call, NotWritable, bytes};
use crate::names;
use formsmith_api::decimal::is_float;
use formsmith_api::model::ShapeKind;
use formsmith_api::protocol;
use serde_json::{Map, Value};

/// Options of the CLI itself; a member of such a name can't have an option of its own.
pub const OWN_OPTIONS: [&str; 23] = [
    "ca-bundle",
    "cli-auto-prompt",
    "cli-binary-format",
    "cli-connect-timeout",
    "cli-error-format",
    "cli-input-json",
    "cli-input-yaml",
    "cli-read-timeout",
    "color",
    "debug",
    "endpoint-url",
    "generate-cli-skeleton",
    "max-items",
    "output",
    "profile",
    "query",
    "region",
    "starting-token",
    "v2-debug",
    "version",
    "verify-ssl",
    "paginate",
    "sign-request",
];

/// What the CLI takes for the name of a file, or of a page to fetch.
const REFERENCES: [&str; 4] = ["file://", "fileb://", "http://", "https://"];

/// Members whose option the CLI replaces by others of its own, or leaves out: services, as botocore
/// names them, and members.
const WITHOUT_OPTION: [(&str, &[&str]); 12] = [
    ("cloudsearch", &["Expression", "IndexField"]),
    ("config", &["ConfigurationRecorder"]),
    (
        "datapipeline",
        &["parameterObjects", "parameterValues", "pipelineObjects"],
    ),
    ("ec2", &["MaxCount", "MinCount"]),
    (
        "emr",
        &["ClusterStates", "CreatedAfter", "CreatedBefore", "Tags"],
    ),
    ("iot", &["pageSize"]),
    ("iotwireless", &["LoRaWAN"]),
    ("lambda", &["Code", "Content"]),
    ("rds", &["OptionsToInclude", "OptionsToRemove"]),
    ("route53domains", &["End"]),
    ("ses", &["Source"]),
    ("translate", &["Document", "TerminologyData"]),
];

/// Of these the CLI has options of its own.
const WITHOUT_OPTION_ANYWHERE: [&str; 1] = ["Endpoint"];

pub fn write(call: &Call<'_>) -> Result<String, NotWritable> {
    if let Some(at) = bytes(call.model, call.input_place(), call.input, "") {
        return Err(NotWritable::Bytes { at });
    }
    let service = shell(names::cli_service(&call.service.name));
    let operation = names::separated(call.operation.name(), '-');
    // The body of an answer goes into a file. Behind an option it would be taken for its value.
    let file = protocol::answer_file_member(call.model, call.service, call.operation);
    let file = file.map_or("", |_| " answer.bin");
    let mut lines = vec![
        format!("aws {service} {}{file}", shell(&operation)),
        format!("--region {}", shell(call.region)),
    ];
    let mut rest = Map::new();
    for (name, value) in call.members() {
        match option(call, name, value).filter(|option| option.len() < LONGEST_WORD) {
            Some(option) => lines.push(option),
            None => {
                rest.insert(name.clone(), value.clone());
            }
        }
    }
    // One request is sent here, so one is to be sent there.
    if call.operation.traits.paginated.is_some() {
        lines.push("--no-paginate".into());
    }
    // One that is not what it looks like is left out.
    if !call.query.is_empty() && !call.query.chars().any(is_hidden) {
        lines.push(format!("--query {}", shell(call.query)));
    }
    let mut before = String::new();
    if !rest.is_empty() {
        let rest = Value::Object(rest);
        let mut word = shell(&json(&rest, is_hidden));
        if word.len() >= LONGEST_WORD {
            // What is too long for a word stands in a file: the CLI reads its standard input
            // twice, and finds nothing the second time. It reads a file in the encoding of the
            // person's locale, so there is nothing but ASCII in it.
            let text = json(&rest, |c| !c.is_ascii() || c.is_control());
            let file = shell(&format!("{operation}.json"));
            before = format!("cat > {file} <<'JSON'\n{text}\nJSON\n");
            word = format!("file://{file}");
        }
        lines.push(format!("--cli-input-json {word}"));
    }
    Ok(format!("{before}{}\n", lines.join(" \\\n  ")))
}

fn has_own_option(service: &str, member: &str) -> bool {
    let without = WITHOUT_OPTION.iter().find(|(name, _)| *name == service);
    let is_without = without.is_some_and(|(_, members)| members.contains(&member));
    !is_without && !WITHOUT_OPTION_ANYWHERE.contains(&member)
}

/// The option for a member; nothing if it would not carry the value faithfully.
fn option(call: &Call<'_>, member_name: &str, value: &Value) -> Option<String> {
    let input = call.model.shape(call.operation.input.as_ref()?)?;
    let member = input.member(member_name)?;
    let shape = call.model.shape(&member.target)?;
    let name = names::separated(&member.name, '-');
    let has_own = has_own_option(&call.service.name, member_name);
    if OWN_OPTIONS.contains(&name.as_str()) || name.starts_with("no-") || !has_own {
        return None;
    }
    let text = match (&shape.kind, value) {
        (ShapeKind::Boolean, Value::Bool(true)) => return Some(format!("--{name}")),
        (ShapeKind::Boolean, Value::Bool(false)) => return Some(format!("--no-{name}")),
        (ShapeKind::String | ShapeKind::Enum(_), Value::String(text)) => {
            let is_reference = REFERENCES.iter().any(|prefix| text.starts_with(prefix));
            // Python takes a value of two hyphens away, even behind an equals sign.
            if is_reference || text == "--" || text.chars().any(is_hidden) {
                return None;
            }
            text.clone()
        }
        (ShapeKind::Integer { .. }, Value::Number(number)) if !is_float(number) => {
            number.to_string()
        }
        (ShapeKind::List(_), Value::Array(_))
        | (ShapeKind::Structure(_) | ShapeKind::Map { .. }, Value::Object(_)) => {
            json(value, is_hidden)
        }
        _ => return None,
    };
    // What begins with a hyphen would be taken for an option.
    let between = if text.starts_with('-') { '=' } else { ' ' };
    Some(format!("--{name}{between}{}", shell(&text)))
}
