//! One operation's form: its draft, what of it is shown as wrong, and its last run.

use super::draft_storage::{self, StoredDraft};
use super::form_draft::FormDraft;
use super::form_notice::Notice;
use super::form_result::FormResult;
use super::form_view::{FormView, JsonText};
use super::{Console, ServiceFieldError};
use crate::browser::random;
use formsmith_api::draft::{Draft, Edit, Finding, NodeId, PasteRefused};
use formsmith_api::model::{Model, Operation, Service};
use formsmith_run::{OperationRef, Undoes};
use formsmith_words as words;
use leptos::prelude::*;
use serde_json::Value;

#[derive(Clone, Copy)]
pub struct Form {
    pub console: Console,
    pub model: &'static Model,
    pub service: &'static Service,
    pub operation: &'static Operation,
    pub(super) draft: FormDraft,
    pub(super) json: RwSignal<Option<JsonText>>,
    pub(super) view: RwSignal<FormView>,
    /// What sending takes is awaited; the number tells one press from another.
    pub(super) opening: RwSignal<Option<u32>>,
    /// The run whose result stands beneath the form.
    pub(super) shown_run: RwSignal<Option<String>>,
    /// What of it is seen here.
    pub(super) result: FormResult,
    /// The run that the form was filled to take back.
    pub(super) undoes: StoredValue<Option<Undoes>>,
    pub(super) notice: RwSignal<Option<Notice>>,
    /// Is the summary of violations shown?
    pub(super) summary: RwSignal<bool>,
    /// What the service says of fields, since the last answer.
    pub(super) field_errors: RwSignal<Vec<ServiceFieldError>>,
    pub(super) redrawn: RwSignal<u32>,
    /// The rows of the shown batch that are selected, by their index in ascending order.
    pub(super) selected: RwSignal<Vec<usize>>,
    pub(super) findings: Memo<Vec<Finding>>,
    /// Nodes whose violations are shown.
    pub(super) shown: RwSignal<Vec<NodeId>>,
    pub(super) edited: StoredValue<Vec<NodeId>>,
    /// The field that rows were last pasted into, and why they were not taken.
    refused_paste: RwSignal<Option<(NodeId, PasteRefused)>>,
    /// The input that was sent last, whose tokens are spent on it.
    pub(super) sent: StoredValue<Option<Value>>,
    /// Has another tab stored another draft since this one was stored?
    pub(super) is_changed_elsewhere: StoredValue<bool>,
}

impl Form {
    /// The form of an operation as it was left, or blank; `None` for one without input.
    pub fn new(
        console: Console,
        model: &'static Model,
        service: &'static Service,
        operation: &'static Operation,
    ) -> Option<Self> {
        let kept = draft_storage::read(model, service, operation);
        let (draft, text, sent) = match kept {
            Some(kept) => (kept.draft, kept.json, kept.sent),
            None => (Draft::new(model, operation, &mut random::uuid)?, None, None),
        };
        let json = text.map(|text| JsonText {
            mistake: Draft::from_text(model, operation, &text).and_then(Result::err),
            text,
        });
        let draft = FormDraft::new(draft);
        let form = Self {
            console,
            model,
            service,
            operation,
            draft,
            view: RwSignal::new(match &json {
                Some(_) => FormView::Json,
                None => FormView::Fields,
            }),
            json: RwSignal::new(json),
            opening: RwSignal::new(None),
            shown_run: RwSignal::new(None),
            result: FormResult::new(),
            undoes: StoredValue::new(None),
            notice: RwSignal::new(None),
            summary: RwSignal::new(false),
            field_errors: RwSignal::new(Vec::new()),
            redrawn: RwSignal::new(0),
            selected: RwSignal::new(Vec::new()),
            findings: Memo::new(move |_| draft.with(|draft| draft.check(model))),
            shown: RwSignal::new(Vec::new()),
            edited: StoredValue::new(Vec::new()),
            refused_paste: RwSignal::new(None),
            sent: StoredValue::new(sent),
            is_changed_elsewhere: StoredValue::new(false),
        };
        form.store_draft_on_change();
        form.prefetch_send_module();
        form.restore_last();
        Some(form)
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
        untrack(move || self.console.form())
            .is_some_and(|form| std::ptr::eq(form.operation, self.operation))
    }

    /// Says something about this form; elsewhere with its operation's name.
    pub(super) fn tell(self, sentence: &str) {
        self.console.announce(match self.is_open() {
            true => sentence.to_owned(),
            false => words::elsewhere(&self.operation.title(), sentence),
        });
    }

    pub(super) fn stored_draft(self) -> StoredDraft {
        let json = self.json.get();
        StoredDraft {
            draft: self.draft.get(),
            json: json
                .filter(|json| json.mistake.is_some())
                .map(|json| json.text),
            sent: self.sent.get_value(),
        }
    }

    /// One more item or entry; returns its node.
    pub fn add(self, list: NodeId) -> Option<NodeId> {
        self.change(Edit::Add(list))
    }

    pub fn apply(self, edit: Edit) {
        self.change(edit);
    }

    /// The only way fields change the draft. Returns the node that was added, if one was.
    fn change(self, edit: Edit) -> Option<NodeId> {
        let node = match &edit {
            Edit::SetText(id, _) | Edit::Add(id) | Edit::Include(id) | Edit::Omit(id) => Some(*id),
            Edit::Remove(id) => self.draft.with_untracked(|draft| draft.node(*id)?.parent),
        };
        let is_text = matches!(edit, Edit::SetText(..));
        let model = self.model;
        let added = self.draft.apply(model, edit);
        self.json.set(None);
        if let Some(node) = node {
            self.edited.update_value(|edited| {
                if !edited.contains(&node) {
                    edited.push(node);
                }
            });
            // Changing the number of rows is a decision; text is still being typed.
            if !is_text {
                self.show_violations(node);
            }
        }
        self.hide_corrected();
        self.renew_spent_tokens();
        added
    }

    /// Text pasted into a field of a list; true if rows were made of it, or refused.
    pub fn paste(self, field: NodeId, list: NodeId, text: &str) -> bool {
        let model = self.model;
        let mut draft = self.draft.get_untracked();
        match draft.paste(model, list, text) {
            None => return false,
            Some(Err(refused)) => {
                self.console.announce(words::paste_refused(&refused));
                self.refused_paste.set(Some((field, refused)));
            }
            Some(Ok((_, rows))) => {
                self.draft.set(draft);
                self.json.set(None);
                self.hide_corrected();
                self.renew_spent_tokens();
                self.notice.set(Some(Notice::Pasted { rows }));
            }
        }
        true
    }

    /// Why what was pasted into a field was not taken; until the form is changed.
    pub fn refused_paste(self, field: NodeId) -> Option<PasteRefused> {
        self.refused_paste.with(|refused| {
            let (of, why) = refused.as_ref()?;
            (*of == field).then(|| why.clone())
        })
    }

    pub(super) fn forget_refused_paste(self) {
        if self.refused_paste.with_untracked(Option::is_some) {
            self.refused_paste.set(None);
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
