//! What bulk runs cost: time and memory for so many rows.
//!
//! `cargo bench -p formsmith-bulk --bench figures`
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_bulk::check::Checker;
use formsmith_bulk::mapping::Mapping;
use formsmith_bulk::sheet::{ReadSettings, Reader};
use formsmith_bulk::{Bulk, Effect, Event, Now, Pace, Plan, Record, Setup, StopAt};
use formsmith_run::{OperationRef, Place, Target};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Instant;

fn main() {
    let model: &'static Model = Box::leak(Box::new(Model::embedded().unwrap()));
    let find = |service, operation| OperationRef::find(model, service, operation).unwrap();
    let single = find("servicecatalog", "ExecuteProvisionedProductServiceAction");
    let batch = find(
        "billingconductor",
        "BatchDisassociateResourcesFromCustomLineItem",
    );
    for rows in [10_000, 100_000, 1_000_000] {
        run("one request a row", single, rows, |row| {
            json!({
                "ProvisionedProductId": format!("pp-{row:013}"),
                "ServiceActionId": "act-snap3rds6hw2z",
            })
        });
        run("30 rows a request", batch, rows, |row| {
            let begin = "arn:aws:billingconductor::123456789012:";
            json!({
                "TargetArn": format!("{begin}customlineitem/abcde12345"),
                "ResourceArns": [format!("{begin}billinggroup/{row:012}")],
            })
        });
    }
    read(batch, 100_000);
}

/// Megabytes that this process has in memory.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

fn setup() -> Setup {
    Setup {
        at_ms: 0.0,
        id: "0b3c1d52-9e0a-4f7e-8b57-3f6d0c1a2b4d".into(),
        place: Place {
            target: Target::ProxySandbox,
            region: "us-east-1".into(),
            account: None,
            profile: None,
            endpoint: None,
        },
        pace: Pace {
            per_second: 1e9,
            parallel: 50,
        },
        stop_at: StopAt::default(),
        sends_parts: true,
        undoes: None,
    }
}

/// A run whose service says yes at once. The journal is counted and not kept, except for one of
/// 100,000 rows, which is restored.
fn run(name: &str, op: OperationRef, rows: u32, input: impl Fn(u32) -> Value) {
    let before = resident();
    let begun = Instant::now();
    let mut plan = Plan::new(op);
    (0..rows).for_each(|row| plan.add(&input(row)));
    let planned = begun.elapsed();
    let (mut bulk, effects) = Bulk::begin(plan, setup());
    let mut todo: VecDeque<Effect> = effects.into();
    let (mut events, mut longest, mut journal) = (0_u64, 0.0_f64, 0_usize);
    let mut lines: Vec<String> = Vec::new();
    let keeps = rows == 100_000;
    let mut now = Now {
        ms: 1.0,
        random: 0.5,
    };
    let mut most = 0.0_f64;
    let begun = Instant::now();
    let mut in_machine = 0.0;
    let mut event = Some(Event::WentOn);
    loop {
        if let Some(event) = event.take() {
            now.ms += 0.01;
            events += 1;
            let at = Instant::now();
            let effects = bulk.on(&now, event);
            let took = at.elapsed().as_secs_f64();
            in_machine += took;
            longest = longest.max(took);
            todo.extend(effects);
        }
        event = match todo.pop_front() {
            None if bulk.is_finished() => break,
            None => {
                now.ms += 1.0;
                Some(Event::Woke)
            }
            Some(Effect::Fetch { fetch, rows }) => Some(Event::Fetched {
                fetch,
                inputs: Some(rows.iter().map(|row| input(*row)).collect()),
            }),
            Some(Effect::Store { seq, record }) => {
                let line = record.to_line();
                journal += line.len() + 1;
                if keeps {
                    lines.push(line);
                }
                Some(Event::Stored { seq })
            }
            Some(Effect::Send {
                request,
                attempt,
                http,
            }) => Some(Event::Answered {
                request,
                attempt,
                result: Ok(answer(op, &http.body)),
            }),
            Some(_) => None,
        };
        if events.is_multiple_of(100_000) {
            most = most.max(resident());
        }
    }
    most = most.max(resident());
    assert_eq!(bulk.counts().done, rows);
    println!(
        "{rows} rows, {name}: planned in {:.2} s; {events} events, {:.1} µs each and {:.1} ms at most; \
         {:.0} requests a second; {:.0} MB of memory; a journal of {:.0} MB",
        planned.as_secs_f64(),
        in_machine * 1e6 / events as f64,
        longest * 1e3,
        f64::from(bulk.requests()) / begun.elapsed().as_secs_f64(),
        most - before,
        journal as f64 / 1e6,
    );
    if keeps {
        let begun = Instant::now();
        let records = lines.iter().filter_map(|line| Record::of_line(line));
        let again = Bulk::restore(op, records).expect("a run");
        assert_eq!(again.counts(), bulk.counts());
        println!("    restored in {:.2} s", begun.elapsed().as_secs_f64());
    }
}

fn answer(op: OperationRef, body: &[u8]) -> HttpResponse {
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let body = match &op.operation.traits.batch {
        Some(batch) => {
            let entries = sent[&batch.entries].as_array().into_iter().flatten();
            let done: Vec<Value> = entries.map(|it| json!({"Arn": it})).collect();
            let list = batch.succeeded.as_deref().unwrap_or_default();
            json!({list: done, batch.failed.as_str(): []})
        }
        None => json!({"RecordDetail": {"RecordId": "rec-1234567890123"}}),
    };
    HttpResponse {
        status: 200,
        headers: vec![(
            "x-amzn-RequestId".into(),
            "00000000-0000-4000-8000-000000000001".into(),
        )],
        body: body.to_string().into_bytes(),
        file: None,
    }
}

/// Reading, mapping and checking a file.
fn read(op: OperationRef, rows: u32) {
    let mut text = String::from("Resource ARN;Owner;Cost centre;Remarks\r\n");
    for row in 0..rows {
        text += &format!(
            "arn:aws:billingconductor::123456789012:billinggroup/{row:012};m.ferreira;\"4711;0\";Move in \
             quarter {}\r\n",
            row % 4
        );
    }
    let before = resident();
    let begun = Instant::now();
    let mut reader = Reader::new(ReadSettings::default());
    for piece in text.as_bytes().chunks(64 * 1024) {
        reader.push(piece).unwrap();
    }
    let (sheet, _) = reader.finish().unwrap();
    let was_read = begun.elapsed();
    let target = "arn:aws:billingconductor::123456789012:customlineitem/abcde12345";
    let mapping = Mapping::by_name(op, &sheet, json!({"TargetArn": target}));
    let checker = Checker::new(op, &sheet, &mapping);
    let mut plan = Plan::new(op);
    for row in 0..sheet.rows() {
        match checker.check(&sheet, row) {
            Ok(input) => plan.add(&input),
            Err(_) => plan.hold(),
        }
    }
    assert_eq!(plan.rows(), rows);
    println!(
        "{rows} rows of a file of {:.0} MB: read in {:.2} s, mapped and checked and planned in {:.2} s; \
         {:.0} MB of memory, {} requests",
        text.len() as f64 / 1e6,
        was_read.as_secs_f64(),
        (begun.elapsed() - was_read).as_secs_f64(),
        resident() - before,
        plan.requests(),
    );
}
