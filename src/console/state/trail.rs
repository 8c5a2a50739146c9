//! The path that a person took through answers: from the values of one to the form of another
//! operation, and on from there. It is kept as long as the tab.

use super::{Console, Form, Route, ShownRun, Taker};
use crate::browser::{focus, storage, task};
use formsmith_api::json;
use serde_json::{Value, json};
use std::cell::RefCell;

const KEY: &str = "formsmith.trail";

/// Of a longer path the beginning is forgotten.
const MOST: usize = 8;

/// An operation on the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub service: String,
    pub operation: String,
    pub title: String,
    /// What was taken from its answer to the next, and the run that has the answer; none at the end.
    pub taken: Option<(String, String)>,
}

thread_local! {
    /// What is on its way to the form at an address, in words.
    static BROUGHT: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// What has come with the link that fills a form, if that was followed from an answer just now.
pub(super) fn take_brought(form: Form) -> Option<String> {
    let (address, taken) = BROUGHT.take()?;
    let own = Route::of_operation(&form.service.name, form.operation.name());
    (address == own).then_some(taken)
}

/// Is there any path? What it is comes with a later part of the page.
pub fn is_begun() -> bool {
    storage::tab::read(KEY).is_some()
}

/// The path on which the operation of a form is, from its beginning; nothing where it is on none.
pub fn leading_to(form: Form) -> Vec<Step> {
    let steps = read();
    match place(&steps, &form.service.name, form.operation.name()) {
        Some(_) => steps,
        None => Vec::new(),
    }
}

/// One goes on from an answer to an operation that takes something of it: `taken`, in words.
pub fn go_on(from: ShownRun, to: &Taker, taken: &str) {
    let address = Route::of_operation(&to.service, &to.operation);
    BROUGHT.set(Some((address, taken.to_owned())));
    let (service, operation) = (&from.op.service.name, from.op.operation.name());
    if to.service == *service && to.operation == operation {
        return;
    }
    let mut steps = read();
    match place(&steps, service, operation) {
        // What came after it was another path.
        Some(at) => steps.truncate(at + 1),
        None => {
            steps = vec![Step {
                service: service.clone(),
                operation: operation.to_owned(),
                title: from.op.operation.title(),
                taken: None,
            }];
        }
    }
    if let Some(last) = steps.last_mut() {
        last.taken = Some((taken.to_owned(), from.id()));
    }
    // Who comes back to an operation goes on from there.
    if let Some(at) = place(&steps, &to.service, &to.operation) {
        steps.truncate(at);
    }
    steps.push(Step {
        service: to.service.clone(),
        operation: to.operation.clone(),
        title: from.console.operation_title(&to.service, &to.operation),
        taken: None,
    });
    steps.drain(..steps.len().saturating_sub(MOST));
    let steps = steps.iter().map(Step::to_json).collect();
    storage::tab::write(KEY, Some(&json::compact(&Value::Array(steps))));
}

/// The path is left behind.
pub fn forget() {
    storage::tab::write(KEY, None);
}

fn place(steps: &[Step], service: &str, operation: &str) -> Option<usize> {
    let is_it = |step: &Step| step.service == service && step.operation == operation;
    steps.iter().position(is_it)
}

fn read() -> Vec<Step> {
    let kept = storage::tab::read(KEY).and_then(|text| json::parse(text.as_bytes()).ok());
    let steps = kept.as_ref().and_then(Value::as_array);
    steps.map_or_else(Vec::new, |steps| {
        steps.iter().filter_map(Step::from_json).collect()
    })
}

impl Step {
    fn to_json(&self) -> Value {
        json!({
            "service": self.service,
            "operation": self.operation,
            "title": self.title,
            "taken": self.taken.as_ref().map(|(taken, _)| taken),
            "run": self.taken.as_ref().map(|(_, run)| run),
        })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        Some(Self {
            service: text("service")?,
            operation: text("operation")?,
            title: text("title")?,
            taken: text("taken").zip(text("run")),
        })
    }
}

impl Console {
    /// Back to a form on the path, with the answer from which one went on.
    pub fn go_back_to(self, step: Step) {
        task::spawn(async move {
            if let Some(form) = self.open(&step.service, &step.operation).await {
                focus::soon_on_heading();
                if let Some((_, run)) = step.taken {
                    form.choose_run(run);
                }
            }
        });
    }
}
