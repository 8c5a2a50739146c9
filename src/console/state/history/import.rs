//! Histories as files: written for other browsers, and read with suspicion.

use super::KeptRun;
use super::kept_run::{MAX_BODY, UNKNOWN, VERSION, cut};
use super::room::LIMIT;
use super::taken_apart::{NoHistory, TakenApart};
use crate::state::token::is_uuid;
use formsmith_api::json;
use serde_json::{Map, Value, json};

/// The member that says what a file is; its value is the version.
const MARK: &str = "formsmithHistory";

/// A longer file is not read; one that was exported here is shorter.
pub const MAX_FILE: usize = 2 * LIMIT;

/// A run that is to be added to the history, as it is kept.
#[derive(Debug, PartialEq)]
pub struct Arriving {
    pub id: String,
    /// Epoch milliseconds.
    pub started_ms: f64,
    pub is_pinned: bool,
    pub texts: [String; 2],
}

impl Arriving {
    fn of(run: &KeptRun) -> Self {
        Self {
            id: run.id().to_owned(),
            started_ms: run.started_ms(),
            is_pinned: run.is_pinned(),
            texts: run.to_texts(),
        }
    }

    /// In bytes.
    pub fn size(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    fn run(&self) -> Option<KeptRun> {
        let [head, rest] = &self.texts;
        KeptRun::from_head(head)?.with_rest(rest)
    }

    pub fn unpinned(&self) -> [String; 2] {
        let unpinned = self.run().map(|mut run| {
            run.0["pinned"] = false.into();
            run.to_texts()
        });
        unpinned.unwrap_or_else(|| self.texts.clone())
    }
}

/// What a file holds.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub runs: Vec<Arriving>,
    /// How many are not as runs are.
    pub refused: usize,
}

/// One JSON document with all of these.
pub fn exported(runs: Vec<KeptRun>) -> String {
    let runs = runs.into_iter().map(|run| run.0).collect();
    json::compact(&json!({MARK: VERSION, "runs": Value::Array(runs)}))
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
                Ok(Some(run)) => found.runs.push(Arriving::of(&KeptRun(run))),
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
        match frame["runs"].is_array() && frame[MARK] == VERSION {
            true => Ok(self.found),
            false => Err(NoHistory),
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

fn checked(run: &Value) -> Option<Value> {
    let id = run["id"].as_str().filter(|id| is_uuid(id))?;
    let is_known = run["version"] == VERSION && run["input"].is_object();
    let mut taken: Map<String, Value> = Map::new();
    taken.insert("id".into(), id.into());
    taken.insert("version".into(), VERSION.into());
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
    // Whatever the file says: what is here was not sent from here.
    taken.insert("imported".into(), true.into());
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
const TONES: [&str; 5] = ["success", "info", "warning", "error", UNKNOWN];
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
    let ms = value.as_f64().filter(|ms| (0.0..MAX_TIME).contains(ms))?;
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

    fn read_again(run: &KeptRun) -> KeptRun {
        only(&read(&exported(vec![run.clone()])).unwrap())
    }

    fn only(found: &Found) -> KeptRun {
        let [run] = &found.runs[..] else {
            panic!("{found:?}")
        };
        run.run().unwrap()
    }

    fn run() -> Value {
        json!({
            "id": "0f8fad5b-d9cb-469f-a165-70867728950e", "version": 1,
            "startedMs": 1763594445123_u64, "endedMs": null,
            "service": "some-service", "operation": "DoIt", "title": "Do it",
            "target": "page", "region": "us-east-1", "account": null,
            "input": {"Names": ["<b>"]}, "tone": "unknown", "verdict": "", "detail": "",
            "attempts": [{"startedMs": 1, "endedMs": 2.5, "entries": [0, 2], "verdict": "v",
                          "status": 200, "requestId": "r"}],
            "pinned": true,
            "answer": {"status": 200, "headers": [["a", "b"]], "body": "{}", "isCut": false},
        })
    }

    #[test]
    fn what_is_exported_can_be_read() {
        let file = exported(vec![KeptRun(run())]);
        let found = read(&file).unwrap();
        assert_eq!(found.refused, 0);
        let read = only(&found);
        // Numbers may be written otherwise.
        assert_eq!(read.started_ms(), 1_763_594_445_123.0);
        for name in ["id", "input", "answer", "pinned", "account", "endedMs"] {
            assert_eq!(read.0[name], run()[name], "{name}");
        }
        assert_eq!(read.attempts()[0]["entries"], json!([0, 2]));
        assert!(read.is_imported());
        let again = read_again(&read);
        assert_eq!(again, read, "it is imported for good");
        assert_eq!(again.to_texts(), found.runs[0].texts);
    }

    #[test]
    fn other_files_hold_no_history() {
        for text in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"formsmithHistory":2,"runs":[]}"#,
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
            let found = read(&exported(vec![KeptRun(run)])).unwrap();
            assert_eq!((found.runs.len(), found.refused), (0, 1), "{name}");
        }
    }

    #[test]
    fn what_nobody_knows_is_left_out_and_what_is_long_is_cut() {
        let mut run = run();
        run["__proto__"] = json!({"x": 1});
        run["size"] = json!(0);
        run["title"] = json!("t".repeat(MAX_TEXT + 1));
        run["answer"]["body"] = json!("b".repeat(MAX_BODY + 1));
        let found = read(&exported(vec![KeptRun(run)])).unwrap();
        let read = only(&found);
        assert_eq!(read.0.get("__proto__"), None);
        assert_eq!(read.0.get("size"), None);
        assert_eq!(read.text("title").len(), MAX_TEXT);
        assert_eq!(read.0["answer"]["isCut"], true);
    }
}
