//! One operation's form: its draft, what of it is shown as wrong, and its last run.

use super::following::Following;
use super::form_view::{FormView, JsonText};
use super::kept::{self, Kept};
use super::notice::Notice;
use super::run::Run;
use super::send::Pending;
use super::underway::Underway;
use super::{Complaint, Console, Request, Review};
use crate::browser::random;
use crate::text::Verdict;
use formsmith_api::draft::{Draft, Edit, Finding, NodeId};
use formsmith_api::model::{Model, Operation, Service};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct Form {
    pub console: Console,
    pub model: &'static Model,
    pub service: &'static Service,
    pub operation: &'static Operation,
    pub(super) draft: RwSignal<Draft>,
    pub(super) json: RwSignal<Option<JsonText>>,
    pub(super) view: RwSignal<FormView>,
    /// What goes on now, and the run it goes on with.
    pub(super) underway: RwSignal<Option<Underway>>,
    pub(super) pending: StoredValue<Option<Pending>>,
    /// A request that waits for the person to do without the history.
    pub(super) held_back: StoredValue<Option<Request>>,
    pub(super) following: RwSignal<Option<Following>>,
    /// The last run that came to its end.
    pub(super) run: RwSignal<Option<Arc<Run>>>,
    pub(super) verdict: RwSignal<Option<(u32, Verdict)>>,
    pub(super) is_verdict_told: StoredValue<bool>,
    pub(super) notice: RwSignal<Option<Notice>>,
    /// Is the summary of violations shown?
    pub(super) summary: RwSignal<bool>,
    /// What the service says of fields, since the last answer.
    pub(super) complaints: RwSignal<Vec<Complaint>>,
    pub(super) review: Review,
    pub(super) redrawn: RwSignal<u32>,
    /// The number of the last run whose verdict was dismissed.
    pub(super) dismissed: RwSignal<u32>,
    /// The entries of the last batch that are selected, by their index in ascending order.
    pub selected: RwSignal<Vec<usize>>,
    pub(super) findings: Memo<Vec<Finding>>,
    /// Nodes whose violations are shown.
    pub(super) shown: RwSignal<Vec<NodeId>>,
    pub(super) edited: StoredValue<Vec<NodeId>>,
    /// The input that was sent last, whose tokens are spent on it.
    pub(super) sent: StoredValue<Option<Value>>,
}

impl Form {
    /// The form of an operation as it was left, or blank; `None` for one without input.
    pub fn new(
        console: Console,
        model: &'static Model,
        service: &'static Service,
        operation: &'static Operation,
    ) -> Option<Self> {
        let kept = kept::read(model, service, operation);
        let (draft, text, sent) = match kept {
            Some(kept) => (kept.draft, kept.json, kept.sent),
            None => (Draft::new(model, operation, &mut random::uuid)?, None, None),
        };
        let json = text.map(|text| JsonText {
            mistake: Draft::from_text(model, operation, &text).and_then(Result::err),
            text,
        });
        let draft = RwSignal::new(draft);
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
            underway: RwSignal::new(None),
            pending: StoredValue::new(None),
            held_back: StoredValue::new(None),
            following: RwSignal::new(None),
            run: RwSignal::new(None),
            verdict: RwSignal::new(None),
            is_verdict_told: StoredValue::new(false),
            notice: RwSignal::new(None),
            summary: RwSignal::new(false),
            complaints: RwSignal::new(Vec::new()),
            review: Review::new(),
            redrawn: RwSignal::new(0),
            dismissed: RwSignal::new(u32::MAX),
            selected: RwSignal::new(Vec::new()),
            findings: Memo::new(move |_| draft.with(|draft| draft.check(model))),
            shown: RwSignal::new(Vec::new()),
            edited: StoredValue::new(Vec::new()),
            sent: StoredValue::new(sent),
        };
        form.keep();
        form.foresee_sending();
        form.resume_following();
        Some(form)
    }

    pub(super) fn kept(self) -> Kept {
        let json = self.json.get();
        Kept {
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
        let added = self
            .draft
            .try_update(|draft| draft.apply(model, edit))
            .flatten();
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
    pub fn paste(self, list: NodeId, text: &str) -> bool {
        let model = self.model;
        let mut draft = self.draft.get_untracked();
        let notice = match draft.paste(model, list, text) {
            None => return false,
            Some(Err(refused)) => Notice::PasteRefused(refused),
            Some(Ok((_, rows))) => {
                self.draft.set(draft);
                self.json.set(None);
                self.hide_corrected();
                self.renew_spent_tokens();
                Notice::Pasted { rows }
            }
        };
        self.notice.set(Some(notice));
        true
    }

    /// The input as it would be sent now.
    pub fn input(self) -> Value {
        let model = self.model;
        self.draft.with(|draft| draft.to_json(model, draft.root()))
    }

    /// Reads the draft and follows its changes.
    pub fn with_draft<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with(read)
    }

    /// Reads the draft as it is now.
    pub fn peek<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_untracked(read)
    }
}
