//! How far a wait has come.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::waiter::{Judged, WaitState};
use formsmith_run::{
    Ask, Effect, Event, Fact, Machine, Now, OperationRef, Place, Run, Target, WaitFor,
};
use formsmith_words as words;
use serde_json::json;

/// A machine whose facts are stored at once.
#[derive(Default)]
struct Told {
    machine: Machine,
    facts: Vec<Fact>,
    run: String,
    question: u32,
}

impl Told {
    fn happens(&mut self, event: Event) {
        let now = Now {
            ms: 1_764_000_000_000.0,
            random: 0.5,
            id: "00000000-0000-4000-8000-000000000001".into(),
            token: "11111111-1111-4111-8111-111111111111".into(),
        };
        for effect in self.machine.on(&now, event) {
            match effect {
                Effect::Store { run, seq, fact, .. } => {
                    self.facts.push(*fact);
                    self.run.clone_from(&run);
                    self.happens(Event::Stored { run, seq });
                }
                Effect::Judge { question, .. } => self.question = question,
                _ => {}
            }
        }
    }

    fn progress(&self, seconds: Option<u32>) -> String {
        progress(self.machine.run(&self.run).unwrap(), seconds)
    }
}

fn progress(run: &Run, seconds: Option<u32>) -> String {
    words::wait_progress(run, run.wait.as_ref().unwrap(), seconds)
}

#[test]
fn the_attempt_that_is_awaited_counts() {
    let model = Box::leak(Box::new(Model::embedded().unwrap()));
    let op = OperationRef::find(model, "servicecatalog", "ListServiceActions").unwrap();
    let target = Target::ProxySandbox;
    let mut told = Told::default();
    told.happens(Event::Moved {
        target,
        account: None,
    });
    told.happens(Event::Asked(Box::new(Ask {
        op,
        place: Place {
            target,
            region: "us-east-1".into(),
            account: None,
            profile: None,
            endpoint: None,
        },
        input: json!({}),
        is_reviewed: false,
        undoes: None,
        account: None,
        waits: Some(WaitFor {
            waiter: "ServiceActionReady".into(),
            facts: json!({"delay": 15, "maxAttempts": 40, "acceptors": []}),
        }),
    })));
    let first = "Attempt 1 of 40. Waiting for an answer.";
    assert_eq!(told.progress(None), first);
    // Another tab asks, and nothing of an answer is known here.
    let elsewhere = Run::restore(&told.run, op, &told.facts, 9).unwrap();
    assert_eq!(progress(&elsewhere, None), "0 attempts.");
    told.happens(Event::Answered {
        run: told.run.clone(),
        attempt: 0,
        result: Ok(HttpResponse {
            status: 200,
            headers: Vec::new(),
            body: b"{}".to_vec(),
            file: None,
        }),
    });
    assert_eq!(told.progress(None), first, "nobody has judged it yet");
    told.happens(Event::Judged {
        run: told.run.clone(),
        question: told.question,
        judged: Judged {
            state: WaitState::Retry,
            seen: vec!["pending".into()],
        },
        output: None,
    });
    assert_eq!(
        told.progress(Some(15)),
        "Attempt 1 of 40. The next one is in 15 s."
    );
    let elsewhere = Run::restore(&told.run, op, &told.facts, 9).unwrap();
    assert_eq!(progress(&elsewhere, None), "Attempt 1 of 40.");
}
