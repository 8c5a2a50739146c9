//! Judges answers by waiters, a line of JSON each, for the comparison with botocore in `tests/waiters`:
//! `{"waiter", "status", "output" | "error"}` in, a state out.
#![allow(clippy::unwrap_used)]

use formsmith_api::protocol::{Answer, ServiceError};
use formsmith_api::waiter::Waiter;
use formsmith_query::find;
use serde_json::{Map, Value};
use std::io::BufRead;

fn main() {
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let status = asked["status"].as_u64().unwrap().try_into().unwrap();
        let answer = match &asked["output"] {
            Value::Object(output) => Answer::Output(output.clone()),
            _ => Answer::Error(ServiceError {
                name: asked["error"].as_str().map(str::to_owned),
                message: None,
                status,
                members: Map::new(),
                is_modeled: false,
            }),
        };
        let waiter = Waiter::read(&asked["waiter"]).unwrap();
        println!("{}", waiter.judge(status, &Ok(answer), find).state.key());
    }
}
