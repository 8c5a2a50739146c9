//! The command `formsmith-wire`: a JSON document a line in, one a line out. `docs/wire-tool.md`
//! describes both.

mod answer;
mod http;
mod models;

use formsmith_api::json;
use models::Models;
use serde_json::json;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::process::ExitCode;

const USAGE: &str = "\
usage: formsmith-wire [--models DIRECTORY]

Writes the requests of AWS operations and reads their answers. Each line of the input is a JSON
document such as

  {\"service\": \"sqs\", \"operation\": \"SendMessage\", \"region\": \"us-east-1\", \"input\": {…}}

and each line of the output is its answer: the request; with \"response\" in the question, the output
or error that it holds; or why there is none.

  --models DIRECTORY  the models, as make models builds them; models unless given";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let folder = match (arguments.next(), arguments.next(), arguments.next()) {
        (None, ..) => OsString::from("models"),
        (Some(option), Some(folder), None) if option == "--models" => folder,
        (Some(option), None, _) if option == "--help" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("formsmith-wire: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &OsString) -> Result<(), String> {
    let mut models = Models::open(folder.as_ref())?;
    let mut out = stdout().lock();
    for line in BufReader::new(stdin()).split(b'\n') {
        let line = line.map_err(|error| error.to_string())?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = match json::parse(&line) {
            Ok(question) => answer::to(&mut models, &question),
            Err(_) => json!({"refused": "the line is not a JSON document"}),
        };
        writeln!(out, "{}", json::compact(&answer))
            .and_then(|()| out.flush())
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}
