//! botocore's own protocol suites, played on what this crate writes and reads.
//!
//! `cargo run -p formsmith-api --example protocols -- FOLDER [NAME]`, where `FOLDER` is
//! `tests/unit/protocols` of botocore's source and `NAME` stands in the ids of the cases to play.
//! What botocore itself leaves out (`protocol-tests-ignore-list.json`) is left out. Cases that
//! are known to fail stand in `failures.txt` beside this file, each with its reason; one that
//! passes after all is a failure, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod compare;
mod input;
mod output;
mod suite;

use std::path::Path;
use std::process::ExitCode;
use suite::Suites;

/// A line of `failures.txt` is `input rest-json Id reason`.
const KNOWN: &str = include_str!("failures.txt");

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: protocols FOLDER [NAME]");
        return ExitCode::FAILURE;
    };
    let wanted = arguments.next().unwrap_or_default();
    let suites = Suites::read(Path::new(&folder));
    let (mut passed, mut failed, mut left_out) = (0, 0, 0);
    for case in suites.cases() {
        let name = format!("{} {} {}", case.direction, case.file, case.id);
        if !name.contains(&wanted) {
            continue;
        }
        if suites.are_left_out(&case) {
            left_out += 1;
            continue;
        }
        let result = match case.direction {
            "input" => input::play(&case),
            _ => output::play(&case),
        };
        let is_known = KNOWN
            .lines()
            .any(|line| line.starts_with(&format!("{name} ")));
        match (result, is_known) {
            (Ok(()), false) | (Err(_), true) => passed += 1,
            (Ok(()), true) => {
                failed += 1;
                println!("{name}: passes, and stands among the known failures");
            }
            (Err(why), false) => {
                failed += 1;
                println!("{name}: {why}");
            }
        }
    }
    let known = KNOWN.lines().count();
    println!("{left_out} left out by botocore itself, {known} known to fail");
    println!("{passed} passed, {failed} failed: botocore's protocol suites");
    match failed == 0 && passed > 0 {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
