//! All pages of an answer that are loaded, put together. There may be very many rows, so that it is done
//! in slices, between which the table that is there stays usable.

use crate::browser::task::Slices;
use crate::state::ShownRun;
use formsmith_api::answer::{List, join_page, lists, subject};
use formsmith_api::model::Place;
use formsmith_api::secret::{Secret, masked};
use leptos::prelude::untrack;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

/// An answer and what its model says of it.
pub struct Content {
    pub whole: Rc<Value>,
    /// The same with masks in the place of secrets; the very same where it has none.
    pub safe: Rc<Value>,
    pub place: Option<Place<'static>>,
    pub lists: Vec<List<'static>>,
    pub subject: Option<usize>,
}

impl Content {
    pub fn output(&self) -> &Map<String, Value> {
        object(&self.whole)
    }

    pub fn is_safe(&self) -> bool {
        Rc::ptr_eq(&self.whole, &self.safe)
    }
}

/// The members of an output, which is always an object.
pub fn object(value: &Value) -> &Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

/// The pages of one answer with masks in the place of secrets; none where a page has none. A page that was
/// looked at is not looked at again.
#[derive(Clone, Default)]
pub struct MaskedPages(Rc<RefCell<Vec<MaskedPage>>>);

type MaskedPage = Option<Rc<Map<String, Value>>>;

impl MaskedPages {
    fn knows(&self, at: usize) -> bool {
        at < self.0.borrow().len()
    }

    fn add(&self, at: usize, page: Option<Map<String, Value>>) {
        let mut all = self.0.borrow_mut();
        // Another task may have been faster.
        if at == all.len() {
            all.push(page.map(Rc::new));
        }
    }

    fn get(&self, at: usize) -> MaskedPage {
        self.0.borrow().get(at).cloned().flatten()
    }

    fn has_any(&self) -> bool {
        self.0.borrow().iter().any(Option::is_some)
    }
}

/// None where the run is no longer shown.
pub async fn gather(shown: ShownRun, which: Secret, masks: MaskedPages) -> Option<Content> {
    let run = untrack(|| shown.run())?;
    let (model, operation) = (run.op.model, run.op.operation);
    let place = operation.output.as_ref().and_then(|id| model.root(id));
    let outputs = run.outputs();
    let mut slices = Slices::new();
    let mut whole = Map::new();
    for (at, page) in outputs.iter().enumerate() {
        join_page(operation, &mut whole, page, at == 0);
        slices.rest().await;
        if !masks.knows(at) {
            let page = Value::Object((*page).clone());
            let safe = Some(masked(model, place, &page, which)).filter(|safe| *safe != page);
            masks.add(at, safe.map(|safe| object(&safe).clone()));
            slices.rest().await;
        }
    }
    let whole = Rc::new(Value::Object(whole));
    let safe = match masks.has_any() {
        false => Rc::clone(&whole),
        // Only then it is worth a copy.
        true => {
            let mut safe = Map::new();
            for (at, page) in outputs.iter().enumerate() {
                let masked = masks.get(at);
                join_page(
                    operation,
                    &mut safe,
                    masked.as_deref().unwrap_or(page),
                    at == 0,
                );
                slices.rest().await;
            }
            Rc::new(Value::Object(safe))
        }
    };
    let lists = lists(model, operation);
    let subject = (outputs.first()).and_then(|first| subject(operation, &lists, first));
    Some(Content {
        whole,
        safe,
        place,
        lists,
        subject,
    })
}
