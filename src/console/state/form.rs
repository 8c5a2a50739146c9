//! One operation's form: its draft, what of it is shown as wrong, and its last run.

use super::documentation::FormAbout;
use super::draft_storage::{self, DraftStorage, StoredDraft};
use super::form_draft::FormDraft;
use super::form_files::FormFiles;
use super::form_notice::FormNotice;
use super::form_reset::{self, FormReset};
use super::form_result::FormResult;
use super::form_view::FormViews;
use super::picks::FormPicks;
use super::presets::FormPresets;
use super::row_outcomes::RowOutcomes;
use super::service_field_error::ServiceFieldErrors;
use super::submit::Press;
use super::token::SpentTokens;
use super::violations::Violations;
use super::{Console, Route};
use formsmith_api::draft::{Draft, NodeId};
use formsmith_api::model::{Model, Operation, Service};
use formsmith_run::OperationRef;
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

/// Each part has private signals, which only the file that defines the part can write.
#[derive(Clone, Copy)]
pub struct Form {
    pub console: Console,
    pub model: &'static Model,
    pub service: &'static Service,
    pub operation: &'static Operation,
    pub(super) draft: FormDraft,
    pub(super) views: FormViews,
    pub(super) about: FormAbout,
    pub(super) reset: FormReset,
    pub(super) violations: Violations,
    pub(super) field_errors: ServiceFieldErrors,
    pub(super) tokens: SpentTokens,
    pub(super) storage: DraftStorage,
    pub(super) press: Press,
    pub(super) result: FormResult,
    pub(super) notice: FormNotice,
    pub(super) files: FormFiles,
    pub(super) picks: FormPicks,
    pub(super) presets: FormPresets,
    pub(super) row_outcomes: RowOutcomes,
}

impl Form {
    /// The form of an operation as it was left, or blank; `None` where the model lacks the input's shape.
    pub fn new(
        console: Console,
        model: &'static Model,
        service: &'static Service,
        operation: &'static Operation,
    ) -> Option<Self> {
        let stored = draft_storage::read(model, service, operation);
        let (draft, text, sent) = match stored {
            Some(stored) => (stored.draft, stored.json, stored.sent),
            None => (form_reset::blank(model, operation)?, None, None),
        };
        let draft = FormDraft::new(draft);
        Some(Self {
            console,
            model,
            service,
            operation,
            draft,
            views: FormViews::new(model, operation, text),
            about: FormAbout::new(),
            reset: FormReset::new(),
            violations: Violations::new(draft, model),
            field_errors: ServiceFieldErrors::new(),
            tokens: SpentTokens::new(sent),
            storage: DraftStorage::new(),
            press: Press::new(),
            result: FormResult::new(),
            notice: FormNotice::new(),
            files: FormFiles::new(),
            picks: FormPicks::new(),
            presets: FormPresets::new(),
            row_outcomes: RowOutcomes::new(),
        })
    }

    pub fn op(self) -> OperationRef {
        OperationRef {
            model: self.model,
            service: self.service,
            operation: self.operation,
        }
    }

    /// Is the person here?
    pub(super) fn is_open(self) -> bool {
        let (service, operation) = (&self.service.name, self.operation.name());
        let route = untrack(move || self.console.route());
        matches!(&route, Route::Operation { service: of, operation: its } if of == service && its == operation)
    }

    /// Says something about this form; elsewhere with its operation's name.
    pub(super) fn tell(self, sentence: &str) {
        self.console.announce(match self.is_open() {
            true => sentence.to_owned(),
            false => words::elsewhere(&self.operation.title(), sentence),
        });
    }

    pub(super) fn stored_draft(self) -> StoredDraft {
        StoredDraft {
            draft: self.draft.get(),
            json: self.mistaken_json(),
            sent: self.tokens.sent(),
        }
    }

    /// The input as it would be sent now.
    pub fn input(self) -> Value {
        let model = self.model;
        self.draft.with(|draft| draft.to_json(model, draft.root()))
    }

    /// Reads the draft and follows the coming and going of its nodes.
    pub fn with_structure<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_structure(read)
    }

    /// Reads the draft and follows the text of one node.
    pub fn with_node<T>(self, node: NodeId, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_node(node, read)
    }

    /// Reads the draft as it is now.
    pub fn peek<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_untracked(read)
    }
}
