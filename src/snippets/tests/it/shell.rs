//! Commands, judged by a real shell. Programs that they would call are functions that print
//! what they are given.

use super::inputs::{Choice, HOSTILE};
use super::{MODEL, find, notes, operations, understood, written};
use formsmith_api::protocol;
use formsmith_snippets::Language;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// The functions that stand for the programs.
const PROGRAMS: &str = "aws() { printf '%s\\0' \"$@\"; }
curl() { printf '%s\\0' \"$@\"; printf '\\0'; cat <&0; }
";

/// What a shell prints when it runs a script, which has to succeed.
fn run(shell: &str, script: &str, token: Option<&str>) -> Vec<u8> {
    let mut command = Command::new(shell);
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "the/secret+key=")
        .env_remove("AWS_SESSION_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(token) = token {
        command.env("AWS_SESSION_TOKEN", token);
    }
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all((PROGRAMS.to_owned() + script).as_bytes())
        .unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaint.is_empty(),
        "{complaint}\n{script:.2000}"
    );
    output.stdout
}

fn arguments(output: &[u8]) -> Vec<String> {
    let mut arguments: Vec<String> = output
        .split(|byte| *byte == 0)
        .map(|text| String::from_utf8(text.to_vec()).unwrap())
        .collect();
    assert_eq!(arguments.pop().as_deref(), Some(""));
    arguments
}

/// What the CLI makes of its arguments, for the options that are written here.
fn meant(arguments: &[String], name: &str) -> Value {
    let (_, operation) = find(name);
    let input = MODEL.shape(operation.input.as_ref().unwrap()).unwrap();
    let mut found = Map::new();
    let mut arguments = arguments[2..].iter();
    while let Some(argument) = arguments.next() {
        let option = argument.strip_prefix("--").unwrap();
        let (option, attached) = match option.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (option, None),
        };
        if option == "no-paginate" {
            continue;
        }
        let value = attached.unwrap_or_else(|| arguments.next().unwrap().clone());
        assert!(
            !value.starts_with("file:") && !value.starts_with("http"),
            "{value}"
        );
        match option {
            "region" => assert_eq!(value, "eu-west-1"),
            "cli-input-json" => {
                let Value::Object(rest) = serde_json::from_str(&value).unwrap() else {
                    panic!("{value}");
                };
                found.extend(rest);
            }
            option => {
                let flat = option.replace('-', "");
                let mut members = input.members().iter();
                let member = members.find(|it| it.name.to_lowercase() == flat).unwrap();
                let is_text = {
                    let shape = MODEL.shape(&member.target).unwrap();
                    use formsmith_api::model::ShapeKind::{Enum, String};
                    matches!(shape.kind, String | Enum(_))
                };
                let value = match is_text {
                    true => value.into(),
                    false => serde_json::from_str(&value).unwrap(),
                };
                found.insert(member.name.clone(), value);
            }
        }
    }
    Value::Object(found)
}

/// Is it sorted out by the shell, whichever it is?
fn shells() -> impl Iterator<Item = &'static str> {
    let has = |shell: &&str| Command::new(shell).arg("-c").arg(":").output().is_ok();
    ["sh", "bash"].into_iter().filter(has)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_shell_gives_the_cli_what_was_asked(seed: u64) {
        let mut choice = Choice(seed);
        let all = operations();
        let (_, operation) = all[choice.below(all.len())];
        let input = choice.input(&MODEL, operation);
        let name = operation.name();
        let text = written(Language::AwsCli, name, &input);
        for shell in shells() {
            let given = arguments(&run(shell, &text, None));
            prop_assert_eq!(&meant(&given, name), &input, "{}", text);
        }
    }

    #[test]
    fn a_command_reads_back_as_it_was(seed: u64) {
        let mut choice = Choice(seed);
        let all = operations();
        let (_, operation) = all[choice.below(all.len())];
        let input = choice.input(&MODEL, operation);
        let text = written(Language::AwsCli, operation.name(), &input);
        let reading = understood(&text);
        prop_assert_eq!(&reading.input, &input, "{}", text);
        prop_assert_eq!(reading.operation.name(), operation.name());
        prop_assert_eq!(reading.region.as_deref(), Some("eu-west-1"));
        prop_assert_eq!(notes(&reading), Vec::<String>::new());
    }

    #[test]
    fn curl_gets_the_body_as_it_is_and_no_secret_as_an_argument(seed: u64) {
        let mut choice = Choice(seed);
        let all = operations();
        let (service, operation) = all[choice.below(all.len())];
        let input = choice.input(&MODEL, operation);
        let text = written(Language::Curl, operation.name(), &input);
        let request = protocol::request(&MODEL, service, operation, &input).unwrap();
        for token in [None, Some("a/token+of=the/session==")] {
            let output = run("sh", &text, token);
            let end = output.windows(2).position(|pair| pair == [0, 0]).unwrap();
            let given = arguments(&output[..=end]);
            let config = String::from_utf8(output[end + 2..].to_vec()).unwrap();
            let body = given.iter().position(|it| it == "--data-raw").unwrap() + 1;
            prop_assert_eq!(given[body].as_bytes(), request.body.as_slice());
            for (name, value) in &request.headers {
                let header = format!("{name}: {value}");
                prop_assert!(given.contains(&header));
            }
            let mut all = given.iter();
            prop_assert!(!all.any(|it| it.contains("secret") || it.contains("token+of")));
            let mut expected = "user = \"AKIDEXAMPLE:the/secret+key=\"\n".to_owned();
            expected += &token.map_or(String::new(), |token| {
                format!("header = X-Amz-Security-Token:{token}")
            });
            prop_assert_eq!(config.trim_end(), expected.trim_end());
        }
    }

    /// Any mixture of quotes is read as the shell reads it.
    #[test]
    fn words_are_those_of_the_shell(pieces in prop::collection::vec((0..5usize, 0..HOSTILE.len()), 1..5)) {
        let mut word = String::new();
        for (style, text) in pieces {
            let text = HOSTILE[text].replace('\0', "");
            word += &match style {
                0 => format!("'{}'", text.replace('\'', "'\"'\"'")),
                1 => {
                    let mut quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
                    quoted = quoted.replace('$', "\\$").replace('`', "\\`");
                    format!("\"{quoted}\"")
                }
                2 => text.chars().filter(|c| *c != '\n').flat_map(|c| ['\\', c]).collect(),
                3 => "\\\n\"\\\n a\\q\"".to_owned(),
                _ => "plain=x,y:z^".to_owned(),
            };
        }
        let text = format!("aws servicecatalog describe-record --id={word}");
        let given = arguments(&run("sh", &text, None));
        let expected = given[2].strip_prefix("--id=").unwrap();
        let reading = understood(&text);
        if !expected.starts_with("file") {
            prop_assert_eq!(&reading.input, &json!({"Id": expected}), "{}", text);
        }
        prop_assert!(!notes(&reading).iter().any(|note| note.contains("shell")));
    }
}

#[test]
fn what_is_too_long_for_an_argument_is_none() {
    let name = "ExecuteProvisionedProductServiceAction";
    let values: Vec<String> = (0..400)
        .map(|n| format!("{n} it's $HOME \\ 🎉 {}", "x".repeat(500)))
        .collect();
    let input = json!({
        "ProvisionedProductId": "pp-1", "ServiceActionId": "act-1", "ExecuteToken": "t",
        "Parameters": {"Many": values},
    });
    let cli = written(Language::AwsCli, name, &input);
    let reading = understood(&cli);
    assert_eq!(reading.input, input);
    assert_eq!(notes(&reading), Vec::<String>::new());
    // The file would be written here: what is to stand in it is printed instead.
    let file = "execute-provisioned-product-service-action.json";
    let script = cli
        .replace(&format!("cat > {file}"), "cat")
        .replace("file://", "");
    let end = script.find("\nJSON\n").unwrap() + 6;
    let document: Value = serde_json::from_slice(&run("sh", &script[..end], None)).unwrap();
    assert_eq!(document, json!({"Parameters": input["Parameters"]}));
    let given = arguments(&run("sh", &script[end..], None));
    assert_eq!(given.last().unwrap(), file);

    let curl = written(Language::Curl, name, &input);
    let script = format!("curl() {{ cat; printf '\\0'; cat <&3; }}\n{curl}");
    let (service, operation) = find(name);
    let request = protocol::request(&MODEL, service, operation, &input).unwrap();
    let output = run("sh", &script, None);
    let mut parts = output.split(|byte| *byte == 0);
    assert!(parts.next() == Some(&request.body));
    assert!(parts.next().unwrap().starts_with(b"user = \"AKIDEXAMPLE:"));
}
