//! All ways by which anything of a run leaves the memory of the program.

use formsmith_api::draft::{Draft, Tokens, prune_unknown};
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::json::{compact, indented};
use formsmith_api::secret::{masked, with_placeholders, withheld};
use formsmith_api::table::{self, Column};
use formsmith_run::{
    Ask, Effect, Entry, Event, Fact, Machine, Now, OperationRef, Place, Run, Target, entry,
    read_entry, stash,
};
use formsmith_snippets::{Call, Language, write};
use formsmith_words as words;
use serde_json::Value;

pub const RUN: &str = "00000000-0000-4000-8000-000000000001";

/// What leaves, and how.
#[derive(Default)]
pub struct Ways {
    pub out: Vec<(&'static str, String)>,
}

impl Ways {
    fn add(&mut self, way: &'static str, text: String) {
        self.out.push((way, text));
    }

    pub fn assert_without(&self, markers: &[String], what: &str) {
        for marker in markers {
            for (way, text) in &self.out {
                let at = text.find(marker.as_str());
                let around = at.map(|at| {
                    let from = text.floor_char_boundary(at.saturating_sub(80));
                    &text[from..text.ceil_char_boundary((at + 80).min(text.len()))]
                });
                assert!(at.is_none(), "{what}: {way} has {marker}: {around:?}");
            }
        }
    }
}

/// Of what is typed.
pub fn of_form(op: OperationRef, input: &Value, ways: &mut Ways) {
    let (model, operation) = (op.model, op.operation);
    if let Some(Ok(draft)) = Draft::from_text(model, operation, &compact(input)) {
        let stored = draft.to_snapshot(model);
        ways.add("draft", compact(&stored));
        let again = Draft::from_snapshot(&stored).unwrap();
        assert!(again.fits(model));
        ways.add("draft read again", again.to_text(model, again.root()));
    }
    let sent = withheld(model, operation, input);
    let (linked, _) = prune_unknown(model, operation, &sent, Tokens::LeaveOut);
    ways.add("link", compact(&linked));
    let shown = with_placeholders(model, operation, input);
    ways.add("input, shown", indented(&shown));
    for language in Language::ALL {
        let call = Call {
            model,
            service: op.service,
            operation,
            is_built_in: true,
            region: "us-east-1",
            input: &shown,
            query: "",
        };
        if let Ok(text) = write(language, &call) {
            ways.add("snippet", text);
        }
    }
    if let Some(request) = op.shown_request(input) {
        ways.add("request, shown", request_text(&request));
    }
}

fn request_text(request: &HttpRequest) -> String {
    let body = String::from_utf8_lossy(&request.body);
    format!(
        "{} {} {:?} {body}",
        request.host_prefix, request.path, request.headers
    )
}

/// Of a run that is answered so; the run as another program finds it.
pub fn of_run(op: OperationRef, input: &Value, response: HttpResponse, ways: &mut Ways) -> Run {
    let mut machine = Machine::default();
    let place = Place {
        target: Target::ProxySandbox,
        region: "us-east-1".into(),
        account: None,
        profile: None,
        endpoint: None,
    };
    let ask = Ask {
        op,
        place,
        input: input.clone(),
        is_reviewed: false,
        undoes: None,
        waits: None,
        account: None,
    };
    let mut facts = Vec::new();
    let mut events = vec![Event::Asked(Box::new(ask))];
    let mut response = Some(response);
    while let Some(event) = events.pop() {
        let now = Now {
            ms: 1_764_000_000_000.0,
            random: 0.5,
            id: RUN.into(),
            token: "11111111-1111-4111-8111-111111111111".into(),
        };
        for effect in machine.on(&now, event) {
            match effect {
                Effect::Store {
                    run,
                    seq,
                    fact,
                    head,
                } => {
                    let line = entry(&fact);
                    ways.add("fact", line.clone());
                    ways.add("head", compact(&head.to_json()));
                    facts.push(line.clone());
                    let entry = Entry {
                        run: run.clone(),
                        seq,
                        line,
                        head: *head,
                    };
                    ways.add("stash", stash("", vec![entry], usize::MAX));
                    events.push(Event::Stored { run, seq });
                }
                Effect::Send { run, attempt, .. } => {
                    if let Some(response) = response.take() {
                        events.push(Event::Answered {
                            run,
                            attempt,
                            result: Ok(response),
                        });
                    }
                }
                Effect::Notify(notification) => {
                    let run = machine.run(RUN).unwrap();
                    let said = words::run_notification(&notification, run);
                    ways.add("announcement", said.unwrap_or_default());
                }
                _ => {}
            }
        }
    }
    let run = machine.run(RUN).unwrap();
    if let Some(ended) = run.ended(0, 2000) {
        ways.add("end, in short", entry(&ended));
    }
    let facts: Vec<Fact> = facts.iter().map(|line| read_entry(line).unwrap()).collect();
    let restored = Run::restore(RUN, op, &facts, facts.len() as u64).unwrap();
    ways.add("restored run", format!("{restored:?}"));
    assert_eq!(restored.standing, run.standing, "{}", op.operation.name());
    assert_eq!(restored.attempts.len(), run.attempts.len());
    restored
}

/// Of an output that is shown and exported.
pub fn of_output(op: OperationRef, output: &Value, ways: &mut Ways) {
    let root = op
        .operation
        .output
        .as_ref()
        .and_then(|id| op.model.root(id));
    let shown = masked(op.model, root, output, op.secret_of_answer());
    let members = shown.as_object().into_iter().flatten();
    let columns: Vec<Column> = members
        .map(|(name, _)| Column {
            member: name.clone(),
            title: name.clone(),
        })
        .collect();
    let rows = [shown];
    ways.add("CSV", table::csv(&columns, &rows));
    ways.add("copied rows", table::tabbed(&columns, &rows));
}
