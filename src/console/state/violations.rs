//! What is wrong with a form's input, and what of it is shown.

use super::form_view::FormView;
use super::{Form, SUMMARY_ID};
use crate::browser::focus;
use formsmith_api::draft::{Finding, NodeId};
use formsmith_api::validate::Violation;
use leptos::prelude::*;

impl Form {
    /// A field was left: from now on its violations show, if anything was done to it.
    pub fn left(self, node: NodeId) {
        if self.edited.with_value(|edited| edited.contains(&node)) {
            self.show_violations(node);
        }
    }

    pub(super) fn show_violations(self, node: NodeId) {
        let is_wrong = self
            .findings
            .with_untracked(|found| found.iter().any(|f| f.node == node));
        if is_wrong && self.shown.with_untracked(|shown| !shown.contains(&node)) {
            self.shown.update(|shown| shown.push(node));
        }
    }

    /// What has been put right vanishes at once, and is first checked again when left.
    pub(super) fn hide_corrected(self) {
        let wrong: Vec<NodeId> = self
            .findings
            .with_untracked(|found| found.iter().map(|finding| finding.node).collect());
        if self
            .shown
            .with_untracked(|shown| !shown.iter().all(|node| wrong.contains(node)))
        {
            self.shown
                .update(|shown| shown.retain(|node| wrong.contains(node)));
        }
        if wrong.is_empty() && self.summary.get_untracked() {
            self.summary.set(false);
        }
        self.forget_refused_paste();
        self.settle_field_errors();
    }

    pub(super) fn forget_violations(self) {
        self.shown.set(Vec::new());
        self.edited.set_value(Vec::new());
        self.summary.set(false);
        self.forget_refused_paste();
        self.clear_field_errors();
    }

    /// The violations to show at a node.
    pub fn violations(self, node: NodeId) -> Vec<Violation> {
        if !self.shown.with(|shown| shown.contains(&node)) {
            return Vec::new();
        }
        self.findings.with(|found| {
            let here = found.iter().filter(|finding| finding.node == node);
            here.map(|finding| finding.violation.clone()).collect()
        })
    }

    pub(super) fn show_summary(self) {
        self.summary.set(true);
        // The summary has to be in the page before it can take focus.
        focus::soon(SUMMARY_ID);
    }

    pub fn is_summary_shown(self) -> bool {
        self.summary.get()
    }

    /// All violations, for the summary.
    pub fn findings(self) -> Vec<Finding> {
        self.findings.get()
    }

    /// Moves to a field, whichever view is open.
    pub fn go_to(self, control: String) {
        self.view.set(FormView::Fields);
        focus::soon(&control);
    }
}
