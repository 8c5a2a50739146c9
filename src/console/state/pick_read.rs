//! Reads a list that a field is filled from. It is a request like any other, but no run: nothing of it
//! is stored, and what it answers is kept for a minute.

use super::{Console, Form, learn_name};
use crate::browser::clock;
use crate::transport::{Destination, Files};
use formsmith_api::class::Class;
use formsmith_api::json;
use formsmith_api::pages;
use formsmith_api::picks::{self, Item, List, Pairs};
use formsmith_api::protocol::{self, Answer};
use formsmith_run::{Failure, Target};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// So long what was read is not asked for again.
const KEPT_MS: f64 = 60_000.0;
/// So many answers are kept: they are whole, as several lists may stand in one.
const MOST: usize = 10;

/// A page of a list.
#[derive(Clone, Default)]
pub struct PickPage {
    pub items: Vec<Item>,
    /// The input of the page after it.
    pub next: Option<Value>,
}

/// Why a list could not be read: what happened, and what there is to say of it.
#[derive(Clone, PartialEq, Eq)]
pub struct PickFailure {
    pub title: String,
    pub detail: String,
}

/// What an operation answered, and the input of the page after it.
struct Page {
    output: Map<String, Value>,
    next: Option<Value>,
}

struct Kept {
    key: String,
    at_ms: f64,
    page: Rc<Page>,
}

thread_local! {
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
    /// When something was changed from here.
    static CHANGED_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// What was listed before may have more or less by now.
pub(super) fn changed() {
    CHANGED_MS.set(clock::now_ms());
}

impl Form {
    /// A page of a list. `beside` is what the form has beside the member that it fills.
    pub async fn read_list(
        self,
        list: &List,
        input: &Value,
        beside: &Pairs,
        is_fresh: bool,
    ) -> Result<PickPage, PickFailure> {
        let page = self.read_page(list, input, is_fresh).await?;
        let items = picks::items(list, &page.output, beside);
        let scope = self.name_scope();
        for item in &items {
            if let Some(name) = &item.name {
                learn_name(&scope, &item.value, name);
            }
        }
        Ok(PickPage {
            items,
            next: page.next.clone(),
        })
    }

    /// What a list is asked; of one that is asked by way of another, `input` is what the other is
    /// asked, and there is nothing to ask if that has nothing.
    pub async fn input_of_list(
        self,
        list: &List,
        input: Value,
        is_fresh: bool,
    ) -> Result<Option<Value>, PickFailure> {
        let Some(via) = &list.via else {
            return Ok(Some(input));
        };
        let page = self.read_page(via, &input, is_fresh).await?;
        Ok(picks::input_via(list, &page.output))
    }

    /// What an operation answers, from memory if it was read here a moment ago and nobody asks for a
    /// fresh answer.
    async fn read_page(
        self,
        list: &List,
        input: &Value,
        is_fresh: bool,
    ) -> Result<Rc<Page>, PickFailure> {
        let console = self.console;
        let service = list.service.as_deref().unwrap_or(&self.service.name);
        let choice = untrack(|| console.target_choice());
        let region = untrack(|| console.region());
        let (target, input_text) = (choice.key(), json::compact(input));
        let key = [&*target, &region, service, &list.operation, &input_text].join("\n");
        let now = clock::now_ms();
        let kept = KEPT.with_borrow_mut(|kept| {
            kept.retain(|it| now - it.at_ms < KEPT_MS && it.at_ms > CHANGED_MS.get());
            let found = kept.iter().find(|it| it.key == key);
            found.map(|it| it.page.clone())
        });
        if let Some(page) = kept.filter(|_| !is_fresh) {
            return Ok(page);
        }
        let page = Rc::new(console.ask(service, list, input, &region).await?);
        KEPT.with_borrow_mut(|kept| {
            kept.retain(|it| it.key != key);
            if kept.len() >= MOST {
                kept.remove(0);
            }
            kept.push(Kept {
                key,
                at_ms: now,
                page: page.clone(),
            });
        });
        Ok(page)
    }

    /// Where lists are read, in words.
    pub fn place_of_lists(self) -> String {
        let choice = self.console.target_choice();
        let region = self.console.region();
        match choice.target {
            Target::ProxyAws => match choice.profile {
                Some(profile) => words::list_comma(&profile, &region),
                None => words::pick_this_account(&region),
            },
            sandbox => words::target(sandbox).to_owned(),
        }
    }
}

impl Console {
    async fn ask(
        self,
        service: &str,
        list: &List,
        input: &Value,
        region: &str,
    ) -> Result<Page, PickFailure> {
        let missing = || failed(words::pick_no_model(&list.operation), String::new());
        let model = self.model_beside(service, &list.operation).await;
        let model = model.ok_or_else(missing)?;
        let of = model.service(service).ok_or_else(missing)?;
        let operation = of.operation(&list.operation).ok_or_else(missing)?;
        // What does more than read is never sent from here, whatever a file says.
        if operation.class != Class::Read {
            return Err(missing());
        }
        let request = protocol::request(model, of, operation, input)
            .map_err(|why| failed(words::pick_failed().to_owned(), why.what))?;
        let choice = untrack(|| self.target_choice());
        if choice.target != Target::PageSandbox {
            self.session.opened().await;
        }
        let to = Destination {
            service,
            operation: operation.name(),
            protocol: of.protocol,
            region,
            profile: choice.profile.as_deref(),
        };
        let transport = untrack(|| self.transport());
        let response = transport.send(to, &request, None, &Files::default()).await;
        let response = response.map_err(|why| no_answer(&self.session.explained(why)))?;
        match protocol::response(model, of, operation, &response) {
            Ok(Answer::Output(output)) => Ok(Page {
                next: pages::next(operation, input, &output),
                output,
            }),
            Ok(Answer::Error(error)) => {
                let detail = error.message.clone().unwrap_or_default();
                Err(failed(words::refused(&error), detail))
            }
            Err(why) => {
                let detail = words::why_not_understood(&why);
                Err(failed(words::pick_failed().to_owned(), detail))
            }
        }
    }
}

fn failed(title: String, detail: String) -> PickFailure {
    PickFailure { title, detail }
}

fn no_answer(why: &Failure) -> PickFailure {
    let detail = match why {
        Failure::Proxy(failure) => words::proxy_words(failure),
        _ => String::new(),
    };
    failed(words::failure_title(why), detail)
}
