//! What an address asks for beside naming its page: `?region=…&input=…` fills the form, and so
//! do `?run=…` with a run of the history and `?preset=…` with a preset.
//! Nothing is ever sent for it.

use super::copy::CopyStatus;
use super::form_view::FormView;
use super::{Console, Form, Notice, REGIONS, Replacement, Route, trail};
use crate::browser::{page, task};
use crate::lazy::{self, lazy};
use formsmith_api::draft::{Content, Draft, MistakeKind, Tokens, prune_unknown};
use formsmith_api::json;
use formsmith_api::secret;
use formsmith_words as words;
use leptos::prelude::*;

/// A longer link is neither made nor read: some programs cut them off.
pub const LONGEST_LINK: usize = 16 * 1024;

/// What a link, or a run, brought beside its input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromLink {
    /// Members that the operation doesn't have.
    pub left_out: Vec<String>,
    /// What was taken from an answer, in words, where that filled the form.
    pub taken: Option<String>,
    pub region: Option<LinkRegion>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkRegion {
    Chosen(String),
    Unknown { named: String, stays: String },
}

/// Why nothing was taken from a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    TooLong,
    /// The person wrote or sent something before it could be read.
    Overtaken,
    /// Not what percent-encoding gives.
    Garbled,
    NotJson,
    /// The beginning of the value that is of another type, and the type it has to have.
    WrongType {
        found: String,
        expected: &'static str,
    },
}

/// The query of the address, until it is done.
#[derive(Clone, Copy)]
pub(super) struct Asked(StoredValue<Option<String>>);

impl Asked {
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    pub fn is_something(self) -> bool {
        self.0.with_value(Option::is_some)
    }
}

impl Console {
    /// Takes from a fragment what it asks; returns the fragment of the page. The address keeps it
    /// until it is done, so that a reload asks again.
    pub(super) fn take_asked(self, fragment: String) -> String {
        let (path, query) = match fragment.split_once('?') {
            Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
            None => (fragment, None),
        };
        self.asked.0.set_value(query);
        path
    }

    /// Does what the address asked, once the form it names is there.
    pub(super) async fn prefill(self) {
        let Some(form) = untrack(move || self.form()) else {
            return;
        };
        let Some(query) = self.asked.0.try_update_value(Option::take).flatten() else {
            return;
        };
        let before = untrack(move || form.stored_draft());
        let loaded = lazy::load().await;
        let address = page::fragment();
        // Who has gone elsewhere meanwhile wants it no more.
        let Some((path, _)) = address.split_once('?').filter(|(_, asked)| *asked == query) else {
            return;
        };
        if untrack(move || form.is_sending() || form.stored_draft() != before) {
            page::replace_fragment(path);
            let why = Notice::LinkRefused(LinkProblem::Overtaken);
            return form.set_notice(Some(why));
        }
        if loaded.is_err() || fill(form, query).await.is_err() {
            return form.tell_not_loaded();
        }
        page::replace_fragment(path);
    }

    /// The region that a link names takes the place of the one there is, if it is known.
    pub(super) fn take_region(self, named: Option<String>) -> Option<LinkRegion> {
        let stays = self.region.get_untracked();
        let named = named.filter(|named| *named != stays)?;
        Some(match REGIONS.contains(&named.as_str()) {
            true => {
                self.choose_region(named.clone());
                LinkRegion::Chosen(named)
            }
            false => LinkRegion::Unknown { named, stays },
        })
    }
}

/// The value of a name in a query; an error where it is not percent-encoded.
fn value(query: &str, name: &str) -> Result<Option<String>, LinkProblem> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.find(|(its, _)| *its == name).map(|(_, value)| value);
    let decoded = |value| page::decoded(value).ok_or(LinkProblem::Garbled);
    value.map(decoded).transpose()
}

impl Form {
    fn fill(self, query: &str) {
        match (value(query, "run"), value(query, "preset")) {
            (Ok(Some(run)), _) => self.open_run(run),
            (_, Ok(Some(preset))) => self.open_preset(preset),
            _ => self.fill_from_link(query),
        }
    }

    fn fill_from_link(self, query: &str) {
        // What was under review is not what the form now holds.
        self.console.close_review();
        let (input, region) = match self.read_link(query) {
            Ok(read) => read,
            Err(why) => return self.set_notice(Some(Notice::LinkRefused(why))),
        };
        let before = self.console.region.get_untracked();
        let region = self.console.take_region(region);
        match input {
            Some((mut draft, left_out)) => {
                draft.begin_required(self.model);
                let taken = trail::take_brought(self);
                let by = Replacement::Link(FromLink {
                    left_out,
                    taken,
                    region,
                });
                self.replace(draft, by, Some(before));
                self.fill_tokens();
                self.show_view(FormView::Fields);
                self.show_wrong_values();
            }
            None => self.set_notice(region.map(Notice::LinkRegion)),
        }
    }

    #[allow(clippy::type_complexity)]
    fn read_link(
        self,
        query: &str,
    ) -> Result<(Option<(Draft, Vec<String>)>, Option<String>), LinkProblem> {
        if query.len() > LONGEST_LINK {
            return Err(LinkProblem::TooLong);
        }
        let region = value(query, "region")?;
        let Some(input) = value(query, "input")? else {
            return Ok((None, region));
        };
        let input = json::parse(input.as_bytes()).map_err(|_| LinkProblem::NotJson)?;
        let (input, left_out) = prune_unknown(self.model, self.operation, &input, Tokens::LeaveOut);
        let text = json::indented(&input);
        match Draft::from_saved(self.model, self.operation, &text) {
            Some(Ok(draft)) => Ok((Some((draft, left_out)), region)),
            Some(Err(mistake)) => Err(match mistake.kind {
                MistakeKind::WrongType { expected } => {
                    let line = text.lines().nth(mistake.line - 1);
                    let found = line.unwrap_or_default().trim().to_owned();
                    LinkProblem::WrongType { found, expected }
                }
                _ => LinkProblem::NotJson,
            }),
            None => Ok((None, region)),
        }
    }

    /// What came from elsewhere is shown as wrong at once; what it left open, as ever, only when left.
    pub(super) fn show_wrong_values(self) {
        let found = untrack(move || self.findings()).into_iter();
        let nodes = found.map(|finding| finding.node);
        let is_written = |node| {
            self.peek(|draft| !matches!(draft.content(node), Content::Absent | Content::NotKept(_)))
        };
        self.violations
            .show_only(nodes.filter(|&node| is_written(node)).collect());
    }

    /// Copies a link that fills this form as it is filled now, without its tokens and secrets.
    pub fn copy_link(self, status: CopyStatus) {
        task::spawn(async move {
            if link(self, status).await.is_err() {
                self.tell_not_loaded();
            }
        });
    }

    fn make_link(self, status: CopyStatus) {
        let console = self.console;
        let region = untrack(move || console.region());
        let input = untrack(move || self.input());
        let (input, _) = prune_unknown(self.model, self.operation, &input, Tokens::LeaveOut);
        let input = secret::withheld(self.model, self.operation, &input);
        let input = page::encoded(&json::compact(&input));
        let query = format!("region={region}&input={input}");
        let has_mistake = untrack(move || self.json_mistake()).is_some();
        let refused = match query.len() > LONGEST_LINK {
            _ if has_mistake => words::json_has_error(),
            true => words::link_too_long(),
            false => {
                let page = Route::of_operation(&self.service.name, self.operation.name());
                let link = page::address(&format!("{page}?{query}"));
                return console.copy(words::link().into(), link, status);
            }
        };
        console.announce(refused);
        status.refuse(refused);
    }
}

lazy! { fn fill(form: Form, query: String) = form.fill(&query); }

lazy! { fn link(form: Form, status: CopyStatus) = form.make_link(status); }
