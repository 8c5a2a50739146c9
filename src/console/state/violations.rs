//! What is wrong with a form's input, and what of it is shown.

use super::form_draft::FormDraft;
use super::form_view::FormView;
use super::{Form, SUMMARY_ID};
use crate::browser::focus;
use formsmith_api::draft::{Finding, NodeId, PasteRefused};
use formsmith_api::model::Model;
use formsmith_api::validate::Violation;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(super) struct Violations {
    found: Memo<Vec<Finding>>,
    /// Nodes whose violations are shown.
    shown: RwSignal<Vec<NodeId>>,
    edited: StoredValue<Vec<NodeId>>,
    /// Is the summary of violations shown?
    summary: RwSignal<bool>,
    /// The field that rows were last pasted into, and why they were not taken.
    refused_paste: RwSignal<Option<(NodeId, PasteRefused)>>,
}

impl Violations {
    pub fn new(draft: FormDraft, model: &'static Model) -> Self {
        Self {
            found: Memo::new(move |before| draft.check(model, before)),
            shown: RwSignal::new(Vec::new()),
            edited: StoredValue::new(Vec::new()),
            summary: RwSignal::new(false),
            refused_paste: RwSignal::new(None),
        }
    }

    /// Is this wrong anywhere?
    pub fn has(self, violation: &Violation) -> bool {
        let is_it = |finding: &Finding| finding.violation == *violation;
        self.found.with(|found| found.iter().any(is_it))
    }

    pub fn mark_edited(self, node: NodeId) {
        self.edited.update_value(|edited| {
            if !edited.contains(&node) {
                edited.push(node);
            }
        });
    }

    /// Shows the violations of these nodes, and of no others.
    pub fn show_only(self, nodes: Vec<NodeId>) {
        self.shown.set(nodes);
    }

    pub fn close_summary(self) {
        self.summary.set(false);
    }

    pub fn refuse_paste(self, field: NodeId, why: PasteRefused) {
        self.refused_paste.set(Some((field, why)));
    }

    fn forget_refused_paste(self) {
        if self.refused_paste.with_untracked(Option::is_some) {
            self.refused_paste.set(None);
        }
    }

    pub fn show(self, node: NodeId) {
        let is_of = |finding: &Finding| finding.node == node;
        let is_wrong = self.found.with_untracked(|found| found.iter().any(is_of));
        if is_wrong && self.shown.with_untracked(|shown| !shown.contains(&node)) {
            self.shown.update(|shown| shown.push(node));
        }
    }

    fn hide_corrected(self) {
        let nodes = |found: &Vec<Finding>| found.iter().map(|finding| finding.node).collect();
        let wrong: Vec<NodeId> = self.found.with_untracked(nodes);
        let is_wrong = |node: &NodeId| wrong.contains(node);
        if !self
            .shown
            .with_untracked(|shown| shown.iter().all(is_wrong))
        {
            self.shown.update(|shown| shown.retain(is_wrong));
        }
        if wrong.is_empty() && self.summary.get_untracked() {
            self.summary.set(false);
        }
        self.forget_refused_paste();
    }

    fn forget(self) {
        self.shown.set(Vec::new());
        self.edited.set_value(Vec::new());
        self.summary.set(false);
        self.forget_refused_paste();
    }
}

impl Form {
    /// Why what was pasted into a field was not taken; until the form is changed.
    pub fn refused_paste(self, field: NodeId) -> Option<PasteRefused> {
        self.violations.refused_paste.with(|refused| {
            let (of, why) = refused.as_ref()?;
            (*of == field).then(|| why.clone())
        })
    }

    /// A field was left: from now on its violations show, if anything was done to it.
    pub fn left(self, node: NodeId) {
        let edited = self.violations.edited;
        if edited.with_value(|edited| edited.contains(&node)) {
            self.violations.show(node);
        }
    }

    /// What has been put right vanishes at once, and is first checked again when left.
    pub(super) fn hide_corrected(self) {
        self.violations.hide_corrected();
        self.settle_field_errors();
    }

    pub(super) fn forget_violations(self) {
        self.violations.forget();
        self.row_outcomes.forget();
        self.clear_field_errors();
    }

    /// The violations to show at a node.
    pub fn violations(self, node: NodeId) -> Vec<Violation> {
        if !self.violations.shown.with(|shown| shown.contains(&node)) {
            return Vec::new();
        }
        self.violations.found.with(|found| {
            let here = found.iter().filter(|finding| finding.node == node);
            here.map(|finding| finding.violation.clone()).collect()
        })
    }

    pub(super) fn show_summary(self) {
        self.violations.summary.set(true);
        // The verdict is of what was sent before, and stays with its result.
        self.dismiss_result();
        self.unfold();
        // The summary has to be in the page before it can take focus.
        focus::soon(SUMMARY_ID);
    }

    pub fn is_summary_shown(self) -> bool {
        self.violations.summary.get()
    }

    /// All violations, for the summary.
    pub fn findings(self) -> Vec<Finding> {
        self.violations.found.get()
    }

    /// Moves to a field, whichever view is open.
    pub fn go_to(self, control: String) {
        self.unfold();
        self.show_view(FormView::Fields);
        focus::soon(&control);
    }
}
