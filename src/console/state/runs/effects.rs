//! What the machine asks for is done here, and nowhere else.

use super::lock;
use super::restore::AGAIN_AFTER_MS;
use crate::browser::{clock, task};
use crate::lazy::{self, lazy};
use crate::state::{Console, Form, Replacement, pick_read};
use crate::transport::{self, Destination, Files, Transport};
use formsmith_api::class::Class;
use formsmith_api::http::{HttpRequest, HttpResponse};
use formsmith_api::retry::ATTEMPTS;
use formsmith_api::waiter::Judged;
use formsmith_run::{Effect, Event, Failure, OperationRef, Place, Target, Undoes};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};

impl Console {
    pub(super) fn carry_out(self, effect: Effect) {
        match effect {
            Effect::Store {
                run,
                seq,
                fact,
                head,
            } => {
                if seq == 0 {
                    lock::hold(&run);
                }
                self.write_fact(run, seq, *fact, *head);
            }
            Effect::Forget { run } => self.write_nothing_of(run),
            Effect::Send {
                run,
                attempt,
                op,
                place,
                http,
                consent,
            } => {
                // What shows the answer comes while it is awaited.
                task::spawn(async {
                    let _ = lazy::load_answers().await;
                });
                task::spawn(async move {
                    // Goes on where the person stops waiting, unless it is a file: giving up would take
                    // nothing back.
                    let files = self.files_of(&run, op, &http);
                    let result = self.exchange(op, &place, &http, consent.as_deref(), &files);
                    let result = result.await;
                    if op.operation.class != Class::Read {
                        pick_read::changed();
                    }
                    self.files_ended(&run, op, files);
                    let result = result.map_err(|why| self.session.explained(why));
                    self.happen(Event::Answered {
                        run,
                        attempt,
                        result,
                    });
                });
            }
            Effect::Read {
                run,
                read,
                op,
                place,
                http,
            } => task::spawn(async move {
                let result = self
                    .exchange(op, &place, &http, None, &Files::default())
                    .await;
                self.happen(Event::ReadAnswered { run, read, result });
            }),
            Effect::Judge {
                run,
                question,
                op,
                waiter,
                response,
            } => task::spawn(async move {
                let event = match self.judgement(&run, op, waiter, response).await {
                    Some((judged, output)) => Event::Judged {
                        run,
                        question,
                        judged,
                        output,
                    },
                    None => Event::NotJudged { run, question },
                };
                self.happen(event);
            }),
            Effect::Propose {
                review,
                op,
                place,
                http,
            } => task::spawn(async move {
                self.session.opened().await;
                let token = self.session.token();
                let to = destination(op, &place);
                let result = transport::propose(token.as_deref(), to, &http, ATTEMPTS).await;
                let result = result.map_err(|why| self.session.explained(why));
                self.happen_in_review(Event::Proposed { review, result });
            }),
            Effect::Confirm { review, proposal } => task::spawn(async move {
                let token = self.session.token();
                let result = transport::confirm(token.as_deref(), &proposal).await;
                let result = result.map_err(|why| self.session.explained(why));
                self.happen_in_review(Event::Confirmed { review, result });
            }),
            Effect::Withdraw { proposal } => task::spawn(async move {
                let token = self.session.token();
                transport::withdraw(token.as_deref(), &proposal).await;
            }),
            Effect::Wait { timer, ms } => task::spawn(async move {
                clock::pause(ms).await;
                self.happen(Event::TimerFired(timer));
            }),
            Effect::Show { op, run } => {
                let form = self.form_of(op);
                if let Some(form) = form.filter(|_| !self.has_own_page(op, &run)) {
                    form.show_run(run);
                }
            }
            Effect::Fill {
                of,
                operation,
                input,
                place,
                undoes,
            } => task::spawn(self.fill_inverse(of, operation, input, place, undoes)),
            Effect::CheckIdentity => task::spawn(async move {
                if self.ask_identity().await.is_none() {
                    // What would answer is no longer AWS: this is another question.
                    self.happen(Event::ReviewClosed);
                }
            }),
            Effect::Learn { profile, identity } => self.learn_identity(profile, identity),
            Effect::Notify(notification) => self.notify_of_run(&notification),
            Effect::Refuse { op, why } => {
                let form = self.form_of(op).filter(|form| form.is_open());
                match form {
                    Some(form) => form.refuse(words::refusal(&why)),
                    None => self.tell(Err(words::refusal(&why))),
                }
            }
        }
    }

    /// What the place of a run answers, whatever place is chosen now.
    pub(super) async fn exchange(
        self,
        op: OperationRef,
        place: &Place,
        http: &HttpRequest,
        consent: Option<&str>,
        files: &Files,
    ) -> Result<HttpResponse, Failure> {
        let transport = match place.target {
            Target::PageSandbox => Transport::Sandbox,
            Target::ProxySandbox | Target::ProxyAws => {
                self.session.opened().await;
                let token = self.session.token();
                Transport::Proxy { token }
            }
        };
        let to = destination(op, place);
        transport.send(to, http, consent, files).await
    }

    /// What the answer means that is there. What judges it may come when the host can be reached
    /// again; none if it doesn't soon, or nobody waits any more.
    async fn judgement(
        self,
        run: &str,
        op: OperationRef,
        waiter: Value,
        response: Box<HttpResponse>,
    ) -> Option<Judgement> {
        for _ in 0..JUDGE_TRIES {
            if let Ok(judgement) = judge(op, waiter.clone(), response.clone()).await {
                return Some(judgement);
            }
            clock::pause(AGAIN_AFTER_MS).await;
            untrack(|| self.runs().get(run)).filter(|run| run.is_waiting())?;
        }
        None
    }

    /// The form of the operation that takes back what another has done, filled, and its review.
    async fn fill_inverse(
        self,
        of: OperationRef,
        operation: String,
        input: Value,
        place: Place,
        undoes: Undoes,
    ) {
        let undone = of.operation.title();
        let Some(form) = self.open(&of.service.name, &operation).await else {
            return;
        };
        form.forget_result();
        let before = self.region.get_untracked();
        self.choose_region(place.region);
        let by = Replacement::Inverse(undone);
        form.load_inverse(&input, by, before, undoes);
        form.review_input(place.account);
    }

    pub(in crate::state) fn form_of(self, op: OperationRef) -> Option<Form> {
        let is_its = |form: &&Form| std::ptr::eq(form.operation, op.operation);
        self.navigation.forms().iter().find(is_its).copied()
    }
}

/// So often it is tried to fetch what judges an answer, a minute long.
const JUDGE_TRIES: u32 = 6;

type Judgement = (Judged, Option<Map<String, Value>>);

lazy! {
    in query: fn judge(op: OperationRef, waiter: Value, response: Box<HttpResponse>) -> Judgement =
        formsmith_query::judge((op.model, op.service, op.operation), &waiter, &response);
}

pub(super) fn destination(op: OperationRef, place: &Place) -> Destination<'_> {
    Destination {
        service: &op.service.name,
        operation: op.operation.name(),
        protocol: op.service.protocol,
        region: &place.region,
        profile: place.profile.as_deref(),
    }
}
