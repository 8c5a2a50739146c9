//! A machine, and what is asked of it, for stories that are told event by event.

use formsmith_api::http::HttpResponse;
use formsmith_api::model::Model;
use formsmith_api::outcome::Outcome;
use formsmith_api::waiter::Judged;
use formsmith_run::{
    Ask, Effect, Event, Fact, Failure, Head, Identity, Machine, Notification, Now, OperationRef,
    Place, Proposal, Refusal, Run, StoreFailure, Target, Timer, Undoes, WaitFor, entry, read_entry,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::OnceLock;

pub const ASSOCIATE: (&str, &str) = (
    "servicecatalog",
    "AssociateServiceActionWithProvisioningArtifact",
);
pub const BATCH: (&str, &str) = (
    "servicecatalog",
    "BatchDisassociateServiceActionFromProvisioningArtifact",
);
pub const RUN: (&str, &str) = ("servicecatalog", "ExecuteProvisionedProductServiceAction");
pub const LIST: (&str, &str) = ("servicecatalog", "ListServiceActions");
pub const LINK: (&str, &str) = ("partnercentral-selling", "DisassociateOpportunity");

/// Its run, its number, and the output that it is, if it is one.
type Judging = (String, u32, Option<Map<String, Value>>);

pub struct Story {
    pub machine: Machine,
    pub input: Value,
    op: OperationRef,
    target: Target,
    /// Nothing can be stored: why.
    pub store_fails: Option<StoreFailure>,
    /// What is to be stored is not stored yet.
    pub store_waits: bool,
    facts: Vec<(String, String)>,
    heads: HashMap<String, Head>,
    notifications: Vec<Notification>,
    timers: Vec<(Timer, f64)>,
    reads: Vec<(String, u32)>,
    /// Answers that are to be judged.
    judgements: Vec<Judging>,
    ids: u32,
}

pub fn answer(status: u16, body: &Value) -> Result<HttpResponse, Failure> {
    Ok(HttpResponse {
        status,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
        file: None,
    })
}

pub fn lost() -> Result<HttpResponse, Failure> {
    Err(Failure::Lost)
}

/// What the services say of something that is there already.
pub fn refused() -> Result<HttpResponse, Failure> {
    answer(
        400,
        &json!({"__type": "DuplicateResourceException", "Message": "Twice."}),
    )
}

pub fn throttled() -> Result<HttpResponse, Failure> {
    answer(
        400,
        &json!({"__type": "ThrottlingException", "Message": "Slow down."}),
    )
}

pub fn done() -> Result<HttpResponse, Failure> {
    answer(200, &json!({}))
}

pub fn statuses(run: &Run) -> Vec<u16> {
    let answers = run.attempts.iter().filter_map(|attempt| attempt.answer());
    answers.map(|answer| answer.response().status).collect()
}

pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::embedded().unwrap())
}

/// Why nothing is sent.
pub fn refusals(effects: &[Effect]) -> impl Iterator<Item = &Refusal> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Refuse { why, .. } => Some(why),
        _ => None,
    })
}

impl Story {
    /// Of an operation with its first example, at the sandbox in the proxy.
    pub fn of((service, operation): (&str, &str)) -> Self {
        let op = OperationRef::find(model(), service, operation).unwrap();
        Self::with(op, op.operation.traits.examples[0].input.clone())
    }

    /// Of any operation with an input.
    pub fn with(op: OperationRef, mut input: Value) -> Self {
        let mut token = || "22222222-2222-4222-8222-222222222222".to_owned();
        formsmith_api::protocol::fill_tokens(op.model, op.operation, &mut input, &mut token);
        let mut story = Self {
            machine: Machine::default(),
            input,
            op,
            target: Target::ProxySandbox,
            store_fails: None,
            store_waits: false,
            facts: Vec::new(),
            heads: HashMap::new(),
            notifications: Vec::new(),
            timers: Vec::new(),
            reads: Vec::new(),
            judgements: Vec::new(),
            ids: 0,
        };
        story.moves_to(Target::ProxySandbox);
        story
    }

    pub fn moves_to(&mut self, target: Target) {
        self.target = target;
        let account = (target == Target::ProxyAws).then(|| "123456789012".to_owned());
        self.happens(Event::Moved { target, account });
    }

    /// Sends the input, and agrees to it where that is asked for; the run.
    pub fn send(&mut self) -> String {
        let (op, input) = (self.op, self.input.clone());
        self.send_input(op, input, None, None)
    }

    /// Sends the input until this is so; the run.
    pub fn wait(&mut self, what: WaitFor) -> String {
        let (op, input) = (self.op, self.input.clone());
        self.send_input(op, input, None, Some(what))
    }

    fn send_input(
        &mut self,
        op: OperationRef,
        input: Value,
        undoes: Option<Undoes>,
        waits: Option<WaitFor>,
    ) -> String {
        let before: Vec<String> = self.machine.runs().map(|run| run.id.clone()).collect();
        let ask = Ask {
            op,
            place: Place {
                target: self.target,
                region: "us-east-1".into(),
                account: None,
                profile: None,
                endpoint: None,
            },
            input,
            is_reviewed: false,
            undoes,
            account: None,
            waits,
        };
        self.happens(Event::Asked(Box::new(ask)));
        if self.machine.review().is_some() {
            self.happens(Event::Agreed);
        }
        let mut runs = self.machine.runs();
        let run = runs.find(|run| !before.contains(&run.id)).expect("a run");
        run.id.clone()
    }

    /// Sends what an undo has filled its form with.
    pub fn send_filled(&mut self, effects: &[Effect]) -> String {
        let filled = effects.iter().find_map(|effect| match effect {
            Effect::Fill {
                of,
                operation,
                input,
                undoes,
                ..
            } => {
                let operation = of.service.operation(operation).expect("an operation");
                Some((of.beside(operation), input.clone(), undoes.clone()))
            }
            _ => None,
        });
        let (op, mut input, undoes) = filled.expect("a form that is filled");
        let mut token = || "33333333-3333-4333-8333-333333333333".to_owned();
        formsmith_api::protocol::fill_tokens(op.model, op.operation, &mut input, &mut token);
        self.send_input(op, input, Some(undoes), None)
    }

    pub fn again(&mut self, run: &str, rows: Vec<usize>) {
        let run = run.to_owned();
        self.happens(Event::AskedAgain { run, rows });
    }

    pub fn answered(
        &mut self,
        run: &str,
        attempt: usize,
        result: Result<HttpResponse, Failure>,
    ) -> Vec<Effect> {
        let run = run.to_owned();
        self.happens(Event::Answered {
            run,
            attempt,
            result,
        })
    }

    /// The read that is awaited shows this.
    pub fn read(&mut self, output: &Value) {
        self.read_ends(answer(200, output));
    }

    /// This comes of the read that is awaited.
    pub fn read_ends(&mut self, result: Result<HttpResponse, Failure>) {
        let (run, read) = self.reads.pop().expect("a read");
        self.happens(Event::ReadAnswered { run, read, result });
    }

    /// This comes of the answer that is to be judged.
    pub fn judged(&mut self, judged: &Judged) {
        let (run, question, output) = self.judgements.pop().expect("an answer to judge");
        self.happens(Event::Judged {
            run,
            question,
            judged: judged.clone(),
            output,
        });
    }

    /// What judges answers can't be fetched.
    pub fn not_judged(&mut self) {
        let (run, question, _) = self.judgements.remove(0);
        self.happens(Event::NotJudged { run, question });
    }

    pub fn awaits_judgement(&self) -> bool {
        !self.judgements.is_empty()
    }

    /// The pauses that are made by now, in milliseconds.
    pub fn pauses(&self) -> Vec<f64> {
        self.timers.iter().map(|(_, ms)| *ms).collect()
    }

    /// Another program takes up the run as it was stored.
    pub fn restarts(&mut self, run: Box<Run>) {
        self.machine = Machine::default();
        self.timers.clear();
        self.reads.clear();
        self.judgements.clear();
        self.moves_to(self.target);
        self.happens(Event::Restored { run, leads: true });
    }

    pub fn awaits_read(&self) -> bool {
        !self.reads.is_empty()
    }

    /// All timers fire that are set by now.
    pub fn time_passes(&mut self) {
        for (timer, _) in std::mem::take(&mut self.timers) {
            self.happens(Event::TimerFired(timer));
        }
    }

    pub fn run(&self, id: &str) -> &Run {
        self.machine.run(id).expect("the run")
    }

    pub fn notified(&self, what: &Notification) -> bool {
        self.notifications.contains(what)
    }

    /// The facts of a run, as they are stored.
    pub fn lines(&self, id: &str) -> Vec<String> {
        let of_run = self.facts.iter().filter(|(of, _)| of == id);
        of_run.map(|(_, line)| line.clone()).collect()
    }

    /// The run as another program finds it in the store.
    pub fn restored(&self, id: &str) -> Run {
        let lines = self.lines(id);
        let facts: Vec<Fact> = lines.iter().map(|line| read_entry(line).unwrap()).collect();
        Run::restore(id, self.run(id).op, &facts, facts.len() as u64).expect("a run")
    }

    /// The run as it is after an import of what was exported of it.
    pub fn imported(&self, id: &str) -> Run {
        let lines = self.lines(id);
        let facts = lines.iter().map(|line| read_entry(line).unwrap());
        let facts: Vec<Fact> = facts.chain([Fact::Imported]).collect();
        Run::restore(id, self.run(id).op, &facts, facts.len() as u64).expect("a run")
    }

    /// What lists show of the run.
    pub fn head(&self, id: &str) -> Head {
        self.heads[id].clone()
    }

    /// What store and proxy do at once is done at once. All effects, also of that.
    pub fn happens(&mut self, event: Event) -> Vec<Effect> {
        self.ids += 1;
        let now = Now {
            ms: 1_764_000_000_000.0 + f64::from(self.ids),
            random: 0.5,
            id: format!("00000000-0000-4000-8000-{:012}", self.ids),
            token: format!("11111111-1111-4111-8111-{:012}", self.ids),
        };
        let effects = self.machine.on(&now, event);
        let mut all = effects.clone();
        for effect in effects {
            let next = match effect {
                Effect::Store {
                    run,
                    seq,
                    fact,
                    head,
                } => match self.store_fails {
                    _ if self.store_waits => None,
                    Some(why) => Some(Event::StoreFailed { run, seq, why }),
                    None => {
                        self.facts.push((run.clone(), entry(&fact)));
                        self.heads.insert(run.clone(), *head);
                        Some(Event::Stored { run, seq })
                    }
                },
                Effect::Propose { review, .. } => Some(Event::Proposed {
                    review,
                    result: Ok(proposal()),
                }),
                Effect::Confirm { review, .. } => Some(Event::Confirmed {
                    review,
                    result: Ok(()),
                }),
                Effect::Notify(notification) => {
                    self.notifications.push(notification);
                    None
                }
                Effect::Wait { timer, ms } => {
                    self.timers.push((timer, ms));
                    None
                }
                Effect::Judge {
                    run,
                    question,
                    op,
                    response,
                    ..
                } => {
                    let output = match op.outcome(&self.input, &response) {
                        Outcome::Output(output) => Some(output),
                        _ => None,
                    };
                    self.judgements.push((run, question, output));
                    None
                }
                Effect::Read { run, read, .. } => {
                    self.reads.push((run, read));
                    None
                }
                _ => None,
            };
            if let Some(next) = next {
                all.extend(self.happens(next));
            }
        }
        all
    }
}

fn proposal() -> Proposal {
    Proposal {
        id: "consent".into(),
        host: "example.amazonaws.com".into(),
        signing_region: "us-east-1".into(),
        class: "write".into(),
        attempts: 3,
        identity: Identity::Known {
            label: "profile".into(),
            account: "123456789012".into(),
            arn: json!("arn").to_string(),
        },
    }
}
