//! Everything that keeps a request from being sent, with the way to each field.

use super::field_labels;
use super::json_view::JSON_ID;
use crate::browser::focus;
use crate::state::{Form, FormView, SUMMARY_ID};
use crate::ui::{Button, ErrorSummary, Markup, SummaryItem, live, when};
use formsmith_api::draft::Finding;
use formsmith_words as words;
use leptos::prelude::*;

#[component]
pub fn Summary(form: Form) -> Markup {
    let entries = move || match form.json_mistake() {
        Some(mistake) => vec![Entry::Json(words::json_mistake(&mistake))],
        None => form.findings().into_iter().map(Entry::Finding).collect(),
    };
    let only_warnings = move || {
        let is_warning = |entry: &Entry| matches!(entry, Entry::Finding(finding) if finding.violation.is_warning());
        let entries = entries();
        !entries.is_empty() && entries.iter().all(is_warning)
    };
    let send_anyway = move || {
        let press = move |()| form.submit(true);
        view! { <Button on_click=press>{words::send_anyway()}</Button> }
    };
    let summary = move || {
        let link = move |entry: Entry| entry.link(form);
        let items = live(move || entries().into_iter().map(link).collect::<Vec<_>>());
        let action = when(only_warnings, send_anyway);
        view! { <ErrorSummary id=SUMMARY_ID heading=words::summary() items action /> }
    };
    when(move || form.is_summary_shown(), summary)
}

enum Entry {
    Json(String),
    Finding(Finding),
}

impl Entry {
    fn link(self, form: Form) -> SummaryItem {
        match self {
            Self::Json(text) => SummaryItem {
                text,
                on_follow: Callback::new(move |()| {
                    form.show_view(FormView::Json);
                    focus::soon(JSON_ID);
                }),
            },
            Self::Finding(Finding { node, violation }) => {
                let words = field_labels::words(form, node);
                let message = words::violation(&violation, &words);
                let control = field_labels::way_to(form, node);
                SummaryItem {
                    text: words::summary_entry(&field_labels::place(form, node), &message),
                    on_follow: Callback::new(move |()| form.go_to(control.clone())),
                }
            }
        }
    }
}
