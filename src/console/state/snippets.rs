//! The call of a form as other tools write it, and a form filled from what they were told.

use super::{Console, Form, REGIONS, Replacement, all_services};
use crate::browser::{focus, task};
use crate::snippets;
use formsmith_api::json;
use formsmith_api::model::is_own;
use formsmith_api::secret::with_placeholders;
use formsmith_words as words;
use leptos::prelude::*;

/// What a call is written in, in this order: a key, and the name, which is no word of any language.
pub const LANGUAGES: [(&str, &str); 5] = [
    ("aws-cli", "AWS CLI"),
    ("boto3", "Python"),
    ("rust", "Rust"),
    ("javascript", "JavaScript"),
    ("curl", "curl"),
];

/// The text that a command is pasted into.
pub const PASTED_ID: &str = "pasted";

/// Two dialogs: one shows a call, the other takes one.
#[derive(Clone, Copy)]
pub struct Snippets {
    is_copying: RwSignal<bool>,
    texts: RwSignal<Vec<String>>,
    /// Do they have the secrets? As long as the dialog is open, and only if that was asked for.
    with_secrets: RwSignal<bool>,
    is_pasting: RwSignal<bool>,
    pasted: RwSignal<String>,
    refused: RwSignal<Option<String>>,
    /// What the answer that shows is queried with, and of which operation it is.
    query: StoredValue<(String, String)>,
}

impl Snippets {
    pub(super) fn new() -> Self {
        Self {
            is_copying: RwSignal::new(false),
            texts: RwSignal::new(Vec::new()),
            with_secrets: RwSignal::new(false),
            is_pasting: RwSignal::new(false),
            pasted: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            query: StoredValue::default(),
        }
    }

    /// Does the dialog show that has a call to copy?
    pub fn is_copying(self) -> bool {
        self.is_copying.get()
    }

    /// Does the dialog show that takes a call?
    pub fn is_pasting(self) -> bool {
        self.is_pasting.get()
    }

    /// For each of [`LANGUAGES`] its text and why there is none; empty until they are known.
    pub fn texts(self) -> Vec<String> {
        self.texts.get()
    }

    pub fn has_secrets(self) -> bool {
        self.with_secrets.get()
    }

    pub fn pasted(self) -> Signal<String> {
        self.pasted.into()
    }

    pub fn write_pasted(self, text: String) {
        self.pasted.set(text);
    }

    /// Why what was pasted can't be read.
    pub fn refused(self) -> Signal<Option<String>> {
        self.refused.into()
    }

    /// The answer of an operation is queried with this; empty if it is not.
    pub fn set_query(self, service: &str, operation: &str, query: &str) {
        let of = [service, operation].join(".");
        self.query.set_value((of, query.to_owned()));
    }

    fn query_of(self, service: &str, operation: &str) -> String {
        let of = [service, operation].join(".");
        self.query.with_value(|(its, query)| match *its == of {
            true => query.clone(),
            false => String::new(),
        })
    }

    pub fn open_paste(self) {
        self.close();
        self.pasted.set(String::new());
        self.refused.set(None);
        self.is_pasting.set(true);
    }

    /// Who writes elsewhere by the time a dialog's code has come is not torn away from there.
    pub fn give_way(self) {
        if focus::is_within("input, textarea, select") {
            self.close();
        }
    }

    pub fn close(self) {
        self.is_copying.set(false);
        self.is_pasting.set(false);
    }

    fn refuse(self, console: Console, why: &str) {
        console.announce(why);
        self.refused.set(Some(why.to_owned()));
        focus::soon(PASTED_ID);
    }
}

impl Form {
    /// Shows what would be sent now, whatever is wrong with it.
    pub fn copy_as(self) {
        self.console.snippets.close();
        self.console.snippets.with_secrets.set(false);
        self.console.snippets.is_copying.set(true);
    }

    /// Writes the calls with the secrets in them, or without.
    pub fn include_secrets(self, with: bool) {
        self.console.snippets.with_secrets.set(with);
        self.write_calls();
    }

    /// Writes the call as it is now, for the dialog that shows it.
    pub fn write_calls(self) {
        let shown = self.console.snippets;
        if untrack(move || self.json_mistake()).is_none() {
            self.fill_tokens();
        }
        shown.texts.set(Vec::new());
        let (service, operation) = (self.service.name.as_str(), self.operation.name());
        if is_own(service) {
            return shown.texts.set(without(words::no_snippets()));
        }
        let mut input = untrack(move || self.input());
        if !shown.with_secrets.get_untracked() {
            input = with_placeholders(self.model, self.operation, &input);
        }
        let input = json::compact(&input);
        let region = untrack(move || self.console.region());
        let query = shown.query_of(service, operation);
        let console = self.console;
        task::spawn(async move {
            let document = console.document_for_snippets(service, operation).await;
            let texts =
                snippets::write(service, operation, &region, &input, &query, &document).await;
            let missing = || without(words::snippets_missing());
            shown.texts.set(texts.unwrap_or_else(missing));
        });
    }
}

/// No text in any language, and why.
fn without(why: &str) -> Vec<String> {
    vec![[String::new(), why.to_owned()]; LANGUAGES.len()].concat()
}

impl Console {
    /// The model of an operation that is not built in; empty for one that is, and where it can't be
    /// had.
    async fn document_for_snippets(self, service: &str, operation: &str) -> String {
        if service.is_empty() || is_own(service) || self.is_built_in(service, operation) {
            return String::new();
        }
        let document = all_services::document_of(self, service, operation).await;
        document.unwrap_or_default()
    }

    /// The operation that a pasted command names, if it is one of AWS's; or else that whose form is
    /// open, or nothing.
    async fn named_in(self, pasted: &str) -> (String, String) {
        let open = untrack(move || self.form());
        let open = open.map_or_else(Default::default, |form| {
            (form.service.name.clone(), form.operation.name().to_owned())
        });
        let Some([service, _]) = snippets::named(pasted, Vec::new()).await else {
            return open;
        };
        let Some(operations) = all_services::operations_of(self, &service).await else {
            return open;
        };
        match snippets::named(pasted, operations).await {
            Some([service, operation]) if !operation.is_empty() => (service, operation),
            _ => open,
        }
    }

    /// Reads what was pasted, goes to its operation and fills the form there.
    pub fn read_pasted(self) {
        task::spawn(async move {
            let shown = self.snippets;
            let pasted = shown.pasted.get_untracked();
            let (service, operation) = self.named_in(&pasted).await;
            let document = self.document_for_snippets(&service, &operation).await;
            let read = snippets::read(&pasted, &service, &operation, &document).await;
            let read = read.unwrap_or_else(|| vec![words::snippets_missing().to_owned()]);
            // Who has closed the dialog meanwhile, or pressed twice, wants nothing more of it.
            if !shown.is_pasting.get_untracked() {
                return;
            }
            let [_, service, operation, region, input, notes @ ..] = read.as_slice() else {
                return shown.refuse(self, &read.concat());
            };
            let input = json::parse(input.as_bytes()).unwrap_or_default();
            let is_empty = input.as_object().is_none_or(|input| input.is_empty());
            if is_empty && !notes.is_empty() {
                return shown.refuse(self, &words::paragraph(notes));
            }
            let left = untrack(move || self.route());
            let Some(form) = self.open(service, operation).await else {
                return shown.refuse(self, words::model_missing());
            };
            shown.is_pasting.set(false);
            if untrack(move || self.route()) != left {
                focus::soon_on_heading();
            }
            let before = self.region.get_untracked();
            let is_other = !region.is_empty() && *region != before;
            let is_offered = REGIONS.contains(&region.as_str());
            let mut story = notes.to_vec();
            if is_other {
                story.insert(0, words::region_pasted(region, is_offered));
            }
            if is_other && is_offered {
                self.choose_region(region.clone());
            }
            form.forget_result();
            form.load_input(
                &input,
                Replacement::Command {
                    story: words::paragraph(&story),
                },
                Some(before),
            );
        });
    }
}
