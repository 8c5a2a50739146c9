//! Histories as files: written for other browsers, and read with suspicion.

use super::record::{Record, head_text, read_head};
use super::room::LIMIT;
use super::taken_apart::{NoHistory, TakenApart};
use crate::state::token::is_uuid;
use formsmith_api::json;
use formsmith_api::secret::{hole, with_holes_as};
use formsmith_run::{Fact, Head, VERSION, entry, read_entry, upgrade};
use serde_json::{Map, Value, json};

/// The member that says what a file is; its value is the version.
const MARK: &str = "formsmithHistory";

/// The version whose runs held sentences.
const OLD: u32 = 1;

/// A longer file is not read; one that was exported here is shorter.
pub const MAX_FILE: usize = 2 * LIMIT;

/// Of a longer answer the beginning was stored in version 1.
const MAX_BODY: usize = 200_000;

/// A run that is to be added to the history, as it is stored.
#[derive(Debug, PartialEq)]
pub struct Arriving {
    pub id: String,
    /// Epoch milliseconds.
    pub started_ms: f64,
    pub is_pinned: bool,
    /// In bytes.
    pub size: usize,
    head: String,
    lines: Vec<String>,
}

impl Arriving {
    fn of(record: Record) -> Self {
        let size = record.size();
        Self {
            id: record.head.id.clone(),
            started_ms: record.head.started_ms,
            is_pinned: record.head.is_pinned,
            size,
            head: head_text(&record.head, size),
            lines: record.lines,
        }
    }

    pub fn record(&self) -> Option<Record> {
        let (head, _) = read_head(&self.head)?;
        let lines = self.lines.clone();
        Some(Record::of_lines(head, lines))
    }
}

/// What a file holds.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub runs: Vec<Arriving>,
    /// How many are not as runs are.
    pub refused: usize,
}

/// One JSON document with all of these. Hashes of secrets stay in this browser: a short secret could
/// be guessed by them.
pub fn exported(runs: &[Record]) -> String {
    let run = |record: &Record| {
        let facts = record.lines.iter().map(|line| json::parse(line.as_bytes()));
        let facts = facts.filter_map(Result::ok);
        let facts: Vec<Value> = facts.map(|fact| with_holes_as(&fact, &hole(""))).collect();
        json!({"head": record.head.to_json(), "facts": facts})
    };
    let runs: Vec<Value> = runs.iter().map(run).collect();
    json::compact(&json!({MARK: VERSION, "runs": runs}))
}

/// Reads a file piece by piece. Only what is known of a run is taken over, each member as what it
/// is to be.
#[derive(Debug, Default)]
pub struct Reader {
    apart: TakenApart,
    found: Found,
    /// Is something in place of a run that is no JSON at all?
    is_broken: bool,
    is_begun: bool,
}

impl Reader {
    pub fn feed(&mut self, mut bytes: &[u8]) -> Result<(), NoHistory> {
        if !std::mem::replace(&mut self.is_begun, true) {
            bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        }
        let (found, is_broken) = (&mut self.found, &mut self.is_broken);
        self.apart.feed(bytes, &mut |item| {
            let item = String::from_utf8_lossy(item);
            match json::parse(item.as_bytes()).as_ref().map(checked) {
                Ok(Some(record)) => found.runs.push(Arriving::of(record)),
                Ok(None) => found.refused += 1,
                Err(_) => *is_broken = true,
            }
        })?;
        match self.is_broken {
            true => Err(NoHistory),
            false => Ok(()),
        }
    }

    pub fn end(self) -> Result<Found, NoHistory> {
        let frame = json::parse(&self.apart.end()?).map_err(|_| NoHistory)?;
        let is_known = frame[MARK] == VERSION || frame[MARK] == OLD;
        match frame["runs"].is_array() && is_known {
            true => Ok(self.found),
            false => Err(NoHistory),
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whatever the file says: what is here was not sent from here.
fn checked(run: &Value) -> Option<Record> {
    let (mut head, mut facts) = match run.get("facts") {
        Some(facts) => checked_facts(run, facts)?,
        None => upgrade(&checked_old(run)?)?,
    };
    head.is_imported = true;
    head.is_open = false;
    // Last, whatever the file says: nothing that it began goes on here.
    facts.retain(|fact| *fact != Fact::Imported);
    facts.push(Fact::Imported);
    Some(Record::of_lines(head, facts.iter().map(entry).collect()))
}

fn checked_facts(run: &Value, facts: &Value) -> Option<(Head, Vec<Fact>)> {
    let head = Head::from_json(&run["head"])?;
    let facts = facts.as_array()?.iter();
    let facts = facts.map(|fact| read_entry(&json::compact(fact)));
    let facts: Vec<Fact> = facts.collect::<Option<_>>()?;
    let Some(Fact::Begun {
        service,
        operation,
        place,
        input,
        ..
    }) = facts.first()
    else {
        return None;
    };
    let names = [service.as_str(), operation, &place.region];
    let are_names = names.iter().all(|name| name_of(&(*name).into()).is_some());
    let is_its = head.service == *service && head.operation == *operation && head.place == *place;
    let is_known = is_uuid(&head.id) && input.is_object();
    let is_time = (0.0..MAX_TIME).contains(&head.started_ms);
    (are_names && is_its && is_known && is_time).then_some((head, facts))
}

/// A run of version 1.
fn checked_old(run: &Value) -> Option<Value> {
    let id = run["id"].as_str().filter(|id| is_uuid(id))?;
    let is_known = run["version"] == OLD && run["input"].is_object();
    let mut taken: Map<String, Value> = Map::new();
    taken.insert("id".into(), id.into());
    taken.insert("startedMs".into(), time(&run["startedMs"])?);
    taken.insert("endedMs".into(), time_or_null(&run["endedMs"])?);
    for name in ["service", "operation", "region"] {
        taken.insert(name.into(), name_of(&run[name])?);
    }
    taken.insert("target".into(), one_of(&run["target"], &TARGETS)?);
    taken.insert("account".into(), or_null(&run["account"], name_of)?);
    taken.insert("tone".into(), one_of(&run["tone"], &TONES)?);
    for name in ["title", "verdict", "detail"] {
        taken.insert(name.into(), text_of(&run[name])?);
    }
    let attempts = run["attempts"].as_array()?.iter().take(MAX_ATTEMPTS);
    let attempts: Option<Vec<Value>> = attempts.map(attempt).collect();
    taken.insert("attempts".into(), attempts?.into());
    taken.insert("pinned".into(), run["pinned"].as_bool()?.into());
    taken.insert("input".into(), run["input"].clone());
    taken.insert("answer".into(), or_null(&run["answer"], answer)?);
    is_known.then_some(Value::Object(taken))
}

const MAX_ATTEMPTS: usize = 1000;
const MAX_TEXT: usize = 20_000;
const MAX_NAME: usize = 100;
/// Some centuries of milliseconds.
const MAX_TIME: f64 = 1e13;
const TONES: [&str; 5] = ["success", "info", "warning", "error", "unknown"];
const TARGETS: [&str; 3] = ["page", "proxy-sandbox", "proxy-aws"];

fn attempt(attempt: &Value) -> Option<Value> {
    Some(json!({
        "startedMs": time(&attempt["startedMs"])?,
        "endedMs": time_or_null(&attempt["endedMs"])?,
        "entries": or_null(&attempt["entries"], entries)?,
        "verdict": text_of(&attempt["verdict"])?,
        "status": or_null(&attempt["status"], status)?,
        "requestId": or_null(&attempt["requestId"], text_of)?,
    }))
}

fn entries(entries: &Value) -> Option<Value> {
    let are_places = entries.as_array()?.iter().all(Value::is_u64);
    are_places.then(|| entries.clone())
}

/// The end of a text that is too long is left out.
fn cut(text: &str, max: usize) -> &str {
    let fits = |at: &usize| *at <= max && text.is_char_boundary(*at);
    let end = (0..=max.min(text.len())).rev().find(fits);
    &text[..end.unwrap_or_default()]
}

fn answer(answer: &Value) -> Option<Value> {
    let body = answer["body"].as_str()?;
    let mut headers = Vec::new();
    for header in answer["headers"].as_array()?.iter().take(MAX_NAME) {
        headers.push(json!([text_of(&header[0])?, text_of(&header[1])?]));
    }
    Some(json!({
        "status": status(&answer["status"])?,
        "headers": headers,
        "body": cut(body, MAX_BODY),
        "isCut": answer["isCut"].as_bool()? || body.len() > MAX_BODY,
    }))
}

fn or_null(value: &Value, take: fn(&Value) -> Option<Value>) -> Option<Value> {
    match value {
        Value::Null => Some(Value::Null),
        value => take(value),
    }
}

fn time_or_null(value: &Value) -> Option<Value> {
    or_null(value, time)
}

fn time(value: &Value) -> Option<Value> {
    let ms = json::float(value).filter(|ms| (0.0..MAX_TIME).contains(ms))?;
    Some(ms.into())
}

fn status(value: &Value) -> Option<Value> {
    let status = value.as_u64().filter(|status| *status < 1000)?;
    Some(status.into())
}

fn one_of(value: &Value, known: &[&str]) -> Option<Value> {
    known.contains(&value.as_str()?).then(|| value.clone())
}

fn text_of(value: &Value) -> Option<Value> {
    Some(cut(value.as_str()?, MAX_TEXT).into())
}

/// What can stand in an address as it is.
fn name_of(value: &Value) -> Option<Value> {
    let name = value.as_str()?;
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_of_name);
    is_name.then(|| name.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Option<Found> {
        let mut reader = Reader::default();
        reader.feed(text.as_bytes()).ok()?;
        reader.end().ok()
    }

    fn only(found: &Found) -> Record {
        let [run] = &found.runs[..] else {
            panic!("{found:?}")
        };
        run.record().unwrap()
    }

    /// As a file of version 1 has it.
    fn run() -> Value {
        json!({
            "id": "0f8fad5b-d9cb-469f-a165-70867728950e", "version": 1,
            "startedMs": 1763594445123_u64, "endedMs": null,
            "service": "some-service", "operation": "DoIt", "title": "Do it",
            "target": "page", "region": "us-east-1", "account": null,
            "input": {"Names": ["<b>"]}, "tone": "unknown", "verdict": "v", "detail": "d",
            "attempts": [{"startedMs": 1, "endedMs": 2.5, "entries": [0, 2], "verdict": "v",
                          "status": 200, "requestId": "r"}],
            "pinned": true,
            "answer": {"status": 200, "headers": [["a", "b"]], "body": "{}", "isCut": false},
        })
    }

    fn file(run: &Value) -> String {
        json::compact(&json!({MARK: 1, "runs": [run]}))
    }

    #[test]
    fn a_run_of_version_1_is_upgraded_and_comes_back_as_it_is_then() {
        let found = read(&file(&run())).unwrap();
        assert_eq!(found.refused, 0);
        let record = only(&found);
        assert_eq!(record.head.started_ms, 1_763_594_445_123.0);
        assert!(record.head.is_imported && record.head.is_pinned);
        assert_eq!(record.input(), Some(json!({"Names": ["<b>"]})));
        assert_eq!(record.head.attempts[0].rows, Some(2));
        let again = read(&exported(std::slice::from_ref(&record))).unwrap();
        assert_eq!(only(&again), record, "it is imported for good");
    }

    #[test]
    fn other_files_hold_no_history() {
        for text in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"formsmithHistory":3,"runs":[]}"#,
            r#"{"formsmithHistory":1}"#,
            r#"{"formsmithHistory":1,"runs":{}}"#,
            r#"{"formsmithHistory":1,"runs":[{]}"#,
            r#"{"formsmithHistory":1,"runs":[1 2]}"#,
            r#"{"formsmithHistory":1,"runs":[]} x"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let deep = format!(r#"{{"formsmithHistory":1,"runs":{}"#, "[".repeat(100_000));
        assert_eq!(read(&deep), None);
    }

    #[test]
    fn a_run_with_a_member_that_is_not_as_it_should_be_is_refused() {
        for (name, value) in [
            ("id", json!("../x")),
            ("version", json!(2)),
            ("startedMs", json!("now")),
            ("startedMs", json!(1e300)),
            ("endedMs", json!(-1)),
            ("service", json!("a/b")),
            ("operation", json!("A?input=")),
            ("region", json!("x".repeat(101))),
            ("target", json!("https://example.com")),
            ("tone", json!("fine")),
            ("title", json!({})),
            ("input", json!([])),
            ("attempts", json!([{}])),
            ("pinned", json!("yes")),
            (
                "answer",
                json!({"status": 200, "headers": [[1, 2]], "body": "", "isCut": false}),
            ),
        ] {
            let mut run = run();
            run[name] = value;
            let found = read(&file(&run)).unwrap();
            assert_eq!((found.runs.len(), found.refused), (0, 1), "{name}");
        }
    }

    #[test]
    fn facts_that_are_not_as_they_should_be_are_refused() {
        let record = only(&read(&file(&run())).unwrap());
        let whole: Value = json::parse(exported(&[record]).as_bytes()).unwrap();
        for (place, value) in [
            ("/runs/0/head/id", json!("../x")),
            ("/runs/0/head/version", json!(9)),
            ("/runs/0/head/operation", json!("Other")),
            ("/runs/0/facts/0/fact", json!("sending")),
            ("/runs/0/facts/0/input", json!([])),
            ("/runs/0/facts/0/region", json!("a/b")),
            ("/runs/0/facts/1/attempt", json!("x")),
            ("/runs/0/facts", json!([])),
        ] {
            let mut other = whole.clone();
            *other.pointer_mut(place).unwrap() = value;
            let found = read(&json::compact(&other)).unwrap();
            assert_eq!((found.runs.len(), found.refused), (0, 1), "{place}");
        }
    }
}
