//! Everything that keeps a request from being sent, with the way to each field.

use super::naming;
use crate::state::{Form, FormView, SUMMARY_ID};
use crate::text;
use crate::ui::{Button, ErrorSummary, SummaryItem};
use formsmith_api::draft::Finding;
use leptos::prelude::*;

#[component]
pub fn Summary(form: Form) -> impl IntoView {
    let items = Memo::new(move |_| match form.json_mistake() {
        Some(mistake) => vec![Entry::Json(text::json_mistake(&mistake))],
        None => form.findings().into_iter().map(Entry::Finding).collect(),
    });
    let only_warnings = Memo::new(move |_| {
        let is_warning = |entry: &Entry| {
            matches!(entry, Entry::Finding(finding) if finding.violation.is_warning())
        };
        items.with(|items| !items.is_empty() && items.iter().all(is_warning))
    });
    let links = Signal::derive(move || {
        let items = items.get().into_iter();
        items.map(|entry| entry.link(form)).collect::<Vec<_>>()
    });
    let action = move || {
        only_warnings.get().then(|| {
            let press = move |_| form.submit(true);
            view! { <Button on_click=press>{text::SEND_ANYWAY}</Button> }
        })
    };
    move || {
        form.is_summary_shown().then(|| {
            view! {
                <ErrorSummary
                    attr:id=SUMMARY_ID
                    heading=text::SUMMARY
                    items=links
                    action=ViewFn::from(action)
                />
            }
        })
    }
}

#[derive(Clone, PartialEq)]
enum Entry {
    Json(String),
    Finding(Finding),
}

impl Entry {
    fn link(self, form: Form) -> SummaryItem {
        match self {
            Self::Json(text) => SummaryItem {
                text,
                on_follow: Callback::new(move |()| form.show_view(FormView::Json)),
            },
            Self::Finding(Finding { node, violation }) => {
                let words = naming::words(form, node);
                let message = text::violation(&violation, &words);
                let control = match words.is_aggregate {
                    true => naming::add_id(node),
                    false => naming::control_id(node),
                };
                SummaryItem {
                    text: text::summary_entry(&naming::place(form, node), &message),
                    on_follow: Callback::new(move |()| form.go_to(control.clone())),
                }
            }
        }
    }
}
