//! A world for runs: a service, a store, two tabs, a clock and a person, all driven by a script
//! of bytes. Every step checks what must hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod checks;
mod deletion;
mod delivery;
mod effects;
mod service;
mod store;
mod tab;

use formsmith_api::model::Model;
use formsmith_run::{
    Ask, Event, Now, OperationRef, Phase, Place, Run, Target, Undoes, WaitFor, stash,
};
use serde_json::{Value, json};
use service::Service;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};
use store::Stored;
use tab::Tab;

const ACCOUNT: &str = "123456789012";

/// The steps that a byte of the script stands for. What is missing is 0.
struct Script<'a>(std::slice::Iter<'a, u8>);

impl Script<'_> {
    fn choose(&mut self, from: usize) -> usize {
        let byte = self.0.next().copied().unwrap_or_default();
        usize::from(byte) % from.max(1)
    }

    fn is_over(&self) -> bool {
        self.0.len() == 0
    }
}

pub struct World<'a> {
    script: Script<'a>,
    service: Service,
    store: BTreeMap<String, Stored>,
    /// What was stored of deleted runs, and the tab that can bring it back.
    deleted: BTreeMap<String, (Stored, Option<usize>)>,
    /// Which tab acts for a run.
    leaders: BTreeMap<String, usize>,
    tabs: [Tab; 2],
    now_ms: f64,
    ids: u32,
    /// Attempts that were sent; none is sent twice.
    sent: BTreeSet<(String, usize)>,
    /// Attempts that the service carried out.
    done: BTreeSet<(String, usize)>,
    /// What the last event made a machine tell.
    notifications: Vec<formsmith_run::Notification>,
    /// What happened, a line each, where somebody wants to know.
    story: Option<Vec<String>>,
}

impl Drop for World<'_> {
    fn drop(&mut self) {
        if let Some(story) = self.story.take().filter(|_| std::thread::panicking()) {
            println!("{}", story.join("\n"));
        }
    }
}

pub fn model() -> &'static Arc<Model> {
    static MODEL: OnceLock<Arc<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Arc::new(Model::embedded().unwrap()))
}

/// What the person may send: every example of every operation.
fn inputs() -> &'static [(OperationRef, Value)] {
    static INPUTS: OnceLock<Vec<(OperationRef, Value)>> = OnceLock::new();
    INPUTS.get_or_init(|| {
        let mut inputs = Vec::new();
        for service in model().services() {
            for operation in &service.operations {
                let op = OperationRef {
                    model: model(),
                    service,
                    operation,
                };
                let examples = &operation.traits.examples;
                inputs.extend(examples.iter().map(|example| (op, example.input.clone())));
            }
        }
        inputs
    })
}

impl<'a> World<'a> {
    pub fn new(script: &'a [u8], tells: bool) -> Self {
        Self {
            script: Script(script.iter()),
            service: Service::new(),
            store: BTreeMap::new(),
            deleted: BTreeMap::new(),
            leaders: BTreeMap::new(),
            tabs: [Tab::default(), Tab::default()],
            now_ms: 1_764_000_000_000.0,
            ids: 0,
            sent: BTreeSet::new(),
            done: BTreeSet::new(),
            notifications: Vec::new(),
            story: tells.then(Vec::new),
        }
    }

    /// Plays the script to its end, and then what is still on its way; what happened.
    pub fn play(mut self) -> Vec<String> {
        for tab in 0..2 {
            self.move_to(tab, Target::ProxySandbox);
        }
        while !self.script.is_over() {
            self.step();
        }
        // Whatever is still on its way arrives, and nothing is left to wait for.
        for _ in 0..2000 {
            let Some(tab) = (0..2).find(|tab| !self.tabs[*tab].coming.is_empty()) else {
                break;
            };
            self.deliver(tab, 0);
        }
        for tab in &self.tabs {
            for run in tab.machine.runs().filter(|run| run.is_underway()) {
                let is_held = matches!(run.phase, Phase::HeldBack { .. });
                assert!(is_held, "{} is underway for ever: {:?}", run.id, run.phase);
            }
        }
        self.check_all_stored();
        self.check_truth();
        self.story.take().unwrap_or_default()
    }

    fn step(&mut self) {
        let tab = self.script.choose(4) / 3;
        match self.script.choose(31) {
            0..=8 => {
                let many = self.tabs[tab].coming.len();
                if many > 0 {
                    let which = self.script.choose(many);
                    self.deliver(tab, which);
                }
            }
            9..=11 => self.ask(tab),
            12 => self.person(tab, |run| Event::Stopped { run }),
            13 => self.ask_again(tab),
            14 => self.person(tab, |run| Event::UndoAsked { run }),
            15 | 16 => self.happen(tab, Event::Agreed),
            17 => {
                let event = match self.script.choose(2) {
                    0 => Event::ReviewClosed,
                    _ => Event::ReviewRenewed,
                };
                self.happen(tab, event);
            }
            18 => self.person(tab, |run| Event::WentWithout { run }),
            19 => self.person(tab, |run| Event::FollowStopped { run }),
            20 => self.person(tab, |run| Event::FollowResumed { run }),
            21 => {
                let target = [Target::ProxySandbox, Target::ProxyAws][self.script.choose(2)];
                self.move_to(tab, target);
            }
            22 => self.kill(tab),
            23 => self.delete(tab, 1),
            24 => self.delete(tab, usize::MAX),
            25 => self.bring_back(tab),
            26 => {
                let most = [1, 20][self.script.choose(2)];
                self.person(tab, |run| Event::PagesAsked { run, most });
            }
            27 => self.person(tab, |run| Event::PagesStopped { run }),
            28 => self.person(tab, |run| Event::WaitStopped { run }),
            29 => self.person(tab, |run| Event::WaitResumed { run }),
            _ => self.repeat(tab),
        }
    }

    fn now(&mut self) -> Now {
        self.now_ms += 1.0;
        self.ids += 1;
        Now {
            ms: self.now_ms,
            random: f64::from(self.ids % 10) / 10.0,
            id: format!("00000000-0000-4000-8000-{:012}", self.ids),
            token: format!("11111111-1111-4111-8111-{:012}", self.ids),
        }
    }

    fn move_to(&mut self, tab: usize, target: Target) {
        self.tabs[tab].target = target;
        let account = (target == Target::ProxyAws).then(|| ACCOUNT.to_owned());
        self.happen(tab, Event::Moved { target, account });
    }

    /// Something that the person does with one of the runs that the tab knows.
    fn person(&mut self, tab: usize, what: impl Fn(String) -> Event) {
        let runs: Vec<String> = self.tabs[tab]
            .machine
            .runs()
            .map(|it| it.id.clone())
            .collect();
        if !runs.is_empty() {
            let run = runs[self.script.choose(runs.len())].clone();
            self.happen(tab, what(run));
        }
    }

    fn ask(&mut self, tab: usize) {
        let filled = self.tabs[tab].filled.take();
        let (op, input, undoes) = filled.unwrap_or_else(|| {
            let (op, input) = inputs()[self.script.choose(inputs().len())].clone();
            (op, input, None)
        });
        let target = self.tabs[tab].target;
        let waits = op.is_readonly() && self.script.choose(4) == 3;
        let ask = Ask {
            op,
            place: Place {
                target,
                region: "us-east-1".into(),
                account: None,
                profile: None,
                endpoint: None,
            },
            input,
            is_reviewed: false,
            undoes,
            account: None,
            waits: waits.then(|| WaitFor {
                waiter: "AnythingReady".into(),
                facts: json!({"delay": 2, "maxAttempts": 4}),
            }),
        };
        self.happen(tab, Event::Asked(Box::new(ask)));
    }

    fn ask_again(&mut self, tab: usize) {
        let rows_of = |run: &Run| {
            let rows = run.rows.as_ref().map_or(0, |rows| rows.rows.len());
            (0..rows)
                .filter(|at| run.may_send_row(*at))
                .collect::<Vec<_>>()
        };
        let runs: Vec<_> = self.tabs[tab].machine.runs().collect();
        let runs: Vec<_> = runs
            .iter()
            .map(|run| (run.id.clone(), rows_of(run)))
            .collect();
        if runs.is_empty() {
            return;
        }
        let (run, mut rows) = runs[self.script.choose(runs.len())].clone();
        if self.script.choose(2) == 1 {
            rows.truncate(1);
        }
        self.happen(tab, Event::AskedAgain { run, rows });
    }

    /// Hands an event to the machine, and carries out what it asks for.
    fn happen(&mut self, tab: usize, event: Event) {
        let now = self.now();
        // The person's word is good for one sending of what they asked for.
        match &event {
            Event::Asked(_) | Event::Agreed => self.tabs[tab].may_send_new = true,
            Event::AskedAgain { run, .. } => {
                self.tabs[tab].may_send.insert(run.clone());
                self.tabs[tab].stopped.remove(run);
            }
            Event::WentWithout { run } => {
                let held_back = self.tabs[tab].machine.run(run);
                let is_held = |run: &Run| matches!(run.phase, Phase::HeldBack { .. });
                self.tabs[tab].goes_without |= held_back.is_some_and(is_held);
                self.tabs[tab].may_send.insert(run.clone());
            }
            Event::Stopped { run } => {
                self.tabs[tab].stopped.insert(run.clone());
            }
            Event::Deleted { run } => {
                self.tabs[tab].deleted.insert(run.clone());
            }
            Event::Restored { run, .. } => {
                self.tabs[tab].deleted.remove(&run.id);
            }
            _ => {}
        }
        let again = self.tabs[tab].machine.review();
        let again = again.and_then(|review| review.intent.of.clone());
        if let (Event::Agreed | Event::Confirmed { .. }, Some(run)) = (&event, again) {
            self.tabs[tab].stopped.remove(&run);
            self.tabs[tab].may_send.insert(run);
        }
        self.tell(tab, "", &event);
        let effects = self.tabs[tab].machine.on(&now, event);
        self.notifications.clear();
        for effect in effects {
            self.tell(tab, "    ", &effect);
            self.carry_out(tab, effect);
        }
        self.check_stored(tab);
    }

    fn tell(&mut self, tab: usize, indent: &str, what: &impl std::fmt::Debug) {
        if let Some(story) = &mut self.story {
            let text: String = format!("{what:?}").chars().take(240).collect();
            story.push(format!("{tab}: {indent}{text}"));
        }
    }

    fn come(&mut self, tab: usize, at_ms: f64, event: Event) {
        self.tabs[tab].coming.push((at_ms, event));
    }

    fn fill(&mut self, tab: usize, op: OperationRef, input: Value, undoes: Undoes) {
        self.tabs[tab].filled = Some((op, input, Some(undoes)));
    }

    /// The tab ends between two steps. Some of what it asked to be stored is, in order, and of the
    /// rest it may have left word. Another begins with what is stored, and the other tab takes
    /// over what was led here. No answer that was shown is lost where the word arrives.
    fn kill(&mut self, tab: usize) {
        let writes = std::mem::take(&mut self.tabs[tab].writes);
        let is_stashed = self.script.choose(2) == 1;
        let stashed = match is_stashed {
            true => stash("", writes.clone(), usize::MAX),
            false => String::new(),
        };
        let shown = self.shown_answers(tab);
        let reached = self.script.choose(writes.len() + 1);
        for write in writes.into_iter().take(reached) {
            self.write(tab, write);
        }
        self.take_stash(tab, &stashed);
        self.check_shown(&shown, is_stashed);
        for (_, by) in self.deleted.values_mut().filter(|(_, by)| *by == Some(tab)) {
            *by = None;
        }
        let target = self.tabs[tab].target;
        self.tabs[tab] = Tab::default();
        self.leaders.retain(|_, leader| *leader != tab);
        self.move_to(tab, target);
        let other = 1 - tab;
        let first = [tab, other][self.script.choose(2)];
        let runs: Vec<String> = self.store.keys().cloned().collect();
        for id in runs {
            for which in [first, 1 - first] {
                if self.restored(&id).is_some() {
                    let leads = *self.leaders.entry(id.clone()).or_insert(which) == which;
                    self.take_up(which, &id, leads);
                }
            }
        }
    }
}
