//! The pages after the first that a run was answered with: read one after the other, held in
//! memory, and never stored.

use crate::effects::Effects;
use crate::read_back::{advice, output};
use crate::{Effect, Failure, Machine, Notification, Now, OperationRef, ReadFailure, Refusal};
use crate::{Run, Timer};
use formsmith_api::http::HttpResponse;
use formsmith_api::outcome::Outcome;
use formsmith_api::pages;
use formsmith_api::retry::Advice;
use formsmith_api::secret::has_hole;
use serde_json::{Map, Value};
use std::sync::Arc;

/// So many pages are loaded before the person is asked whether to load more.
pub const MOST_PAGES: usize = 20;

/// Milliseconds before a page is asked for again that the service turned away for the moment.
/// After the last of them loading has failed.
const PAUSES_MS: [f64; 5] = [1e3, 2e3, 4e3, 8e3, 16e3];

#[derive(Debug, Clone)]
pub struct Pages {
    /// The attempt that was answered with the first page.
    attempt: usize,
    /// Those after the first, in their order.
    loaded: Vec<Page>,
    pub step: PagesStep,
    /// Tells the page that is awaited, or its timer, from any other.
    number: u32,
    /// How many the person asked for last, and how many of them are still to be read.
    asked: usize,
    left: usize,
    /// So often the page that is due was turned away.
    failures: usize,
    /// When the page that is awaited was asked for, in epoch milliseconds.
    asked_ms: f64,
}

#[derive(Debug, Clone)]
struct Page {
    /// What it was asked for with.
    input: Value,
    output: Arc<Map<String, Value>>,
    cost: Cost,
}

/// What was loaded took so much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    pub pages: usize,
    /// From each request to its answer, in milliseconds, without the pauses between them.
    pub ms: f64,
    /// Of the bodies; 0 where a body was not kept.
    pub bytes: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum PagesStep {
    /// Nothing is read: the person has what they asked for, or has stopped it.
    Idle,
    Reading,
    /// The service turned a page away for the moment; it is asked for again by itself.
    Waiting,
    /// As many as are loaded without asking are there, and there are more.
    Asking,
    Failed(ReadFailure),
    /// The service gives a token that it gave before, which would never end.
    Repeated,
}

impl PagesStep {
    #[must_use]
    pub fn is_underway(&self) -> bool {
        matches!(self, Self::Reading | Self::Waiting)
    }
}

impl Run {
    /// The attempt that was answered with the first page, and that page.
    fn first_page(&self) -> Option<(usize, &Map<String, Value>)> {
        // What is waited for is looked at as it was answered last.
        if self.wait.is_some() {
            return None;
        }
        let at = self.attempts.iter().rposition(|it| it.result.is_some())?;
        match self.attempts[at].outcome()? {
            Outcome::Output(output) => Some((at, output)),
            _ => None,
        }
    }

    /// What goes on with the pages after the first, once one was asked for.
    #[must_use]
    pub fn pages(&self) -> Option<&Pages> {
        let (first, _) = self.first_page()?;
        self.pages.as_ref().filter(|pages| pages.attempt == first)
    }

    /// What the pages say that are loaded, the first included; nothing where the last answer is no
    /// output.
    #[must_use]
    pub fn outputs(&self) -> Vec<&Map<String, Value>> {
        let first = self.first_page().map(|(_, output)| output);
        let others = self.pages().map_or(&[][..], |pages| &pages.loaded);
        let others = others.iter().map(|page| page.output.as_ref());
        first.into_iter().chain(others).collect()
    }

    /// What the pages took that are loaded, the first included; none where the last answer is no
    /// output.
    #[must_use]
    pub fn cost(&self) -> Option<Cost> {
        let (first, _) = self.first_page()?;
        let attempt = &self.attempts[first];
        let body = |response: &HttpResponse| response.body.len() as u64;
        let first = Cost {
            pages: 1,
            ms: attempt.ended_ms.map_or(0.0, |end| end - attempt.started_ms),
            bytes: attempt.answer().map_or(0, |it| body(it.response())),
        };
        let others = self.pages().map_or(&[][..], |pages| &pages.loaded);
        Some(others.iter().fold(first, |all, page| Cost {
            pages: all.pages + page.cost.pages,
            ms: all.ms + page.cost.ms,
            bytes: all.bytes + page.cost.bytes,
        }))
    }

    /// The input that asks for the page after those that are loaded; none after the last one, and
    /// where something of input or answer is no longer there.
    #[must_use]
    pub fn next_page(&self) -> Option<Value> {
        if self.is_imported {
            return None;
        }
        let (_, first) = self.first_page()?;
        let last = self.pages().and_then(|pages| pages.loaded.last());
        let (input, output) = match last {
            Some(page) => (&page.input, page.output.as_ref()),
            None => (&self.input, first),
        };
        let next = pages::next(self.op.operation, input, output)?;
        (!has_hole(&next) && !self.was_asked_with(&next)).then_some(next)
    }

    fn was_asked_with(&self, input: &Value) -> bool {
        let loaded = self.pages().map_or(&[][..], |pages| &pages.loaded);
        *input == self.input || loaded.iter().any(|page| page.input == *input)
    }

    /// Are there pages that can be loaded beside those that are there? What needs the person's
    /// consent is not read without it.
    #[must_use]
    pub fn may_load_pages(&self) -> bool {
        self.op.is_readonly() && !self.is_deleted && !self.is_underway() && {
            let is_loading = self.pages().is_some_and(|it| it.step.is_underway());
            !is_loading && self.next_page().is_some()
        }
    }
}

impl Machine {
    /// The person wants so many more pages.
    pub(crate) fn ask_pages(&mut self, now: &Now, id: &str, most: usize, out: &mut Effects) {
        let number = self.fresh_number();
        let run = self.run_mut(id).filter(|run| run.may_load_pages());
        let Some(run) = run.filter(|_| most > 0) else {
            return self.ignore();
        };
        if !run.leads {
            return out.refuse(run.op, Refusal::OtherTab);
        }
        let Some((attempt, _)) = run.first_page() else {
            return;
        };
        let loaded = run.pages().map(|pages| pages.loaded.clone());
        run.pages = Some(Pages {
            attempt,
            loaded: loaded.unwrap_or_default(),
            step: PagesStep::Reading,
            number,
            asked: most,
            left: most,
            failures: 0,
            asked_ms: now.ms,
        });
        self.read_page(now, id, number, out);
    }

    /// Asks for the page that is due.
    pub(crate) fn read_page(&mut self, now: &Now, id: &str, number: u32, out: &mut Effects) {
        let is_here = self.run(id).is_some_and(|run| self.is_here(&run.place));
        let awaited = self.fresh_number();
        let Some(run) = self.run_mut(id).filter(|run| !run.is_deleted) else {
            return self.ignore();
        };
        let (op, place, input) = (run.op, run.place.clone(), run.next_page());
        let pages = run.pages.as_mut().filter(|pages| pages.number == number);
        let (Some(pages), Some(input)) = (pages, input) else {
            return self.ignore();
        };
        if !is_here {
            let why = ReadFailure::OtherTarget(place.target);
            return self.end_pages(id, PagesStep::Failed(why), out);
        }
        match out.read(id, awaited, op, place, &input) {
            Ok(()) => {
                (pages.number, pages.step) = (awaited, PagesStep::Reading);
                pages.asked_ms = now.ms;
                run.version += 1;
            }
            Err(why) => self.end_pages(id, PagesStep::Failed(why), out),
        }
    }

    /// True if the read was a page.
    pub(crate) fn take_page(
        &mut self,
        now: &Now,
        id: &str,
        number: u32,
        result: &Result<HttpResponse, Failure>,
        out: &mut Effects,
    ) -> bool {
        let next = self.fresh_number();
        let Some(run) = self.run_mut(id) else {
            return false;
        };
        let is_it = |it: &Pages| it.number == number && it.step == PagesStep::Reading;
        if !run.pages.as_ref().is_some_and(is_it) {
            return false;
        }
        let (op, input) = (run.op, run.next_page());
        let (Some(pages), Some(input)) = (run.pages.as_mut(), input) else {
            return false;
        };
        pages.number = next;
        match output(op, &input, result) {
            Ok(output) => {
                let body = result.as_ref().map_or(0, |it| it.body.len() as u64);
                pages.loaded.push(Page {
                    input,
                    output: Arc::new(output),
                    cost: Cost {
                        pages: 1,
                        ms: now.ms - pages.asked_ms,
                        bytes: body,
                    },
                });
                pages.failures = 0;
                pages.left -= 1;
                self.after_page(now, id, next, out);
            }
            Err(why) => {
                let pause = PAUSES_MS.get(pages.failures).copied();
                let pause = pause.and_then(|ms| Some(ms.max(pause_ms(op, &input, result, now)?)));
                let Some(ms) = pause else {
                    self.end_pages(id, PagesStep::Failed(why), out);
                    return true;
                };
                pages.failures += 1;
                pages.step = PagesStep::Waiting;
                run.version += 1;
                out.push(Effect::Wait {
                    timer: Timer::Page {
                        run: id.to_owned(),
                        page: next,
                    },
                    ms,
                });
            }
        }
        true
    }

    /// Goes on with the next page, or ends.
    fn after_page(&mut self, now: &Now, id: &str, number: u32, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        let has_next = run.next_page().is_some();
        let Some(pages) = &run.pages else { return };
        let last = pages.loaded.last();
        let names_next = last.is_some_and(|it| pages::has_next(run.op.operation, &it.output));
        let step = match has_next {
            true if pages.left > 0 => return self.read_page(now, id, number, out),
            true if pages.asked > 1 => PagesStep::Asking,
            false if names_next => PagesStep::Repeated,
            _ => PagesStep::Idle,
        };
        self.end_pages(id, step, out);
    }

    fn end_pages(&mut self, id: &str, step: PagesStep, out: &mut Effects) {
        let Some(run) = self.run_mut(id) else { return };
        if let Some(pages) = &mut run.pages {
            pages.step = step;
            run.version += 1;
            out.notify(Notification::Pages { run: id.to_owned() });
        }
    }

    /// The person wants no further page. One that is on its way is not taken.
    pub(crate) fn stop_pages(&mut self, id: &str, out: &mut Effects) {
        let number = self.fresh_number();
        let pages = self.run_mut(id).and_then(|run| run.pages.as_mut());
        match pages.filter(|pages| pages.step.is_underway()) {
            Some(pages) => {
                pages.number = number;
                self.end_pages(id, PagesStep::Idle, out);
            }
            None => self.ignore(),
        }
    }
}

/// How long to wait before the same page is asked for again; none where that is of no use.
fn pause_ms(
    op: OperationRef,
    input: &Value,
    result: &Result<HttpResponse, Failure>,
    now: &Now,
) -> Option<f64> {
    match advice(op, input, result, now) {
        Advice::Again { after_ms, .. } => Some(after_ms),
        Advice::SignIn | Advice::Stop => None,
    }
}
